import type { Text } from '@tiaoli/kernel/text'
import { useText } from '../text/use-text.ts'
import styles from './local-chip.module.css'

/** Says that a value is a local target, not the regulation's, and which instrument sets it. */
export function LocalChip({ instrument }: { instrument: Text | null }) {
  const { t, say } = useText()
  return (
    <span className={styles.chip} title={t.law.localHelp}>
      {t.law.notStatutory}
      {instrument && <span className={styles.instrument}>{say(instrument)}</span>}
    </span>
  )
}
