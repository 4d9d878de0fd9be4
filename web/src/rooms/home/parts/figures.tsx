import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { formatNumber } from '../../../kit/formats.ts'
import { Loading } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useFreeOpening, useStatistics } from '../home.queries.ts'
import styles from './figures.module.css'

/** How much there is, in one sentence; each number leads to what it counts. */
export function Figures() {
  const { t, language } = useText()
  const { data } = useStatistics()
  const opening = useFreeOpening()
  if (!data) return <Loading lines={1} />
  const linked = (value: number, to: string): ReactNode => (
    <Link to={to}>{formatNumber(value, language)}</Link>
  )
  return (
    <p className={styles.figures} data-testid="figures">
      {t.home
        .figures({
          entries: linked(data.publishedEntries, '/search'),
          organisations: linked(data.organisations, '/organisations'),
          open: linked(data.openEntries, opening ? `/search?opening=${opening}` : '/search'),
          rows: linked(data.rows, '/search?sort=newest'),
        })
        .map((piece, index) => (
          // The pieces of a sentence keep their places.
          <span key={index}>{piece}</span>
        ))}
    </p>
  )
}
