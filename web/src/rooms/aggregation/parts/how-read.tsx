import type { Batch } from '@tiaoli/contract/aggregation'
import { useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useAcceptBatch } from '../aggregation.queries.ts'

const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be'] as const
const delimiters = [',', '\t', ';', '|'] as const
const shownRows = 5

/** How the file was read, with its first rows: a steward who sees other signs than hers has it read otherwise. */
export function HowRead({ batch }: { batch: Batch }) {
  const { t } = useDeskText()
  const again = useAcceptBatch()
  const [encoding, setEncoding] = useState(batch.encoding ?? '')
  const [delimiter, setDelimiter] = useState(batch.delimiter ?? '')
  const [table] = batch.tables
  const differs = encoding !== (batch.encoding ?? '') || delimiter !== (batch.delimiter ?? '')
  const isText = batch.encoding !== null
  return (
    <Section title={t.batch.reading} {...(isText && { note: t.batch.readingNote })}>
      <div className="stack">
        {table && (
          <Table
            caption={t.batch.firstRows}
            rows={table.sampleRows.slice(0, shownRows)}
            rowKey={(_, index) => String(index)}
            columns={table.columns.map((column, index) => ({
              key: column.source,
              title: column.source,
              cell: (row: readonly (string | null)[]) => row[index] ?? '',
            }))}
          />
        )}
        {isText && (
          <>
            <Field id="encoding" label={t.batch.encoding}>
              <Select
                id="encoding"
                value={encoding}
                options={encodings.map((value) => ({ value, label: t.batch.encodings[value] }))}
                onChange={setEncoding}
              />
            </Field>
            {batch.delimiter !== null && (
              <Field id="delimiter" label={t.batch.delimiter}>
                <Select
                  id="delimiter"
                  value={delimiter}
                  options={delimiters.map((value) => ({
                    value,
                    label: value === '\t' ? t.batch.tab : value,
                  }))}
                  onChange={setDelimiter}
                />
              </Field>
            )}
            {again.error && <Failure error={again.error} />}
            <div>
              <Button
                disabled={!differs}
                busy={again.isPending}
                onClick={() =>
                  again.mutate({
                    params: { batchId: batch.id },
                    body: { encoding, ...(delimiter && { delimiter }) },
                  })
                }
              >
                {t.batch.readAgain}
              </Button>
            </div>
          </>
        )}
      </div>
    </Section>
  )
}
