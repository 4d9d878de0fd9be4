import { type Descriptor, descriptorSchema } from '@tiaoli/contract/table-schema'
import { useState } from 'react'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { Field } from '../../../kit/field.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** What was chosen: nothing, a schema, or a file that is none; then nothing may be sent. */
export type ChosenSchema = Descriptor | null | 'not-valid'

/** Takes a schema to go with the file. It is checked before anything is sent. */
export function ChooseSchema({ onChange }: { onChange: (chosen: ChosenSchema) => void }) {
  const { t } = useDeskText()
  const [name, setName] = useState<string>()
  const [fault, setFault] = useState<string | null>(null)

  async function choose(file: File) {
    setName(file.name)
    const read = readSchema(await file.text())
    if ('told' in read) {
      setFault(null)
      onChange(read.told)
      return
    }
    setFault(read.path === null ? t.tableSchema.notJson : t.tableSchema.notValid(read.path))
    onChange('not-valid')
  }

  return (
    <Field
      id="table-schema"
      label={t.tableSchema.file}
      help={t.tableSchema.fileHelp}
      optional
      {...(fault !== null && { error: fault })}
    >
      <ChooseFile
        id="table-schema"
        label={t.tableSchema.file}
        accept=".json,application/json"
        chosen={name}
        testId="upload-schema"
        onChoose={(file) => void choose(file)}
      />
    </Field>
  )
}

/** Pure: the schema in a text, or the place of its first fault; null where it is no JSON. */
function readSchema(written: string): { told: Descriptor } | { path: string | null } {
  try {
    const parsed = descriptorSchema.safeParse(JSON.parse(written.replace(/^\ufeff/, '')))
    return parsed.success
      ? { told: parsed.data }
      : { path: parsed.error.issues[0]!.path.join('.') || 'fields' }
  } catch (error) {
    if (error instanceof SyntaxError) return { path: null }
    throw error
  }
}
