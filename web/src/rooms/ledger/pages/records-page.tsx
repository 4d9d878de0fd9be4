import { urlOf } from '@tiaoli/contract/client'
import { exportRecords, type RecordView } from '@tiaoli/contract/ledger'
import { Link, useSearchParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { endOfDay, formatMoment, startOfDay } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { partyName } from '../../../kit/party-name.ts'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { type RecordSearch, useRecords } from '../ledger.queries.ts'
import { ExplanationLink } from '../parts/grounds.tsx'
import { RecordSearchForm } from '../parts/record-search.tsx'

export default function RecordsPage() {
  const { t, say } = useDeskText()
  const { data: session } = useSession()
  const seesAll = session?.user?.powers.includes('supervisor')
  const oversees = session?.user?.authority != null && (seesAll || session.user.powers.includes('officer'))
  const [search, setSearch] = useSearchParams()
  const said: RecordSearch = Object.fromEntries(
    searchable.flatMap((name) => {
      const value = search.get(name)
      return value ? [[name, value]] : []
    }),
  )
  const query = queryOf(said)
  const pages = useRecords(query)
  const total = pages.data?.pages[0]?.total
  const searched = pages.data?.pages[0]?.searched
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page
      title={t.desk.records}
      lead={seesAll ? t.records.leadAll : t.records.lead}
      actions={
        <span className="row">
          {oversees && <Link to="/desk/record-erasures">{t.records.erasures}</Link>}
          <Link to="/verify">{t.records.howToVerify}</Link>
        </span>
      }
    >
      <div className="stack">
        <RecordSearchForm
          value={said}
          onSearch={(next) =>
            setSearch(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')))
          }
          onClear={() => setSearch({})}
        />
        {Object.keys(said).length > 0 && (
          <p>
            {t.records.narrowed} <Link to="/desk/records">{t.records.showAll}</Link>
          </p>
        )}
        {searched && (
          <p className="quiet small" role="status">
            {t.recordSearch.searched(formatMoment(searched.from), formatMoment(searched.before))}{' '}
            {searched.usual && t.recordSearch.searchedUsual}
          </p>
        )}
        {total && (
          <p className="row" role="status">
            {t.recordSearch.total(total.count, total.more)}
            <a href={urlOf(exportRecords, {}, query)} download="records.csv">
              {t.recordSearch.download}
            </a>
          </p>
        )}
      </div>
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
                        {record.erasedAt && (
                          <span className="quiet small">
                            {' '}
                            {t.records.erased(formatMoment(record.erasedAt))}
                          </span>
                        )}
                      </>
                    ),
                  },
                  { key: 'about', title: t.records.about, cell: aboutOf },
                  {
                    key: 'actor',
                    title: t.records.actor,
                    cell: (record) => partyName(record.actor, say) || nobody(record),
                  },
                  { key: 'outcome', title: t.recordSearch.outcome, cell: outcomeOf },
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
                    cell: (record) => (
                      <span className="row">
                        {record.kind.startsWith('access.') && <ExplanationLink recordId={record.id} />}
                        {record.position !== null && <ReceiptLink recordId={record.id} />}
                      </span>
                    ),
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

  /** A refusal in words; one that has none yet by its code. */
  function outcomeOf({ kind, outcome, details }: RecordView) {
    if (kind === 'access.refused') {
      const refusals: Readonly<Record<string, string>> = t.recordSearch.refusals
      return `${t.recordSearch.refused}：${refusals[outcome] ?? outcome}`
    }
    if (details.act === 'row' && details.rows === 0) return t.recordSearch.noRow
    const words: Readonly<Record<string, string>> = t.recordSearch.outcomeOf
    return words[outcome] ?? ''
  }

  function aboutOf(record: RecordView) {
    if (record.caseId)
      return <Link to={`/desk/cases/${record.caseId}`}>{record.entry?.title ?? record.caseId}</Link>
    return record.entry && <Link to={`/entries/${record.entry.id}`}>{record.entry.title}</Link>
  }
}

const searchable = [
  'entry',
  'case',
  'grant',
  'kind',
  'accesses',
  'organisation',
  'outcome',
  'article',
  'key',
  'scenario',
  'from',
  'before',
] as const

/** From the first day's beginning to the last day's end. */
const queryOf = ({ from, before, ...rest }: RecordSearch): RecordSearch => ({
  ...rest,
  ...(from && { from: startOfDay(from) }),
  ...(before && { before: endOfDay(before) }),
})
