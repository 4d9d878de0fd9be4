import type { Batch } from '@tiaoli/contract/aggregation'
import { type Entry, type EntryField, fieldTypes } from '@tiaoli/contract/catalogue'
import { Select } from '../../../kit/field.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { ColumnSchema } from './schema-notes.tsx'

type FileTable = Batch['tables'][number]
export type ChosenColumn = { source: string; field: string | null; type: EntryField['type'] }

export const proposalOf = (table: FileTable): ChosenColumn[] =>
  table.columns.map(({ source, field, type }) => ({ source, field, type }))

/** One line a column: what stands in it, what it becomes, and the values that do not fit. */
export function ColumnsTable(props: {
  table: FileTable
  fields: Entry['fields']
  chosen: readonly ChosenColumn[]
  onChange: (columns: ChosenColumn[]) => void
}) {
  const { t } = useDeskText()
  const { table, fields, chosen } = props
  const choiceOf = (source: string) => chosen.find((column) => column.source === source)!
  const change = (source: string, part: Partial<ChosenColumn>) =>
    props.onChange(chosen.map((column) => (column.source === source ? { ...column, ...part } : column)))
  return (
    <Table
      caption={t.batch.structure}
      rows={table.columns}
      rowKey={(column) => column.source}
      columns={[
        {
          key: 'source',
          title: t.batch.column,
          // What a schema says of it takes room.
          ...(table.columns.some(({ schema }) => schema) && { width: 'roomy' as const }),
          cell: (column) => (
            <>
              <strong>{column.source}</strong>
              {column.renamedFrom && <p className="quiet small">{t.batch.renamedFrom(column.renamedFrom)}</p>}
              {column.looksPersonal && <p className="small">{t.batch.looksPersonal}</p>}
              <ColumnSchema schema={column.schema} />
            </>
          ),
        },
        {
          key: 'samples',
          title: t.batch.samples,
          cell: (column) => (
            <>
              <span className="mono">{column.samples.slice(0, 3).join(' · ')}</span>
              <p className="quiet small">{t.batch.columnFacts(column.nulls, column.distinctAbout)}</p>
            </>
          ),
        },
        {
          key: 'field',
          title: t.batch.becomes,
          cell: (column) => (
            <Select
              small
              aria-label={t.batch.fieldFor(column.source)}
              value={choiceOf(column.source).field ?? ''}
              placeholder={t.batch.leaveOut}
              options={fields.map(({ name }) => ({ value: name, label: name }))}
              onChange={(name) => {
                const field = fields.find((one) => one.name === name)
                change(column.source, { field: name || null, ...(field ? { type: field.type } : {}) })
              }}
            />
          ),
        },
        {
          key: 'type',
          title: t.fields.type,
          cell: (column) => (
            <Select
              small
              aria-label={t.batch.typeFor(column.source)}
              value={choiceOf(column.source).type}
              options={fieldTypes.map((type) => ({ value: type, label: t.types[type] }))}
              onChange={(type) => change(column.source, { type: type as EntryField['type'] })}
            />
          ),
        },
        {
          key: 'misfits',
          title: t.batch.misfits,
          cell: (column) =>
            column.misfits > 0 && (
              <>
                {t.batch.misfitCount(column.misfits)}
                <p className="mono small">{column.misfitSamples.slice(0, 3).join(' · ')}</p>
              </>
            ),
        },
      ]}
    />
  )
}
