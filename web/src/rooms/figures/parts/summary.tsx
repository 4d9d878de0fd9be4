import type { FiguresAnswer } from '@tiaoli/contract/figures'
import type { ReactNode } from 'react'
import { formatNumber } from '../../../kit/formats.ts'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { useSession } from '../../../kit/session.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { casesOf, grantsOf } from '../figures.queries.ts'
import { Counted } from './counted.tsx'
import styles from './summary.module.css'

/** What the numbers come to, in sentences; what the city only set itself stands apart and says so. */
export function Summary({ answer }: { answer: FiguresAnswer }) {
  const { t, language } = usePortalText()
  const { data: session } = useSession()
  const { total, timed } = answer
  const counted = (key: 'filed' | 'answered' | 'inTime' | 'late' | 'overdue' | 'refused' | 'missedLocal') => (
    <Counted count={total[key]} to={total.listed ? casesOf(answer, key) : null} />
  )
  const sums = {
    filed: counted('filed'),
    answered: counted('answered'),
    inTime: counted('inTime'),
    late: counted('late'),
    overdue: counted('overdue'),
    refused: counted('refused'),
  }
  const number = (value: number) => formatNumber(value, language)
  return (
    <div className="stack" style={{ '--gap': '8px' } as React.CSSProperties} data-testid="figures-summary">
      <p className={styles.sums}>
        {pieces(timed ? t.figures.sentence(sums) : t.figures.sentenceUntimed(sums))}
      </p>
      {total.medianWorkingDays !== null && <p>{t.figures.median(number(total.medianWorkingDays))}</p>}
      {!timed && <p className="quiet">{t.figures.untimed}</p>}
      {timed && answer.by !== 'applicant' && <p className="quiet">{t.figures.ownDates}</p>}
      {total.missedLocal > 0 && (
        <p className="row">
          <span>{pieces(t.figures.missedLocal(counted('missedLocal')))}</span>
          <LocalChip instrument={null} />
        </p>
      )}
      {total.liveGrants !== null && total.calls !== null && total.rows !== null && (
        <p>
          {pieces(
            t.figures.use(
              <Counted
                count={total.liveGrants}
                to={grantsOf(answer, session?.user?.organisation?.id, answer.organisation?.id ?? null)}
              />,
              number(total.calls),
              number(total.rows),
            ),
          )}{' '}
          {!answer.useComplete && <span className="quiet small">{t.figures.usePartly}</span>}
        </p>
      )}
    </div>
  )
}

// The pieces of a sentence keep their places.
const pieces = (parts: readonly ReactNode[]) => parts.map((piece, index) => <span key={index}>{piece}</span>)
