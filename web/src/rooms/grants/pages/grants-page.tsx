import type { Grant } from '@tiaoli/contract/cases'
import { Link, useSearchParams } from 'react-router'
import { formatDate } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { type GrantSide, useGrants } from '../grants.queries.ts'

const standings = ['current', 'all'] as const

export default function GrantsPage() {
  const { t, say } = useDeskText()
  const [search, setSearch] = useSearchParams()
  const { data: session } = useSession()
  const user = session?.user
  const usual = user?.organisation && !user.powers.includes('requester') ? 'given' : 'held'
  const sides: GrantSide[] = [
    'held',
    'given',
    ...(user?.powers.includes('officer') ? (['overseen'] as const) : []),
  ]
  const side = sides.find((one) => one === search.get('side')) ?? usual
  const which = standings.find((one) => one === search.get('standing')) ?? 'current'
  // A figure leads to the grants of one body.
  const between = Object.fromEntries(
    (['provider', 'holder'] as const).flatMap((key) => (search.get(key) ? [[key, search.get(key)!]] : [])),
  )
  const pages = useGrants(side, which, between)
  const choose = (change: Record<string, string>) =>
    setSearch({ side, standing: which, ...between, ...change }, { replace: true })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.desk.grants} lead={t.grants.lead}>
      {user?.organisation && (
        <Switch
          label={t.grants.side}
          value={side}
          options={sides.map((value) => ({ value, label: t.grants.sides[value] }))}
          onChange={(value) => choose({ side: value })}
        />
      )}
      <Switch
        label={t.grants.which}
        value={which}
        options={standings.map((value) => ({ value, label: t.grants.standings[value] }))}
        onChange={(value) => choose({ standing: value })}
      />
      <Await reading={reading} lines={6}>
        {(read) => {
          const grants = read.flatMap((page) => page.items)
          if (grants.length === 0) {
            return <Empty title={t.grants.empty[side]} next={<Link to="/search">{t.cases.toSearch}</Link>} />
          }
          return (
            <div className="stack">
              <Table
                caption={t.grants.sides[side]}
                rows={grants}
                rowKey={(grant) => grant.id}
                columns={[
                  {
                    key: 'entry',
                    title: t.grants.entry,
                    cell: (grant) => <Link to={`/desk/grants/${grant.id}`}>{grant.entry.title}</Link>,
                  },
                  { key: 'holder', title: t.grants.holder, cell: holder },
                  {
                    key: 'fields',
                    title: t.grants.fields,
                    numeric: true,
                    cell: (grant) => grant.fields.length,
                  },
                  { key: 'scenario', title: t.grants.scenario, cell: (grant) => grant.scenario },
                  {
                    key: 'use',
                    title: t.grants.use30,
                    cell: ({ use }) => t.grants.used(use.times, use.rows),
                  },
                  { key: 'until', title: t.grants.until, cell: standing },
                ]}
              />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )

  function holder(grant: Grant): string {
    return grant.organisation ? say(grant.organisation.name) : (grant.userName ?? '')
  }

  function standing(grant: Grant): string {
    if (grant.revokedAt) return t.grants.revokedOn(formatDate(grant.revokedAt))
    if (grant.standing !== 'live') return t.grants.ofStanding[grant.standing]
    if (grant.awaits) return t.grants.awaits(grant.awaits.days)
    return grant.validUntil ? formatDate(grant.validUntil) : t.grants.unlimited
  }
}
