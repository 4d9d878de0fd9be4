import type { CollectionPlan, PlanFinding } from '@tiaoli/contract/collection'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, textQuestion } from '../../../kit/ask.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { useTerms } from '../../../kit/rulebook.ts'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import * as queries from '../collection.queries.ts'
import { usePlanForm } from '../parts/plan-form.tsx'

export default function PlanPage() {
  const { planId = '' } = useParams()
  return (
    <Await reading={queries.usePlan(planId)} lines={10}>
      {(plan) => <Plan plan={plan} />}
    </Await>
  )
}

function Plan({ plan }: { plan: CollectionPlan }) {
  const { t, say } = useDeskText()
  const { rankTerm } = useTerms()
  return (
    <Page
      title={plan.title}
      above={<Link to="/desk/collection">{t.collection.title}</Link>}
      lead={`${say(plan.organisation.name)} · ${t.collection.states[plan.state]}`}
    >
      <Section title={t.collection.findings}>
        <Findings findings={plan.findings} />
        <Acts plan={plan} />
      </Section>
      <Section title={t.collection.fields}>
        <Facts
          facts={[
            [t.collection.purpose, plan.purpose],
            [t.collection.kind, plan.kind],
            [t.collection.subject, t.compilation.subjectTypes[plan.subjectType]],
            [t.collection.audience, t.collection.audiences[plan.audience ?? 'society']],
            [
              t.collection.addressees,
              plan.addressed.map(({ name }) => say(name)).join(t.common.listSeparator),
            ],
            [
              t.collection.procedureBasis,
              plan.procedureBasis && `${plan.procedureBasis.instrument} ${plan.procedureBasis.article}`,
            ],
            ...(plan.exceptions ?? []).map(
              ({ field, basis, consent }) =>
                [
                  `${t.collection.exceptions} · ${field}`,
                  basis ? `${basis.instrument} ${basis.article}（${rankTerm(basis.rank)}）` : consent,
                ] as const,
            ),
          ]}
        />
        <Table
          caption={t.collection.fields}
          rows={plan.fields}
          rowKey={({ name }) => name}
          columns={[
            { key: 'name', title: t.collection.element, cell: (field) => field.name },
            { key: 'type', title: t.fields.type, cell: (field) => t.types[field.type] },
            {
              key: 'sensitivity',
              title: t.fields.sensitivity,
              cell: (field) => t.sensitivities[field.sensitivity],
            },
            { key: 'reason', title: t.collection.reason, width: 'roomy', cell: (field) => field.reason },
          ]}
        />
      </Section>
      {plan.objections.length > 0 && (
        <Section title={t.collection.objections}>
          {plan.objections.map(({ organisation, at, reasons }) => (
            <div key={organisation.id}>
              <h3>
                {say(organisation.name)} · {formatMoment(at)}
              </h3>
              <p className="pre-line">{reasons}</p>
            </div>
          ))}
        </Section>
      )}
    </Page>
  )
}

function Findings({ findings }: { findings: readonly PlanFinding[] }) {
  const { t, say } = useDeskText()
  if (findings.length === 0) return <p>{t.collection.noFinding}</p>
  return (
    <ul className="stack">
      {findings.map((found) => (
        <li key={`${found.field} ${found.kind}`}>
          <p>
            <strong>{found.field}</strong> {found.blocking ? t.collection.blocked : t.collection.lifted} ·{' '}
            {say(found.condition)} <ArticleChip article={found.article} />
          </p>
          {found.blocking && <p className="quiet">{say(found.remedy)}</p>}
          {found.offer && (
            <p>
              {t.collection.offer(found.offer.title, say(found.offer.provider.name))}{' '}
              <Link to={found.offer.apply}>
                {found.offer.apply.startsWith('/desk/') ? t.collection.apply : t.collection.take}
              </Link>
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function Acts({ plan }: { plan: CollectionPlan }) {
  const { t } = useDeskText()
  const register = queries.useRegister()
  const end = queries.useEnd()
  const change = queries.useChangePlan()
  const object = queries.useObject()
  const { fields, initial, read } = usePlanForm(plan)
  const [failure, setFailure] = useState<Error | null>(null)
  const params = { planId: plan.id }
  const attempt = (act: Promise<unknown>) => {
    setFailure(null)
    act.catch(setFailure)
  }
  return (
    <div className="stack">
      {failure && <Failure error={failure} />}
      {plan.editable && (
        <>
          <p className="quiet small">{t.collection.registerFollows}</p>
          <div className="row">
            <Button
              primary
              disabled={!plan.registrable}
              onClick={() => attempt(register.mutateAsync({ params }))}
            >
              {t.collection.register}
            </Button>
            <Button onClick={() => attempt(end.mutateAsync({ params }))}>{t.collection.end}</Button>
          </div>
          <ActDrawer
            title={t.collection.save}
            draftKey={`collection-plan.${plan.id}.${plan.version}`}
            fields={fields}
            initial={initial}
            onSubmit={async (content) =>
              change.mutateAsync({ params, body: { ...(await read(content)), version: plan.version } })
            }
          />
        </>
      )}
      {plan.objectable && (
        <ActDrawer
          title={t.collection.object}
          draftKey={`objection.${plan.id}`}
          fields={[textQuestion('reasons', { zh: '理由', en: 'Reasons' }, { maxLength: 2000 })]}
          onSubmit={(content) =>
            object.mutateAsync({ params, body: { reasons: answerOf(content, 'reasons') } })
          }
        />
      )}
    </div>
  )
}
