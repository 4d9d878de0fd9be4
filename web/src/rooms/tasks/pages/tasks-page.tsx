import { type AggregationTask, taskStates } from '@tiaoli/contract/tasks'
import { Link, useSearchParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Select } from '../../../kit/field.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { CoverageTable } from '../parts/coverage-table.tsx'
import { FlowsTable } from '../parts/flows-table.tsx'
import { TaskState } from '../parts/task-state.tsx'
import { useTasks } from '../tasks.queries.ts'

/** What the catalogue promises and what came: what is short first asked for, then all. */
export default function TasksPage() {
  const { t, say, language } = useDeskText()
  const { data: rulebook } = useRulebook()
  const [search, setSearch] = useSearchParams()
  const state = taskStates.find((one) => one === search.get('state'))
  const organisation = search.get('organisation') ?? undefined
  const pages = useTasks({ ...(state ? { state } : {}), ...(organisation ? { organisation } : {}) })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const offer = rulebook?.tasks
  return (
    <Page title={t.tasks.title} lead={t.tasks.lead}>
      <Await reading={reading} lines={10}>
        {(read) => {
          const tasks = read.flatMap((page) => page.items)
          const counts = read[0]?.counts
          return (
            <div className="stack">
              <div className="row">
                <Select
                  small
                  aria-label={t.tasks.onlyState}
                  value={state ?? ''}
                  placeholder={t.tasks.every}
                  options={taskStates.map((value) => ({
                    value,
                    label: `${t.tasks.states[value]} ${formatNumber(counts?.[value] ?? 0, language)}`,
                  }))}
                  onChange={(value) => setSearch(value ? { state: value } : {}, { replace: true })}
                />
                {organisation && (
                  <Link to="/desk/aggregation" replace>
                    {t.tasks.allOrganisations}
                  </Link>
                )}
              </div>
              {tasks.length === 0 ? (
                <Empty title={t.tasks.none} />
              ) : (
                <Table
                  caption={t.tasks.title}
                  rows={tasks}
                  rowKey={(task) => task.entryId}
                  columns={[
                    { key: 'entry', title: t.tasks.entry, width: 'roomy', cell: entryOf },
                    { key: 'owner', title: t.tasks.owner, cell: ({ organisation: { name } }) => say(name) },
                    {
                      key: 'cycle',
                      title: t.tasks.cycle,
                      cell: ({ cycle }) => (cycle ? t.cycles[cycle as never] : t.tasks.noCycle),
                    },
                    { key: 'loaded', title: t.tasks.loaded, width: 'unbroken', cell: loadedOf },
                    { key: 'state', title: t.tasks.standing, cell: (task) => <TaskState task={task} /> },
                  ]}
                />
              )}
              <More {...pages} />
            </div>
          )
        }}
      </Await>
      {offer?.coverage && (
        <Section title={t.tasks.coverage} note={t.tasks.coverageNote}>
          <CoverageTable />
        </Section>
      )}
      {offer?.flows && (
        <Section title={t.tasks.flows} note={t.tasks.flowsNote}>
          <FlowsTable />
        </Section>
      )}
    </Page>
  )

  function entryOf(task: AggregationTask) {
    return (
      <>
        <Link to={`/desk/aggregation/${task.entryId}`}>{task.title}</Link>{' '}
        <ArticleChip article={task.article} />
      </>
    )
  }

  function loadedOf(task: AggregationTask) {
    if (task.loadedAt === null) return <span className="quiet">{t.tasks.neverLoaded}</span>
    return `${formatMoment(task.loadedAt)} · ${t.tasks.rows(formatNumber(task.rows ?? 0, language))}`
  }
}
