import type { RecordView } from '@tiaoli/contract/ledger'
import { Link, useSearchParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { partyName } from '../../../kit/party-name.ts'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useText } from '../../../text/use-text.ts'
import { useRecords } from '../ledger.queries.ts'

export default function RecordsPage() {
  const { t, say } = useText()
  const { data: session } = useSession()
  const seesAll = session?.user?.powers.includes('supervisor')
  const [search] = useSearchParams()
  const about = Object.fromEntries(
    (['entry', 'case', 'grant'] as const).flatMap((name) => {
      const value = search.get(name)
      return value ? [[name, value]] : []
    }),
  )
  const pages = useRecords(about)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page
      title={t.desk.records}
      lead={seesAll ? t.records.leadAll : t.records.lead}
      actions={<Link to="/verify">{t.records.howToVerify}</Link>}
    >
      {Object.keys(about).length > 0 && (
        <p>
          {t.records.narrowed} <Link to="/desk/records">{t.records.showAll}</Link>
        </p>
      )}
      <Await reading={reading} lines={10}>
        {(read) => {
          const records = read.flatMap((page) => page.items)
          if (records.length === 0) return <Empty title={t.records.empty} />
          return (
            <div className="stack">
              <Table
                caption={t.desk.records}
                rows={records}
                rowKey={(record) => record.id}
                columns={[
                  {
                    key: 'at',
                    title: t.records.at,
                    width: 'unbroken',
                    cell: (record) => formatMoment(record.at),
                  },
                  {
                    key: 'what',
                    title: t.records.what,
                    cell: (record) => (
                      <>
                        {say(record.title)} {record.article && <ArticleChip article={record.article} />}
                      </>
                    ),
                  },
                  { key: 'about', title: t.records.about, cell: aboutOf },
                  {
                    key: 'actor',
                    title: t.records.actor,
                    cell: (record) => partyName(record.actor, say) || nobody(record),
                  },
                  {
                    key: 'position',
                    title: t.records.position,
                    numeric: true,
                    cell: (record) => record.position ?? t.records.notSealed,
                  },
                  {
                    key: 'receipt',
                    width: 'unbroken',
                    title: t.common.receipts,
                    cell: (record) => record.position !== null && <ReceiptLink recordId={record.id} />,
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

  /** Open data are used without an account; everything else without an actor the platform did by itself. */
  function nobody({ kind }: RecordView): string {
    return kind.startsWith('access.') ? t.records.anonymous : t.cases.bySystem
  }

  function aboutOf(record: RecordView) {
    if (record.caseId)
      return <Link to={`/desk/cases/${record.caseId}`}>{record.entry?.title ?? record.caseId}</Link>
    return record.entry && <Link to={`/entries/${record.entry.id}`}>{record.entry.title}</Link>
  }
}
