import type { ContentField } from '@tiaoli/contract/rulebook'
import type { GrantLimits } from '@tiaoli/kernel/grant-limits'
import type { Mask } from '@tiaoli/kernel/masks'
import { usePortalText } from '../../text/use-text.ts'
import { ArticleChip } from '../article-chip.tsx'
import { Checkbox } from '../controls/checkbox.tsx'
import { Input, TextArea } from '../controls/inputs.tsx'
import { Field, FieldGroup, Select } from '../field.tsx'
import { BasisControl } from './basis-control.tsx'
import type { Basis, StatedCondition } from './check-content.ts'
import { EntryControl } from './entry-control.tsx'
import { type ChoosableField, FieldsControl } from './fields-control.tsx'
import { LimitsControl } from './limits-control.tsx'
import { MasksControl } from './masks-control.tsx'
import { OrganisationControl } from './organisation-control.tsx'
import { RowsControl } from './rows-control.tsx'
import { SavedReplies } from './saved-replies.tsx'

export type ControlProps = {
  field: ContentField
  id: string
  value: unknown
  onChange: (value: unknown) => void
  error?: string
  choosable: readonly ChoosableField[]
  /** Of a procedure: replies that are kept for it can be filled in. */
  repliesFor?: string
}

/** One question of an act, drawn from the procedure's data: no act has a form of its own. */
export function ContentControl({ field, id, value, onChange, error, choosable, repliesFor }: ControlProps) {
  const { say, t } = usePortalText()
  const help = field.help ? say(field.help) : undefined
  const frame = {
    id,
    label: say(field.title),
    help,
    optional: !field.required,
    chip: field.article && <ArticleChip article={field.article} />,
    ...(error === undefined ? {} : { error }),
  }
  const aria = {
    id,
    'aria-required': field.required,
  }
  const text = typeof value === 'string' ? value : ''
  if (field.kind === 'fields') {
    return (
      <FieldGroup {...frame}>
        <FieldsControl id={id} fields={choosable} value={(value as string[]) ?? []} onChange={onChange} />
      </FieldGroup>
    )
  }
  if (field.kind === 'masks') {
    return (
      <FieldGroup {...frame}>
        <MasksControl
          id={id}
          fields={choosable}
          value={(value as Record<string, Mask>) ?? {}}
          onChange={onChange}
        />
      </FieldGroup>
    )
  }
  if (field.kind === 'rows') {
    return (
      <FieldGroup {...frame}>
        <RowsControl
          id={id}
          fields={choosable}
          value={(value as readonly StatedCondition[]) ?? []}
          onChange={onChange}
        />
      </FieldGroup>
    )
  }
  if (field.kind === 'limits') {
    return (
      <FieldGroup {...frame}>
        <LimitsControl id={id} value={(value as GrantLimits) ?? {}} onChange={onChange} />
      </FieldGroup>
    )
  }
  if (field.kind === 'basis') {
    return (
      <FieldGroup {...frame}>
        <BasisControl
          id={id}
          ranks={field.ranks ?? []}
          value={value as Basis | undefined}
          onChange={onChange}
        />
      </FieldGroup>
    )
  }
  if (field.kind === 'choice') {
    const options = (field.choices ?? []).map(({ key, term }) => ({ value: key, label: say(term) }))
    return (
      <Field {...frame}>
        <Select {...aria} options={options} value={text} onChange={onChange} placeholder={t.form.choose} />
      </Field>
    )
  }
  if (field.kind === 'organisation') {
    return (
      <Field {...frame}>
        <OrganisationControl {...aria} value={text} onChange={onChange} />
      </Field>
    )
  }
  if (field.kind === 'entry') {
    return (
      <Field {...frame}>
        <EntryControl {...aria} value={text} onChange={onChange} />
      </Field>
    )
  }
  if (field.kind === 'undertaking') {
    return (
      <FieldGroup {...frame}>
        <Checkbox
          {...aria}
          aria-invalid={error !== undefined}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        >
          {t.form.affirm}
        </Checkbox>
      </FieldGroup>
    )
  }
  if (field.kind === 'date') {
    return (
      <Field {...frame}>
        <Input {...aria} type="date" value={text} onChange={(event) => onChange(event.target.value)} />
      </Field>
    )
  }
  const long = (field.maxLength ?? 2000) > 200
  return (
    <Field {...frame}>
      {long && repliesFor !== undefined && (
        <SavedReplies
          procedure={repliesFor}
          value={text}
          maxLength={field.maxLength ?? 2000}
          onChange={onChange}
        />
      )}
      {long ? (
        <TextArea {...aria} rows={3} value={text} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Input {...aria} value={text} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}
