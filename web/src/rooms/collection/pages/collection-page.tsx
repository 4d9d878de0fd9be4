import { Link, useNavigate, useSearchParams } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { type Scope, useCreatePlan, usePlans } from '../collection.queries.ts'
import { Duties } from '../parts/duties.tsx'
import { usePlanForm } from '../parts/plan-form.tsx'

const scopes = ['own', 'addressed', 'all'] as const

export default function CollectionPage() {
  const { t, say } = useDeskText()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchParams()
  const scope: Scope = scopes.find((one) => one === search.get('scope')) ?? 'own'
  const pages = usePlans(scope)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.collection.title} lead={t.collection.lead}>
      <Await reading={reading} lines={8}>
        {(read) => {
          const { articles, seesAll } = read[0]!
          const plans = read.flatMap((page) => page.items)
          if (articles.length === 0) return <Empty title={t.collection.notBound} />
          return (
            <Section
              title={t.collection.plans}
              note={[...new Set(articles.map(articleOf))].map((article) => (
                <ArticleChip key={article} article={article} />
              ))}
            >
              <Switch
                label={t.collection.scope}
                value={scope}
                options={scopes
                  .filter((value) => value !== 'all' || seesAll)
                  .map((value) => ({ value, label: t.collection.scopes[value] }))}
                onChange={(value) => setSearch({ scope: value }, { replace: true })}
              />
              {plans.length === 0 ? (
                <p className="quiet">{t.collection.none}</p>
              ) : (
                <Table
                  caption={t.collection.plans}
                  rows={plans}
                  rowKey={({ id }) => id}
                  columns={[
                    {
                      key: 'title',
                      title: t.collection.planTitle,
                      cell: (plan) => <Link to={`/desk/collection/${plan.id}`}>{plan.title}</Link>,
                    },
                    { key: 'body', title: t.collection.body, cell: (plan) => say(plan.organisation.name) },
                    {
                      key: 'audience',
                      title: t.collection.audience,
                      cell: (plan) => t.collection.audiences[plan.audience ?? 'society'],
                    },
                    {
                      key: 'state',
                      title: t.collection.state,
                      cell: (plan) => t.collection.states[plan.state],
                    },
                    {
                      key: 'objections',
                      title: t.collection.objections,
                      numeric: true,
                      cell: (plan) => plan.objections,
                    },
                    { key: 'at', title: t.compilation.openedAt, cell: (plan) => formatDate(plan.createdAt) },
                  ]}
                />
              )}
              <More {...pages} />
              {session?.user?.powers.includes('steward') && <NewPlan />}
            </Section>
          )
        }}
      </Await>
      <Duties />
    </Page>
  )
}

/** Several obligations of one article are one chip. */
const articleOf = (obligation: string): string => obligation.replace(/\..*$/, '')

function NewPlan() {
  const { t } = useDeskText()
  const navigate = useNavigate()
  const create = useCreatePlan()
  const { fields, initial, read } = usePlanForm()
  return (
    <ActDrawer
      title={t.collection.newPlan}
      draftKey="collection-plan"
      fields={fields}
      initial={initial}
      onSubmit={async (content) => {
        const plan = await create.mutateAsync({ body: await read(content) })
        await navigate(`/desk/collection/${plan.id}`)
      }}
    />
  )
}
