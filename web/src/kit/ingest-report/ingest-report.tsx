import { type Batch, getRefusedRows } from '@tiaoli/contract/aggregation'
import { urlOf } from '@tiaoli/contract/client'
import { useText } from '../../text/use-text.ts'
import { formatNumber } from '../formats.ts'
import { Table } from '../table.tsx'
import styles from './ingest-report.module.css'

/** What was taken in and what was not: counts, the first refused rows in place, the whole report as a file. */
export function IngestReport({ batch }: { batch: Batch }) {
  const { t, say, language } = useText()
  const refused = batch.refusedRows ?? 0
  const number = (value: number) => formatNumber(value, language)
  return (
    <div className="stack" data-testid="ingest-report">
      <p className={styles.counts}>
        <span>
          <strong>{number(batch.rows ?? 0)}</strong> {t.batch.accepted}
        </span>
        <span data-refused={refused > 0}>
          <strong>{number(refused)}</strong> {t.batch.refused}
        </span>
      </p>
      {batch.changes && (
        <p>
          {t.batch.changes(
            number(batch.changes.added),
            number(batch.changes.replaced),
            number(batch.changes.removed),
          )}
        </p>
      )}
      {refused > 0 && (
        <>
          <p>
            {t.batch.firstRefused(number(Math.min(batch.refusals.length, refused)))}{' '}
            <a href={urlOf(getRefusedRows, { batchId: batch.id })} download>
              {t.batch.downloadReport}
            </a>
          </p>
          <Table
            caption={t.batch.refused}
            rows={batch.refusals}
            rowKey={(row, index) => `${row.line}-${row.column}-${index}`}
            columns={[
              { key: 'line', title: t.batch.line, numeric: true, cell: (row) => row.line },
              { key: 'column', title: t.batch.column, cell: (row) => row.column ?? t.batch.wholeRow },
              { key: 'cause', title: t.batch.cause, cell: (row) => say(row.causeText) },
              { key: 'value', title: t.batch.value, cell: (row) => <code>{row.value ?? ''}</code> },
            ]}
          />
        </>
      )}
    </div>
  )
}
