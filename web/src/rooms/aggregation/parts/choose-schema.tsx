import type { Descriptor } from '@tiaoli/contract/table-schema'
import { useState } from 'react'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { Field } from '../../../kit/field.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** What was chosen: nothing, a schema, or a file that is none; then nothing may be sent. */
export type ChosenSchema = Descriptor | null | 'not-valid'

/** Takes a schema to go with the file. What is no JSON is not sent. */
export function ChooseSchema({ onChange }: { onChange: (chosen: ChosenSchema) => void }) {
  const { t } = useDeskText()
  const [name, setName] = useState<string>()
  const [fault, setFault] = useState<string | null>(null)

  async function choose(file: File) {
    const read = readSchema(await file.text())
    setName(file.name)
    setFault(read === undefined ? t.tableSchema.notJson : null)
    onChange(read ?? 'not-valid')
  }

  function remove() {
    setName(undefined)
    setFault(null)
    onChange(null)
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
        words={t.tableSchema.choose}
        label={t.tableSchema.file}
        accept=".json,application/json"
        chosen={name}
        testId="upload-schema"
        onChoose={(file) => void choose(file)}
        onRemove={remove}
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
