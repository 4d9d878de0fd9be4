import { connectionStates, type SourceSystem } from '@tiaoli/contract/connections'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Select } from '../../../kit/field.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCreateSystem, useSystems } from '../connections.queries.ts'
import { SystemState } from '../parts/system-state.tsx'
import { systemOf, systemQuestions } from '../system-questions.ts'

/** The inventory of systems, with the state of each connection as the platform measures it. */
export default function SystemsPage() {
  const { t, say, language } = useDeskText()
  const { data: session } = useSession()
  const navigate = useNavigate()
  const create = useCreateSystem()
  const [adding, setAdding] = useState(false)
  const [search, setSearch] = useSearchParams()
  const state = connectionStates.find((one) => one === search.get('state'))
  const pages = useSystems(state)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const mayAdd = session?.user?.powers.includes('steward') && !adding
  return (
    <Page
      title={t.sources.title}
      lead={t.sources.lead}
      actions={
        mayAdd && (
          <Button primary onClick={() => setAdding(true)}>
            {t.sources.register}
          </Button>
        )
      }
    >
      {adding && (
        <Section title={t.sources.register}>
          <ActForm
            name={t.sources.register}
            fields={systemQuestions}
            choosable={[]}
            draftKey="source-system.new"
            submitLabel={t.sources.save}
            follows={<p>{t.sources.follows}</p>}
            onCancel={() => setAdding(false)}
            onSubmit={async (answers) => {
              const made = await create.mutateAsync({ body: systemOf(answers) })
              await navigate(`/desk/source-systems/${made.id}`)
            }}
          />
        </Section>
      )}
      <Await reading={reading} lines={8}>
        {(read) => {
          const systems = read.flatMap((page) => page.items)
          const counts = read[0]?.counts
          return (
            <div className="stack">
              <Select
                small
                aria-label={t.sources.onlyState}
                value={state ?? ''}
                placeholder={t.sources.every}
                options={connectionStates.map((value) => ({
                  value,
                  label: `${t.sources.states[value]} ${formatNumber(counts?.[value] ?? 0, language)}`,
                }))}
                onChange={(value) => setSearch(value ? { state: value } : {}, { replace: true })}
              />
              {systems.length === 0 ? (
                <Empty title={t.sources.none} />
              ) : (
                <Table
                  caption={t.sources.title}
                  rows={systems}
                  rowKey={({ id }) => id}
                  columns={[
                    {
                      key: 'name',
                      title: t.sources.name,
                      width: 'roomy',
                      cell: ({ id, name }) => <Link to={`/desk/source-systems/${id}`}>{name}</Link>,
                    },
                    {
                      key: 'owner',
                      title: t.sources.owner,
                      cell: ({ organisation }) => say(organisation.name),
                    },
                    {
                      key: 'state',
                      title: t.sources.state,
                      cell: (system) => <SystemState system={system} />,
                    },
                    { key: 'checked', title: t.sources.checked, width: 'unbroken', cell: checkedOf },
                    {
                      key: 'entries',
                      title: t.sources.entries,
                      numeric: true,
                      cell: ({ entries }) => formatNumber(entries.length, language),
                    },
                  ]}
                />
              )}
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )

  function checkedOf({ checkedAt }: SourceSystem) {
    return checkedAt ? formatMoment(checkedAt) : <span className="quiet">{t.sources.neverChecked}</span>
  }
}
