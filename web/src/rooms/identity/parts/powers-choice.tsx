import { powers } from '@tiaoli/contract/identity'
import { CheckboxGroup } from '../../../kit/controls/checkbox.tsx'
import { FieldGroup } from '../../../kit/field.tsx'
import { useDeskText } from '../../../text/use-text.ts'

export type Power = (typeof powers)[number]

/** Powers to tick. */
export function PowersChoice({
  id,
  label,
  help,
  value,
  onChange,
}: {
  id: string
  label: string
  help?: string
  value: readonly Power[]
  onChange: (value: Power[]) => void
}) {
  const { t } = useDeskText()
  return (
    <FieldGroup id={id} label={label} {...(help ? { help } : {})}>
      <CheckboxGroup
        options={powers.map((power) => ({ value: power, label: t.people.powers[power] }))}
        value={[...value]}
        onChange={(chosen) => onChange(chosen as Power[])}
      />
    </FieldGroup>
  )
}
