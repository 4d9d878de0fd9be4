import type { RequestPreview } from '@tiaoli/contract/catalogue'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { BeforeYouApply } from '../../../kit/before-you-apply.tsx'
import { Page } from '../../../kit/page.tsx'
import { ObstacleView } from '../../../kit/problem-view.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useOpenCase, useOpening } from '../cases.queries.ts'
import styles from './apply-page.module.css'

/** Opens a case of any procedure that has no page of its own: on an entry where one is named, or about a matter. */
export default function OpenPage() {
  const { procedure = '' } = useParams()
  const [search] = useSearchParams()
  const entryId = search.get('entry')
  return (
    <Await reading={useOpening(procedure, entryId)} lines={10}>
      {(request) => <Opening request={request} entryId={entryId} />}
    </Await>
  )
}

function Opening({ request, entryId }: { request: RequestPreview; entryId: string | null }) {
  const { t, say } = usePortalText()
  const navigate = useNavigate()
  const open = useOpenCase()
  const back = entryId ? `/entries/${entryId}` : `/procedures/${request.procedure}`
  const { procedure } = request
  return (
    <Page
      title={say(request.title)}
      above={<Link to={back}>{entryId ? t.apply.backToEntry : t.law.procedures}</Link>}
      lead={t.apply.openLead}
    >
      {request.possible ? (
        <div className={styles.columns}>
          <ActForm
            name={say(request.title)}
            fields={request.content}
            choosable={request.fields}
            draftKey={`open.${procedure}.${entryId ?? ''}`}
            submitLabel={t.apply.open}
            follows={<p>{t.apply.openFollows}</p>}
            onSubmit={async (content) => {
              const opened = await open.mutateAsync({ body: { procedure, entryId, content } })
              await navigate(`/desk/cases/${opened.id}`)
            }}
          />
          <aside>
            <BeforeYouApply request={request} />
          </aside>
        </div>
      ) : (
        <div className="stack">
          {request.obstacle && <ObstacleView obstacle={request.obstacle} />}
          <Empty title={t.apply.notOpenable} next={<Link to={back}>{t.common.back}</Link>} />
        </div>
      )}
    </Page>
  )
}
