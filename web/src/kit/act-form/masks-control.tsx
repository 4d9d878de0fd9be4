import { type Mask, maskTerm } from '@tiaoli/kernel/masks'
import { useText } from '../../text/use-text.ts'
import { Select } from '../field.tsx'
import styles from './act-form.module.css'
import type { ChoosableField } from './fields-control.tsx'
import { masksFor } from './mask-choices.ts'

type Masks = Readonly<Record<string, Mask>>

/** Says of each field how it is given; what is not said is given in clear. */
export function MasksControl(props: {
  id: string
  fields: readonly ChoosableField[]
  value: Masks
  onChange: (masks: Masks) => void
}) {
  const { t, say } = useText()
  const { id, fields, value, onChange } = props
  const choose = (name: string, mask: string) => {
    onChange({ ...value, [name]: mask as Mask })
  }
  return (
    <ul className={styles.choices}>
      {fields
        .filter(({ type }) => masksFor(type).length > 0)
        .map(({ name, type, sensitivity }) => (
          <li key={name}>
            <label htmlFor={`${id}-${name}`}>{name}</label>
            <span className="small" data-sensitivity={sensitivity}>
              {t.sensitivities[sensitivity]}
            </span>
            <Select
              id={`${id}-${name}`}
              value={value[name] ?? 'none'}
              onChange={(mask) => choose(name, mask)}
              options={[
                { value: 'none', label: say(maskTerm('none')) },
                ...masksFor(type).map((mask) => ({ value: mask, label: say(maskTerm(mask)) })),
              ]}
            />
          </li>
        ))}
    </ul>
  )
}
