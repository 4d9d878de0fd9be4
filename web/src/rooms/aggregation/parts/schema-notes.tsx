import type { Batch } from '@tiaoli/contract/aggregation'
import { useDeskText } from '../../../text/use-text.ts'

type FileTable = Batch['tables'][number]

/** What the schema says of one column, and where the catalogue says otherwise. */
export function ColumnSchema({ schema }: { schema: FileTable['columns'][number]['schema'] }) {
  const { t } = useDeskText()
  if (schema === null) return null
  const words = [schema.title, schema.description].filter(Boolean).join('：')
  const type = schema.type === null ? t.tableSchema.types.any : t.tableSchema.types[schema.type]
  const told = [type, schema.format, schema.required && t.tableSchema.required].filter(Boolean).join(' · ')
  return (
    <>
      <p className="quiet small">{t.tableSchema.says(told)}</p>
      {schema.contradicts && <p className="small">{t.tableSchema.contradicts}</p>}
      {schema.unread.length > 0 && (
        <p className="small">{t.tableSchema.unread(schema.unread.join(t.common.listSeparator))}</p>
      )}
      {schema.unchecked.length > 0 && (
        <p className="quiet small">
          {t.tableSchema.unchecked(schema.unchecked.join(t.common.listSeparator))}
        </p>
      )}
      {words !== '' && <p className="quiet small">{t.tableSchema.suggests(words)}</p>}
    </>
  )
}

/** What the schema says of the table and the file or the platform does otherwise. */
export function TableSchemaNotes({ schema }: { schema: FileTable['schema'] }) {
  const { t } = useDeskText()
  if (schema === null) return null
  const listed = (names: readonly string[]) => names.join(t.common.listSeparator)
  const notes = [
    schema.absent.length > 0 && t.tableSchema.absent(listed(schema.absent)),
    schema.primaryKey.length > 0 && t.tableSchema.primaryKey(listed(schema.primaryKey)),
    schema.unchecked.length > 0 && t.tableSchema.dialect(listed(schema.unchecked)),
  ].filter((note) => note !== false)
  if (notes.length === 0) return null
  return (
    <ul data-testid="schema-notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
