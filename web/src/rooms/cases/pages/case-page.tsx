import type { Case } from '@tiaoli/contract/cases'
import type { Entry } from '@tiaoli/contract/catalogue'
import { Link, useParams } from 'react-router'
import { ActPanel } from '../../../kit/act-panel.tsx'
import { AgreementNote, useCaseAgreement } from '../../../kit/agreement-note.tsx'
import { CaseTimeline } from '../../../kit/case-timeline.tsx'
import { ClockView } from '../../../kit/clock-view.tsx'
import { DecisionCard } from '../../../kit/decision-card.tsx'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useActOnCase, useCase, useCaseEntry } from '../cases.queries.ts'
import { Asked } from '../parts/asked.tsx'
import { CaseFileLink, Papers } from '../parts/papers.tsx'
import { WhatNext } from '../parts/what-next.tsx'
import styles from './case-page.module.css'

export default function CasePage() {
  const { caseId = '' } = useParams()
  return (
    <Await reading={useCase(caseId)} lines={12}>
      {(found) => <Found found={found} />}
    </Await>
  )
}

function Found({ found }: { found: Case }) {
  return found.entry ? <AboutEntry found={found} entryId={found.entry.id} /> : <Shown found={found} />
}

function AboutEntry({ found, entryId }: { found: Case; entryId: string }) {
  const { data: entry } = useCaseEntry(entryId)
  return <Shown found={found} entry={entry} />
}

function Shown({ found, entry }: { found: Case; entry?: Entry | undefined }) {
  const { t, say } = usePortalText()
  const act = useActOnCase()
  const { data: agreement } = useCaseAgreement(found)
  const { data: session } = useSession()
  const reader = session?.user
  const askedByReader = found.applicant.organisation
    ? found.applicant.organisation.id === reader?.organisation?.id && reader.powers.includes('requester')
    : reader?.organisation === null
  return (
    <Page
      title={say(found.subject)}
      above={
        <>
          <Link to={`/procedures/${found.procedure.key}`}>{say(found.procedure.title)}</Link> ·{' '}
          <span className="mono">{found.number}</span>
        </>
      }
      actions={
        <>
          <CaseFileLink caseId={found.id} />
          {found.grantId ? (
            <LinkButton primary to={`/desk/grants/${found.grantId}`}>
              {t.cases.toGrant}
            </LinkButton>
          ) : (
            found.outcome === 'refused' &&
            askedByReader &&
            found.entry && (
              <LinkButton to={`/desk/open/${found.procedure.key}?entry=${found.entry.id}`}>
                {t.cases.applyAgain}
              </LinkButton>
            )
          )}
        </>
      }
    >
      <DecisionCard found={found} />
      <div className={styles.columns}>
        <div className="stack" style={{ '--gap': '36px' } as React.CSSProperties}>
          {found.outcome === null && (
            <section className={styles.now} aria-label={t.cases.now} data-testid="case-state">
              <p className={styles.state}>{say(found.state.title)}</p>
              <p>{say(found.state.summary)}</p>
              <WhatNext found={found} />
            </section>
          )}
          {agreement?.agreement && <AgreementNote agreement={agreement.agreement} />}
          {(found.acts.length > 0 || found.waitsForMe) && (
            <Section title={t.cases.acts}>
              <ActPanel
                found={found}
                choosable={entry?.fields ?? []}
                drafted={agreement?.draft ?? null}
                onAct={(key, content, version) =>
                  act.mutateAsync({ params: { caseId: found.id, act: key }, body: { content, version } })
                }
              />
            </Section>
          )}
          <Section title={t.cases.request}>
            <Asked found={found} entry={entry} />
          </Section>
          <Papers caseId={found.id} />
          <Section title={t.cases.timeline}>
            <CaseTimeline found={found} />
          </Section>
        </div>
        {found.clocks.length > 0 && (
          <aside className={styles.clocks} aria-label={t.clock.title}>
            <h2>{t.clock.title}</h2>
            {found.clocks.map((clock) => (
              <ClockView key={clock.key} clock={clock} />
            ))}
          </aside>
        )}
      </div>
    </Page>
  )
}
