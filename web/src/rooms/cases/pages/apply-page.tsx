import type { AccessPlan } from '@tiaoli/contract/catalogue'
import { useMemo } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { BeforeYouApply } from '../../../kit/before-you-apply.tsx'
import { Page } from '../../../kit/page.tsx'
import { ObstacleView } from '../../../kit/problem-view.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useCaseEntry, useOpenCase, usePlan } from '../cases.queries.ts'
import styles from './apply-page.module.css'

export default function ApplyPage() {
  const { t } = useText()
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

function RequestForm({ entryId, request }: { entryId: string; request: NonNullable<AccessPlan['request']> }) {
  const { t, say } = useText()
  const navigate = useNavigate()
  const open = useOpenCase()
  // A page that knows what is wanted, such as a collection plan, has filled it in.
  const [given] = useSearchParams()
  const initial = useMemo(() => initialOf(given, request), [given, request])
  return (
    <div className={styles.columns}>
      <ActForm
        name={say(request.title)}
        fields={request.content}
        choosable={request.fields}
        draftKey={`apply.${entryId}`}
        initial={initial}
        submitLabel={t.apply.submit}
        follows={<p>{t.apply.follows(request.decider ? say(request.decider.name) : '')}</p>}
        onSubmit={async (content) => {
          const opened = await open.mutateAsync({ body: { procedure: request.procedure, entryId, content } })
          await navigate(`/desk/cases/${opened.id}`)
        }}
      />
      <aside>
        <BeforeYouApply request={request} />
      </aside>
    </div>
  )
}

function initialOf(given: URLSearchParams, request: NonNullable<AccessPlan['request']>) {
  const known = new Set(request.fields.map(({ name }) => name))
  const fields = given.getAll('fields').filter((name) => known.has(name))
  const scenario = given.get('scenario')
  return { ...(fields.length > 0 ? { fields } : {}), ...(scenario ? { scenario } : {}) }
}
