import { usePortalText } from '../../../text/use-text.ts'
import type { DutyState } from '../duties.queries.ts'
import styles from './duty-state.module.css'

/** Where a duty stands. A date that has passed is the city's own: amber, never the red of a breach. */
export function DutyStateWord({ state }: { state: DutyState }) {
  const { t } = usePortalText()
  const dated = state === 'late' || state === 'due-soon'
  return (
    <span className={styles.state} data-state={state}>
      {t.duties.states[state]}
      {dated && <span className={styles.local}>{t.law.notStatutory}</span>}
    </span>
  )
}
