import type { BatchMode } from '@tiaoli/contract/aggregation'
import { Input, TextArea } from '../../../kit/controls/inputs.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** One line to be written, with its label and what helps to write it. */
export function Asked({
  id,
  path,
  label,
  help,
  value,
  type = 'text',
  optional = false,
  onChange,
}: {
  id: string
  path: string
  label: string
  help?: string
  value: string
  type?: 'text' | 'password' | 'number'
  optional?: boolean
  onChange: (value: string) => void
}) {
  return (
    <Field id={id} path={path} label={label} help={help} optional={optional}>
      <Input
        id={id}
        type={type}
        autoComplete="off"
        value={value}
        maxLength={2000}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}

/** Several lines to be written, none of which has to be. */
export function AskedLines({
  id,
  path,
  label,
  help,
  value,
  onChange,
}: {
  id: string
  path: string
  label: string
  help: string
  value: string
  onChange: (value: string) => void
}) {
  return (
    <Field id={id} path={path} label={label} help={help} optional>
      <TextArea id={id} rows={3} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  )
}

/** How the rows of a source meet those that are live, in the words of the page. */
export function AskedMode({
  id,
  mode,
  modes,
  onChange,
}: {
  id: string
  mode: BatchMode
  modes: readonly BatchMode[]
  onChange: (mode: BatchMode) => void
}) {
  const { t } = useDeskText()
  return (
    <Field id={id} path="mode" label={t.pulls.mode} help={t.pulls.modesExplained[mode]}>
      <Select
        id={id}
        value={mode}
        options={modes.map((value) => ({ value, label: t.versions.modes[value] }))}
        onChange={(value) => onChange(value as BatchMode)}
      />
    </Field>
  )
}
