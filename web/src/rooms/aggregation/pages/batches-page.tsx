import { Link, useSearchParams } from 'react-router'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useBatches } from '../aggregation.queries.ts'

export default function BatchesPage() {
  const { t, language } = useDeskText()
  const [search] = useSearchParams()
  const pages = useBatches(search.get('entry') ?? undefined)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const count = (value: number | null) => (value === null ? '' : formatNumber(value, language))
  return (
    <Page title={t.desk.batches} lead={t.batch.lead}>
      <Await reading={reading} lines={8}>
        {(read) => {
          const batches = read.flatMap((page) => page.items)
          if (batches.length === 0) {
            return <Empty title={t.batch.empty} next={<Link to="/desk/entries">{t.batch.toEntries}</Link>} />
          }
          return (
            <div className="stack">
              <Table
                caption={t.desk.batches}
                rows={batches}
                rowKey={(batch) => batch.id}
                columns={[
                  {
                    key: 'entry',
                    title: t.batch.batch,
                    cell: (batch) => (
                      <Link to={`/desk/batches/${batch.id}`}>
                        {t.batch.title(batch.entryTitle, batch.number)}
                      </Link>
                    ),
                  },
                  { key: 'file', title: t.batch.file, cell: (batch) => batch.fileName },
                  { key: 'state', title: t.batch.state, cell: (batch) => t.batch.states[batch.state] },
                  {
                    key: 'rows',
                    title: t.batch.acceptedRows,
                    numeric: true,
                    cell: (batch) => count(batch.rows),
                  },
                  {
                    key: 'refused',
                    title: t.batch.refusedRows,
                    numeric: true,
                    cell: (batch) => count(batch.refusedRows),
                  },
                  {
                    key: 'at',
                    title: t.batch.at,
                    width: 'unbroken',
                    cell: (batch) => formatMoment(batch.createdAt),
                  },
                ]}
              />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )
}
