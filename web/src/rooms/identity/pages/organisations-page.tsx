import { Link } from 'react-router'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { useTerms } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useOrganisations } from '../identity.queries.ts'

export default function OrganisationsPage() {
  const { t, say } = usePortalText()
  const { roleTerm } = useTerms()
  const pages = useOrganisations()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.organisations.title} lead={t.organisations.lead}>
      <Await reading={reading} lines={10}>
        {(read) => (
          <div className="stack">
            <Table
              caption={t.organisations.title}
              rows={read.flatMap((page) => page.items)}
              rowKey={(one) => one.id}
              columns={[
                { key: 'name', title: t.organisations.name, cell: (one) => say(one.name) },
                {
                  key: 'roles',
                  title: t.organisations.roles,
                  cell: (one) => one.roles.map(roleTerm).join(t.common.listSeparator),
                },
                {
                  key: 'level',
                  title: t.organisations.level,
                  cell: (one) => t.organisations.levels[one.level],
                },
                {
                  key: 'entries',
                  title: t.organisations.entries,
                  numeric: true,
                  cell: (one) =>
                    one.entryCount > 0 ? (
                      <Link to={`/search?organisation=${one.id}`}>{one.entryCount}</Link>
                    ) : (
                      0
                    ),
                },
              ]}
            />
            <More {...pages} />
          </div>
        )}
      </Await>
    </Page>
  )
}
