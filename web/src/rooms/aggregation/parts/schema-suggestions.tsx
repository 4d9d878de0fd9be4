import type { Batch } from '@tiaoli/contract/aggregation'
import { Button } from '../../../kit/controls/button.tsx'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useTakeOverSchema } from '../aggregation.queries.ts'

/** What a schema says of fields of which the entry says nothing, and the act by which its draft says it. */
export function SchemaSuggestions({ batch }: { batch: Batch }) {
  const { t } = useDeskText()
  const takeOver = useTakeOverSchema()
  const tables = batch.tables.filter(({ suggestions }) => suggestions.length > 0)
  if (tables.length === 0 && !takeOver.isSuccess) return null
  return (
    <Section
      title={t.tableSchema.suggestions}
      {...(tables.length > 0 && { note: t.tableSchema.suggestionsHelp })}
    >
      <div className="stack">
        {tables.map((table) => (
          <div key={table.name} className="stack">
            {batch.tables.length > 1 && <h3>{table.name}</h3>}
            <Table
              caption={t.tableSchema.suggestions}
              rows={table.suggestions}
              rowKey={({ field, part }) => `${field} ${part}`}
              columns={[
                { key: 'field', title: t.tableSchema.field, cell: ({ field }) => field },
                {
                  key: 'part',
                  title: t.tableSchema.part,
                  width: 'unbroken',
                  cell: ({ part }) => t.tableSchema.parts[part],
                },
                { key: 'words', title: t.tableSchema.words, width: 'roomy', cell: ({ words }) => words },
              ]}
            />
            {batch.acts.includes('take-over') && (
              <div>
                <Button
                  busy={takeOver.isPending}
                  onClick={() =>
                    takeOver.mutate({ params: { batchId: batch.id }, body: { table: table.name } })
                  }
                >
                  {t.tableSchema.takeOver}
                </Button>
              </div>
            )}
          </div>
        ))}
        {takeOver.error && <Failure error={takeOver.error} />}
        {takeOver.isSuccess && (
          <div className="row">
            <span role="status">{t.tableSchema.takenOver}</span>
            <LinkButton to={`/desk/entries/${batch.entryId}/edit`}>{t.tableSchema.toDraft}</LinkButton>
          </div>
        )}
      </div>
    </Section>
  )
}
