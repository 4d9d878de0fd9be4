import { civilDateOf } from '@tiaoli/kernel/instants'
import { usePortalText } from '../text/use-text.ts'
import styles from './clock-line.module.css'
import { clockParts, type Timing } from './clock-words.ts'
import { formatDay } from './formats.ts'

/** What is left of a time limit, in one line that breaks only between its two parts. */
export function ClockLine({ timing, dueOn }: { timing: Timing; dueOn: string | null }) {
  const { t, language } = usePortalText()
  const day = dueOn && formatDay(dueOn, language, civilDateOf(new Date()))
  return (
    <span className={styles.line}>
      {clockParts(timing, day, t.clock).map((part) => (
        <span key={part} className={styles.part}>
          {part}{' '}
        </span>
      ))}
    </span>
  )
}
