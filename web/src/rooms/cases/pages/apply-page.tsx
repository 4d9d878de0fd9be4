import type { AccessPlan } from '@tiaoli/contract/catalogue'
import { leastDataQuestions } from '@tiaoli/kernel/least-data'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { BeforeYouApply } from '../../../kit/before-you-apply.tsx'
import { LeastData } from '../../../kit/least-data.tsx'
import { Page } from '../../../kit/page.tsx'
import { ObstacleView } from '../../../kit/problem-view.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCaseEntry, useGrantStart, useOpenCase, usePlan, useRenewGrant } from '../cases.queries.ts'
import styles from './apply-page.module.css'

export default function ApplyPage() {
  const { t } = useDeskText()
  const { entryId = '' } = useParams()
  const { data: entry } = useCaseEntry(entryId)
  return (
    <Page
      title={entry ? t.apply.title(entry.title) : t.apply.apply}
      above={<Link to={`/entries/${entryId}`}>{t.apply.backToEntry}</Link>}
      lead={t.apply.lead}
    >
      <Await reading={usePlan(entryId)} lines={10}>
        {({ now, request, refusal }) =>
          request?.possible ? (
            <RequestForm entryId={entryId} request={request} />
          ) : (
            <div className="stack">
              {refusal && <ObstacleView obstacle={refusal} />}
              {request?.obstacle && <ObstacleView obstacle={request.obstacle} />}
              {now && !request ? (
                <Empty
                  title={t.apply.notNeeded}
                  next={<Link to={`/entries/${entryId}#data`}>{t.apply.toData}</Link>}
                >
                  {t.apply.notNeededWhy}
                </Empty>
              ) : (
                <Empty
                  title={t.apply.notPossible}
                  next={<Link to={`/entries/${entryId}`}>{t.apply.backToEntry}</Link>}
                />
              )}
            </div>
          )
        }
      </Await>
    </Page>
  )
}

function RequestForm(props: { entryId: string; request: NonNullable<AccessPlan['request']> }) {
  const { t } = useDeskText()
  // A page that knows what is wanted, such as a collection plan, has filled it in.
  const [given] = useSearchParams()
  const renews = given.get('renews')
  const before = renews ?? given.get('after')
  const start = useGrantStart(before)
  if (before === null)
    return <Form {...props} initial={initialOf(given, props.request)} renews={null} gone={[]} />
  return (
    <Await reading={start} lines={6}>
      {({ content, gone, obstacle }) => {
        if (renews !== null && obstacle !== null) return <ObstacleView obstacle={obstacle} />
        const { scenario, ...rest } = content
        return (
          <div className="stack">
            {renews !== null && <p>{t.grants.renewLead}</p>}
            <Form
              {...props}
              initial={renews === null ? rest : { ...rest, scenario }}
              renews={renews}
              gone={gone}
            />
          </div>
        )
      }}
    </Await>
  )
}

function Form({
  entryId,
  request,
  initial: given,
  renews,
  gone,
}: {
  entryId: string
  request: NonNullable<AccessPlan['request']>
  initial: Record<string, unknown>
  /** The grant that is to go on by what is asked for here. */
  renews: string | null
  /** Fields of that grant that the entry no longer has. */
  gone: readonly string[]
}) {
  const { t, say } = useDeskText()
  const navigate = useNavigate()
  const open = useOpenCase()
  const renew = useRenewGrant()
  // Given once: a draft that has begun goes before it.
  const [initial] = useState(given)
  return (
    <div className={styles.columns}>
      <ActForm
        name={say(request.title)}
        fields={request.content}
        choosable={request.fields}
        draftKey={`apply.${entryId}${renews === null ? '' : `.${renews}`}`}
        initial={initial}
        submitLabel={renews === null ? t.apply.submit : t.grants.renew}
        remarks={(content) => (
          <>
            {gone.length > 0 && <p className="quiet">{t.grants.gone(gone.join(t.common.listSeparator))}</p>}
            <LeastData questions={questionsOf(request, content)} />
          </>
        )}
        follows={
          <p>
            {t.apply.follows(request.decider ? say(request.decider.name) : '', request.clocks.length > 0)}
          </p>
        }
        onSubmit={async (content) => {
          const id =
            renews === null
              ? (await open.mutateAsync({ body: { procedure: request.procedure, entryId, content } })).id
              : (await renew.mutateAsync({ params: { grantId: renews }, body: { content } })).caseId
          await navigate(`/desk/cases/${id}`)
        }}
      />
      <aside>
        <BeforeYouApply request={request} />
      </aside>
    </div>
  )
}

const questionsOf = (request: NonNullable<AccessPlan['request']>, content: Record<string, unknown>) =>
  leastDataQuestions(
    request.fields,
    Array.isArray(content.fields) ? content.fields.map(String) : [],
    Object.values(content)
      .filter((value) => typeof value === 'string')
      .join(' '),
  )

function initialOf(given: URLSearchParams, request: NonNullable<AccessPlan['request']>) {
  const known = new Set(request.fields.map(({ name }) => name))
  const fields = given.getAll('fields').filter((name) => known.has(name))
  const scenario = given.get('scenario')
  return { ...(fields.length > 0 ? { fields } : {}), ...(scenario ? { scenario } : {}) }
}
