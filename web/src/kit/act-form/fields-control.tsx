import type { AccessPlan, EntryField } from '@tiaoli/contract/catalogue'
import { maskTerm } from '@tiaoli/kernel/masks'
import { usePortalText } from '../../text/use-text.ts'
import { Button } from '../controls/button.tsx'
import { Checkbox } from '../controls/checkbox.tsx'
import styles from './act-form.module.css'

export type ChoosableField = Pick<EntryField, 'name' | 'type' | 'meaning' | 'sensitivity'> & {
  readonly mask?: NonNullable<AccessPlan['request']>['fields'][number]['mask']
}

/** Chooses fields of an entry, each with its sensitivity and what will be masked. Nothing is chosen for the reader. */
export function FieldsControl(props: {
  id: string
  fields: readonly ChoosableField[]
  value: readonly string[]
  onChange: (fields: string[]) => void
}) {
  const { t, say } = usePortalText()
  const { id, fields, value, onChange } = props
  const toggle = (name: string, on: boolean) =>
    onChange(
      fields.map((field) => field.name).filter((other) => (other === name ? on : value.includes(other))),
    )
  const harmless = fields.filter(({ sensitivity }) => sensitivity === 'public' || sensitivity === 'internal')
  return (
    <div>
      <div className="row small">
        <span aria-live="polite">{t.form.chosen(value.length, fields.length)}</span>
        <Button plain small onClick={() => onChange(harmless.map(({ name }) => name))}>
          {t.form.chooseHarmless}
        </Button>
        <Button plain small onClick={() => onChange([])}>
          {t.form.chooseNone}
        </Button>
      </div>
      <ul className={styles.choices}>
        {fields.map((field) => (
          <li key={field.name}>
            <Checkbox
              id={`${id}-${field.name}`}
              checked={value.includes(field.name)}
              onChange={(event) => toggle(field.name, event.target.checked)}
            >
              {field.name}
            </Checkbox>
            <span className="quiet small">{field.meaning}</span>
            <span className="small" data-sensitivity={field.sensitivity}>
              {t.sensitivities[field.sensitivity]}
              {field.mask && field.mask !== 'none' && ` · ${say(maskTerm(field.mask))}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
