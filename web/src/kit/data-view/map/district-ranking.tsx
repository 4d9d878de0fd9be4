import { usePortalText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import styles from '../data-view.module.css'
import type { CountedDistrict } from './district-places.ts'

/** Districts by number of rows, largest first. */
export function DistrictRanking({ districts }: { districts: readonly CountedDistrict[] }) {
  const { t, language } = usePortalText()
  const most = districts[0]?.count ?? 1
  return (
    <ol className={styles.ranking}>
      {districts.map(({ code, name, count }) => (
        <li key={`${code} ${name}`}>
          <span>
            {name || code || t.data.noValue} {name && <code className="quiet">{code}</code>}
          </span>
          <i style={{ width: `${(count / most) * 100}%` }} aria-hidden="true" />
          <span className="number">{formatNumber(count, language)}</span>
        </li>
      ))}
    </ol>
  )
}
