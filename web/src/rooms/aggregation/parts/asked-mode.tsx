import type { BatchMode } from '@tiaoli/contract/aggregation'
import { Field, Select } from '../../../kit/field.tsx'
import { useDeskText } from '../../../text/use-text.ts'

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
