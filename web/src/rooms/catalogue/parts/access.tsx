import type { AccessPlan, Entry } from '@tiaoli/contract/catalogue'
import { limitsInWords } from '@tiaoli/kernel/grant-limits'
import { rowsInWords } from '@tiaoli/kernel/row-filters'
import { Suspense } from 'react'
import { Link } from 'react-router'
import { apiExamples } from '../../../kit/api-example.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { BeforeYouApply } from '../../../kit/before-you-apply.tsx'
import { CodeTabs } from '../../../kit/code-tabs.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Near } from '../../../kit/near.tsx'
import { Section } from '../../../kit/page.tsx'
import { ObstacleView } from '../../../kit/problem-view.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty, Loading } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useAccessPlan } from '../catalogue.queries.ts'
import { CommitmentPanel, DataViewer } from './later.ts'

/** How to get the data: what can be had now, and what a request would meet. */
export function Access({ entry }: { entry: Entry }) {
  const { t } = useText()
  const { data: rulebook } = useRulebook()
  const { data: session } = useSession()
  // Data that are shared freely come without a grant, so what is signed for them is signed here.
  const free =
    session?.user?.organisation != null &&
    rulebook?.catalogue.sharingTypes.find(({ key }) => key === entry.sharingType)?.effect === 'free'
  return (
    <Await reading={useAccessPlan(entry.id)}>
      {(plan) => (
        <>
          {plan.now && <Now entry={entry} now={plan.now} />}
          {free && plan.now?.basis !== 'own' && (
            <Suspense fallback={null}>
              <CommitmentPanel entryId={entry.id} grantId={null} />
            </Suspense>
          )}
          {plan.now?.basis !== 'own' && (plan.refusal || plan.request) && (
            <Section title={t.apply.before} id="apply">
              <div className="stack">
                {plan.refusal && <ObstacleView obstacle={plan.refusal} />}
                {plan.request && (
                  <BeforeYouApply request={plan.request} action={<ApplyButton entryId={entry.id} />} />
                )}
              </div>
            </Section>
          )}
        </>
      )}
    </Await>
  )
}

function ApplyButton({ entryId }: { entryId: string }) {
  const { t } = useText()
  const { data: session } = useSession()
  const form = `/desk/apply/${entryId}`
  return (
    <div>
      <LinkButton primary to={session?.user ? form : `/sign-in?to=${encodeURIComponent(form)}`}>
        {session?.user ? t.apply.apply : t.apply.signInToApply}
      </LinkButton>
    </div>
  )
}

function Now({ entry, now }: { entry: Entry; now: NonNullable<AccessPlan['now']> }) {
  const { t, say } = useText()
  const example = now.fields.filter(({ mask }) => mask !== 'hidden').slice(0, 3)
  return (
    <>
      <Section
        id="data"
        title={t.data.title}
        note={
          <>
            {t.data.basis[now.basis]} <ArticleChip article={now.article} />
            {now.rows.length > 0 && <p>{t.data.onlyRows(say(rowsInWords(now.rows)))}</p>}
            {Object.keys(now.limits).length > 0 && (
              <p>{t.data.grantLimits(say(limitsInWords(now.limits)))}</p>
            )}
            {now.validUntil && <p>{t.data.validUntil(formatDate(now.validUntil))}</p>}
            {now.grantId && <Link to={`/desk/grants/${now.grantId}`}>{t.data.toGrant}</Link>}
          </>
        }
      >
        {entry.snapshot ? (
          <Near lines={20}>
            <Suspense fallback={<Loading lines={12} />}>
              <DataViewer entry={entry} now={now} />
            </Suspense>
          </Near>
        ) : (
          <Empty title={t.data.noSnapshot}>
            {entry.uploadable ? t.data.noSnapshotOwn : t.data.noSnapshotWhy}
          </Empty>
        )}
      </Section>
      {entry.snapshot && (
        <Section title={t.data.api} note={<Link to="/api/docs">{t.data.toApiDocs}</Link>}>
          <CodeTabs
            label={t.data.api}
            examples={apiExamples({
              origin: window.location.origin,
              entryId: entry.id,
              fields: example.map(({ name }) => name),
              ...(now.needsScenario ? { scenario: now.scenario ?? t.data.scenarioExample } : {}),
              ...(now.grantId ? { grantId: now.grantId } : {}),
              withKey: now.basis !== 'open',
            })}
          />
        </Section>
      )}
    </>
  )
}
