import { Input, TextArea } from './controls/inputs.tsx'
import { Field, type FieldProps } from './field.tsx'

type Line<Control extends 'input' | 'textarea'> = FieldProps & {
  onChange: (value: string) => void
} & Omit<React.ComponentProps<Control>, 'id' | 'onChange'>

/** A question that is answered by one line. */
export function AskedLine({
  id,
  label,
  help,
  error,
  path,
  optional,
  chip,
  onChange,
  ...line
}: Line<'input'>) {
  return (
    <Field {...{ id, label, help, error, path, optional, chip }}>
      <Input id={id} autoComplete="off" {...line} onChange={(event) => onChange(event.target.value)} />
    </Field>
  )
}

/** A question that is answered by several lines. */
export function AskedLines({
  id,
  label,
  help,
  error,
  path,
  optional,
  chip,
  onChange,
  ...lines
}: Line<'textarea'>) {
  return (
    <Field {...{ id, label, help, error, path, optional, chip }}>
      <TextArea id={id} {...lines} onChange={(event) => onChange(event.target.value)} />
    </Field>
  )
}
