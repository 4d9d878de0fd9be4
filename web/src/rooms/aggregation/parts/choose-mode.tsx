import { type BatchMode, batchModes } from '@tiaoli/contract/aggregation'
import { useText } from '../../../text/use-text.ts'
import styles from './choose-mode.module.css'

const needsKey = new Set<BatchMode>(['upsert', 'delete'])

/** Asks how the rows of a file meet those that are live; what needs a key is open only where there is one. */
export function ChooseMode({
  mode,
  keyed,
  onChange,
}: {
  mode: BatchMode
  keyed: boolean
  onChange: (mode: BatchMode) => void
}) {
  const { t } = useText()
  return (
    <fieldset className={styles.modes}>
      <legend>{t.batch.mode}</legend>
      {batchModes.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="mode"
            value={one}
            checked={one === mode}
            disabled={needsKey.has(one) && !keyed}
            onChange={() => onChange(one)}
          />
          <span>
            <strong>{t.batch.modes[one]}</strong>
            <br />
            <span className="quiet">{t.batch.modesExplained[one]}</span>
          </span>
        </label>
      ))}
      {!keyed && <p className="quiet small">{t.batch.modeNeedsKey}</p>}
    </fieldset>
  )
}
