import type { CaseSummary } from '@tiaoli/contract/cases'
import { usePortalText } from '../text/use-text.ts'
import { ClockLine } from './clock-line.tsx'
import { clockTone } from './clock-words.ts'
import styles from './due-words.module.css'

/** The nearest time limit of a case in one line, for lists. */
export function DueWords({ due }: { due: CaseSummary['due'] }) {
  const { t } = usePortalText()
  if (!due) return <span className="quiet small">{t.clock.none}</span>
  const timing = { ...due, running: true }
  return (
    <span className={styles.due} data-tone={clockTone(timing)} data-kind={due.kind}>
      <ClockLine timing={timing} dueOn={due.dueOn} />
      {due.kind === 'local' && <span className="visually-hidden">（{t.law.notStatutory}）</span>}
    </span>
  )
}
