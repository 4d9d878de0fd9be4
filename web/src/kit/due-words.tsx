import type { CaseSummary } from '@tiaoli/contract/cases'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { useText } from '../text/use-text.ts'
import { clockSentence, clockTone } from './clock-words.ts'
import styles from './due-words.module.css'
import { formatDay } from './formats.ts'

/** The nearest time limit of a case in one line, for lists. */
export function DueWords({ due }: { due: CaseSummary['due'] }) {
  const { t, language } = useText()
  if (!due) return <span className="quiet small">{t.clock.none}</span>
  const timing = { ...due, running: true }
  return (
    <span className={styles.due} data-tone={clockTone(timing)} data-kind={due.kind}>
      {clockSentence(timing, formatDay(due.dueOn, language, civilDateOf(new Date())), t.clock)}
      {due.kind === 'local' && <span className="visually-hidden">（{t.law.notStatutory}）</span>}
    </span>
  )
}
