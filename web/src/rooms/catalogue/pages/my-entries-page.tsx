import type { EntrySummary } from '@tiaoli/contract/catalogue'
import { Link, useSearchParams } from 'react-router'
import { formatDate } from '../../../kit/formats.ts'
import { LinkButton } from '../../../kit/link-button.tsx'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { Table } from '../../../kit/table.tsx'
import { TypeWords } from '../../../kit/type-words.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useEntries } from '../catalogue.queries.ts'
import { Unexplained } from '../parts/unexplained.tsx'

const scopes = ['mine', 'to-confirm'] as const

export default function MyEntriesPage() {
  const { t, say } = useDeskText()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchParams()
  const scope =
    scopes.find((one) => one === search.get('scope')) ??
    (session?.user?.powers.includes('steward') ? 'mine' : 'to-confirm')
  const pages = useEntries({ scope, sort: 'newest' })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const statusName = (key: string) => t.statuses[key as keyof typeof t.statuses] ?? key
  return (
    <Page
      title={t.desk.entries}
      lead={t.editor.listLead}
      actions={
        session?.user?.powers.includes('steward') && (
          <LinkButton primary to="/desk/entries/new">
            {t.editor.create}
          </LinkButton>
        )
      }
    >
      {session?.user?.powers.includes('officer') && (
        <Switch
          label={t.editor.scope}
          value={scope}
          options={scopes.map((value) => ({ value, label: t.editor.scopes[value] }))}
          onChange={(value) => setSearch({ scope: value }, { replace: true })}
        />
      )}
      <Unexplained />
      <Await reading={reading} lines={8}>
        {(read) => {
          const entries = read.flatMap((page) => page.items)
          if (entries.length === 0) return <Empty title={t.editor.empty[scope]} />
          return (
            <div className="stack">
              <Table
                caption={t.editor.scopes[scope]}
                rows={entries}
                rowKey={(entry) => entry.id}
                columns={[
                  {
                    key: 'title',
                    title: t.editor.title,
                    cell: (entry) => <Link to={`/entries/${entry.id}`}>{entry.title}</Link>,
                  },
                  ...(scope === 'mine'
                    ? []
                    : [
                        {
                          key: 'provider',
                          title: t.cases.provider,
                          cell: (entry: EntrySummary) => say(entry.provider.name),
                        },
                      ]),
                  {
                    key: 'status',
                    title: t.editor.status,
                    width: 'unbroken',
                    cell: (entry) => statusName(entry.status),
                  },
                  {
                    key: 'types',
                    title: t.cases.types,
                    width: 'roomy',
                    cell: (entry) => <TypeWords entry={entry} />,
                  },
                  {
                    key: 'data',
                    title: t.entry.freshness,
                    cell: (entry) => (entry.liveAt ? formatDate(entry.liveAt) : t.entry.noData),
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
