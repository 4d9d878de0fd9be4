import { Link } from 'react-router'
import { formatBytes, formatMoment, formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useText } from '../../../text/use-text.ts'
import { useSnapshots } from '../catalogue.queries.ts'

export function Snapshots({ entryId }: { entryId: string }) {
  const { t, language } = useText()
  const pages = useSnapshots(entryId)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const snapshots = read.flatMap((page) => page.items)
        if (snapshots.length === 0) return <Empty title={t.data.noSnapshot} />
        return (
          <div className="stack">
            <Table
              caption={t.entry.snapshots}
              rows={snapshots}
              rowKey={(snapshot) => snapshot.id}
              columns={[
                {
                  key: 'number',
                  title: t.entry.snapshotNumber,
                  cell: (one) => (
                    <>
                      <Link to={`/entries/${entryId}/snapshots/${one.number}`}>{one.number}</Link>
                      {one.live && ` · ${t.entry.live}`}
                    </>
                  ),
                },
                { key: 'at', title: t.entry.liveAt, cell: (one) => formatMoment(one.liveAt) },
                {
                  key: 'rows',
                  title: t.entry.rows,
                  numeric: true,
                  cell: (one) => formatNumber(one.rows, language),
                },
                {
                  key: 'size',
                  title: t.entry.size,
                  numeric: true,
                  cell: (one) => formatBytes(one.sizeBytes),
                },
                {
                  key: 'hash',
                  title: 'SHA-256',
                  cell: (one) => <code title={one.sha256}>{one.sha256.slice(0, 12)}…</code>,
                },
                {
                  key: 'record',
                  title: t.common.receipts,
                  cell: (one) => one.recordId && <ReceiptLink recordId={one.recordId} />,
                },
              ]}
            />
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )
}
