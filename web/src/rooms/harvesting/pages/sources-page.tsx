import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { useEveryOrganisation } from '../../../kit/organisations.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useHarvestSources, useRegisterSource } from '../harvesting.queries.ts'
import { RunState } from '../parts/run-state.tsx'
import { SourceForm } from '../parts/source-form.tsx'

/** Catalogues of others that are read, with how their last run went. */
export default function SourcesPage() {
  const { t, say, language } = useDeskText()
  const [adding, setAdding] = useState(false)
  const pages = useHarvestSources()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page
      title={t.harvesting.title}
      lead={t.harvesting.lead}
      actions={
        !adding && (
          <Button primary onClick={() => setAdding(true)}>
            {t.harvesting.register}
          </Button>
        )
      }
    >
      {adding && <Register onCancel={() => setAdding(false)} />}
      <Await reading={reading} lines={6}>
        {(read) => {
          const sources = read.flatMap(({ items }) => items)
          if (sources.length === 0) return <Empty title={t.harvesting.none} />
          return (
            <div className="stack">
              <Table
                caption={t.harvesting.title}
                rows={sources}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'name',
                    title: t.harvesting.name,
                    width: 'roomy',
                    cell: ({ id, name }) => <Link to={`/desk/harvest-sources/${id}`}>{name}</Link>,
                  },
                  { key: 'kind', title: t.harvesting.kind, cell: ({ kind }) => t.harvesting.kinds[kind] },
                  {
                    key: 'organisation',
                    title: t.harvesting.organisation,
                    cell: ({ organisation }) => say(organisation.name),
                  },
                  {
                    key: 'last',
                    title: t.harvesting.lastRun,
                    cell: ({ lastRun, enabled }) =>
                      enabled ? (
                        <RunState run={lastRun} />
                      ) : (
                        <span className="quiet">{t.harvesting.disabled}</span>
                      ),
                  },
                  {
                    key: 'entries',
                    title: t.harvesting.counterparts,
                    numeric: true,
                    cell: ({ counterparts }) => formatNumber(counterparts, language),
                  },
                  {
                    key: 'decide',
                    title: t.harvesting.toDecide,
                    numeric: true,
                    cell: ({ toDecide }) => formatNumber(toDecide, language),
                  },
                  {
                    key: 'next',
                    title: t.harvesting.nextRun,
                    width: 'unbroken',
                    cell: ({ nextRunAt }) => nextRunAt && formatMoment(nextRunAt),
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

function Register({ onCancel }: { onCancel: () => void }) {
  const { t, say } = useDeskText()
  const navigate = useNavigate()
  const register = useRegisterSource()
  const { data: session } = useSession()
  const admin = session?.user?.powers.includes('admin') === true
  const { data: organisations = [] } = useEveryOrganisation()
  const [organisationId, setOrganisationId] = useState('')
  return (
    <Section title={t.harvesting.register}>
      <SourceForm
        error={register.error}
        busy={register.isPending}
        onCancel={onCancel}
        onSubmit={(words) =>
          register.mutate(
            { body: { ...words, ...(admin && { organisationId }) } },
            { onSuccess: ({ id }) => void navigate(`/desk/harvest-sources/${id}`) },
          )
        }
      >
        {admin && (
          <Field
            id="source-organisation"
            path="organisationId"
            label={t.harvesting.organisation}
            help={t.harvesting.organisationHelp}
          >
            <Select
              id="source-organisation"
              required
              value={organisationId}
              placeholder={t.harvesting.organisation}
              options={organisations
                .filter(({ kind }) => kind !== 'company')
                .map(({ id, name }) => ({ value: id, label: say(name) }))}
              onChange={setOrganisationId}
            />
          </Field>
        )}
      </SourceForm>
    </Section>
  )
}
