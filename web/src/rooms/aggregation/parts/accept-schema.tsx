import type { Batch } from '@tiaoli/contract/aggregation'
import { useState } from 'react'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Checkbox } from '../../../kit/controls/checkbox.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { splitWords } from '../../../kit/split-words.ts'
import { Failure, Loading } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { readBatchAnew, useAcceptBatch, useBatchEntry } from '../aggregation.queries.ts'
import { type ChosenColumn, ColumnsTable, proposalOf } from './columns-table.tsx'
import { NewerVersions } from './newer-versions.tsx'
import { TableSchemaNotes } from './schema-notes.tsx'

/** What the platform itself takes for no value, where the steward says nothing else. */
const usualNulls = 'NA, N/A, \\N, NULL, null'

/** The inferred structure beside the entry's fields: the steward confirms what each column becomes. */
export function AcceptSchema({ batch }: { batch: Batch }) {
  const { t, language } = useDeskText()
  const { data: entry } = useBatchEntry(batch.entryId)
  const accept = useAcceptBatch()
  const [tableName, setTableName] = useState(batch.table ?? batch.tables[0]?.name ?? '')
  const table = batch.tables.find(({ name }) => name === tableName) ?? batch.tables[0]
  /** Undefined until the steward writes something. */
  const [nulls, setNulls] = useState<string>()
  const [applied, setApplied] = useState(true)
  const [columns, setColumns] = useState<ChosenColumn[]>(() => (table ? proposalOf(table) : []))
  /** The newest version that the steward says to have seen. */
  const [seen, setSeen] = useState<number>()
  if (!table || !entry) return <Loading />

  const { newer } = batch
  const taken = new Set(columns.flatMap(({ field }) => field ?? []))
  const schemaNulls = applied && table.schema !== null ? (table.schema.missingValues ?? []) : undefined
  const shownNulls = nulls ?? schemaNulls?.filter((spelling) => spelling !== '').join(', ') ?? usualNulls
  const missing = entry.fields.filter(({ name, required }) => required && !taken.has(name))

  function chooseTable(name: string) {
    setTableName(name)
    const chosen = batch.tables.find((one) => one.name === name)
    if (chosen) setColumns(proposalOf(chosen))
  }

  return (
    <Section
      title={t.batch.structure}
      note={t.batch.structureNote(formatNumber(table.rowCount, language), table.malformedRows)}
    >
      <div className="stack" style={{ '--gap': '20px' } as React.CSSProperties}>
        {batch.tables.length > 1 && (
          <Field id="table" label={t.batch.table} help={t.batch.tableHelp}>
            <Select
              id="table"
              value={table.name}
              options={batch.tables.map(({ name }) => ({ value: name, label: name }))}
              onChange={chooseTable}
            />
          </Field>
        )}
        {table.schema !== null && (
          <Checkbox checked={applied} onChange={(event) => setApplied(event.target.checked)}>
            {t.tableSchema.apply}
          </Checkbox>
        )}
        {batch.describedAt && (
          <p role="note">{t.tableSchema.describedLater(formatMoment(batch.describedAt))}</p>
        )}
        <TableSchemaNotes schema={table.schema} />
        <ColumnsTable table={table} fields={entry.fields} chosen={columns} onChange={setColumns} />
        <AskedLine
          id="nulls"
          label={t.batch.nulls}
          help={t.batch.nullsHelp}
          optional
          value={shownNulls}
          maxLength={200}
          onChange={setNulls}
        />
        {missing.length > 0 && (
          <p role="status">
            {t.batch.missingFields(missing.map(({ name }) => name).join(t.common.listSeparator))}
          </p>
        )}
        {newer && (
          <NewerVersions
            newer={newer}
            entryId={batch.entryId}
            seen={seen === newer.newest}
            onSeen={(ticked) => setSeen(ticked ? newer.newest : undefined)}
          />
        )}
        {accept.error && <Failure error={accept.error} />}
        <div className="row">
          <Button
            primary
            busy={accept.isPending}
            disabled={newer !== null && seen !== newer.newest}
            onClick={() =>
              accept.mutate(
                {
                  params: { batchId: batch.id },
                  body: {
                    table: table.name,
                    columns,
                    ...(nulls !== undefined && { nulls: splitWords(nulls) }),
                    ...(!applied && { schema: 'ignore' }),
                    ...(newer && { seenSnapshot: newer.newest }),
                  },
                },
                // A version may have come since the page was read.
                { onError: () => void readBatchAnew() },
              )
            }
          >
            {t.batch.accept}
          </Button>
          <span className="quiet">{t.batch.acceptFollows}</span>
        </div>
      </div>
    </Section>
  )
}
