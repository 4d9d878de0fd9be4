import type { Descriptor } from '@tiaoli/contract/table-schema'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { Field } from '../../../kit/field.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** What was chosen: a schema, or a file that is none, with the words for it; then nothing may be sent. */
export type ChosenSchema = { readonly name: string } & (
  | { readonly descriptor: Descriptor }
  | { readonly fault: string }
)

/** Takes a schema to go with the file. What is no JSON is not sent. */
export function ChooseSchema({
  chosen,
  onChange,
}: {
  chosen: ChosenSchema | null
  onChange: (chosen: ChosenSchema | null) => void
}) {
  const { t } = useDeskText()

  async function choose(file: File) {
    const { name } = file
    const descriptor = readSchema(await file.text())
    onChange(descriptor ? { name, descriptor } : { name, fault: t.tableSchema.notJson })
  }

  return (
    <Field
      id="table-schema"
      label={t.tableSchema.file}
      help={t.tableSchema.fileHelp}
      optional
      {...(chosen !== null && 'fault' in chosen && { error: chosen.fault })}
    >
      <ChooseFile
        id="table-schema"
        words={t.tableSchema.choose}
        label={t.tableSchema.file}
        accept=".json,application/json"
        chosen={chosen?.name}
        testId="upload-schema"
        onChoose={(file) => void choose(file)}
        onRemove={() => onChange(null)}
      />
    </Field>
  )
}

/** Pure: the JSON object in a text; undefined where it is none. What it says is judged by the platform. */
function readSchema(written: string): Descriptor | undefined {
  try {
    const parsed: unknown = JSON.parse(written.replace(/^\ufeff/, ''))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Descriptor) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
