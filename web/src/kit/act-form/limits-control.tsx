import { type GrantLimits, grantLimitKinds, greatestLimit } from '@tiaoli/kernel/grant-limits'
import { usePortalText } from '../../text/use-text.ts'
import { AskedLine } from '../asked-line.tsx'
import styles from './act-form.module.css'

/** How much may be taken: each kind with a number, or left empty where it is not limited. */
export function LimitsControl(props: {
  id: string
  value: GrantLimits
  onChange: (limits: GrantLimits) => void
}) {
  const { t } = usePortalText()
  const { id, value, onChange } = props
  const set = (kind: (typeof grantLimitKinds)[number], written: string) => {
    const { [kind]: _, ...others } = value
    const most = Number(written)
    onChange(written.trim() === '' || !Number.isFinite(most) ? others : { ...others, [kind]: most })
  }
  return (
    <div className={styles.limits}>
      {grantLimitKinds.map((kind) => (
        <AskedLine
          key={kind}
          id={`${id}-${kind}`}
          label={t.form.limits[kind]}
          type="number"
          inputMode="numeric"
          min={1}
          max={greatestLimit}
          step={1}
          value={value[kind] ?? ''}
          onChange={(value) => set(kind, value)}
        />
      ))}
    </div>
  )
}
