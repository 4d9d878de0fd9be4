import { type Case, type Grant, getCase } from '@tiaoli/contract/cases'
import { urlOf } from '@tiaoli/contract/client'
import { downloadRows } from '@tiaoli/contract/gateway'
import { limitsInWords } from '@tiaoli/kernel/grant-limits'
import { maskTerm } from '@tiaoli/kernel/masks'
import { rowsInWords } from '@tiaoli/kernel/row-filters'
import { Link, useParams } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { apiExamples } from '../../../kit/api-example.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { CodeTabs } from '../../../kit/code-tabs.tsx'
import { CommitmentPanel } from '../../../kit/commitment/commitment-panel.tsx'
import { ContentValue } from '../../../kit/content-value.tsx'
import { CopyButton } from '../../../kit/copy.tsx'
import { decisionOf } from '../../../kit/decision-card.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { MakeKey } from '../../../kit/make-key.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useGrant, useGrantTracing } from '../grants.queries.ts'
import { HolderActs, ProviderActs } from '../parts/grant-acts.tsx'
import { GrantFiles } from '../parts/grant-files.tsx'
import { Vendors } from '../parts/vendors.tsx'

export default function GrantPage() {
  const { grantId = '' } = useParams()
  return (
    <Await reading={useGrant(grantId)} lines={10}>
      {(grant) => <Found grant={grant} />}
    </Await>
  )
}

function Found({ grant }: { grant: Grant }) {
  const { t, say } = useDeskText()
  const tracing = useGrantTracing(grant).data
  const { data: found } = useRoute(getCase, { params: { caseId: grant.caseId } })
  const holder = grant.organisation ? say(grant.organisation.name) : grant.userName
  return (
    <Page title={grant.entry.title} above={<Link to="/desk/grants">{t.desk.grants}</Link>}>
      <Facts
        facts={[
          [t.grants.standing, t.grants.ofStanding[grant.standing]],
          [t.grants.holder, holder],
          [t.grants.scenario, grant.scenario],
          [t.grants.fields, grant.fields.join(t.common.listSeparator)],
          [
            t.grants.masks,
            Object.entries(grant.masks)
              .map(([name, mask]) => `${name}（${say(maskTerm(mask))}）`)
              .join(t.common.listSeparator),
          ],
          [t.grants.rows, say(rowsInWords(grant.rows)) || t.grants.allRows],
          [t.grants.limits, say(limitsInWords(grant.limits)) || null],
          [
            t.grants.takenToday,
            grant.takenToday &&
              [
                t.grants.taken.rows(grant.takenToday.rows),
                t.grants.taken.requests(grant.takenToday.requests),
              ].join(t.common.listSeparator),
          ],
          [
            t.grants.traceable,
            `${t.grants.isTraceable}${
              Object.values(grant.masks).includes('pseudonym') ? t.grants.pseudonymsToo : ''
            }`,
          ],
          [t.trace.survives, tracing && t.trace.traceability[tracing.traceability]],
          ...demandedBeside(found).map(
            (answer) =>
              [
                say(answer.title),
                <ContentValue key={answer.key} kind={answer.kind} value={answer.value} />,
              ] as const,
          ),
          [t.grants.article, <ArticleChip key="article" article={grant.article} />],
          [t.grants.from, formatMoment(grant.validFrom)],
          [t.grants.until, grant.validUntil ? formatMoment(grant.validUntil) : t.grants.unlimited],
          [
            t.grants.case,
            <Link key="case" to={`/desk/cases/${grant.caseId}`}>
              {grant.caseNumber}
            </Link>,
          ],
          [
            t.grants.use30,
            `${t.grants.used(grant.use.times, grant.use.rows)}${
              grant.use.lastAt
                ? `${t.common.listSeparator}${t.grants.lastUsed(formatMoment(grant.use.lastAt))}`
                : ''
            }`,
          ],
          [t.grants.renews, toGrant(grant.renews, t.grants.earlier)],
          [t.grants.renewedBy, toGrant(grant.renewedBy, t.grants.later)],
          [t.grants.suspendedAt, grant.suspendedAt && formatMoment(grant.suspendedAt)],
          [
            t.grants.suspendedFor,
            grant.suspension && `${grant.suspension.reasons}（${grant.suspension.basis}）`,
          ],
          [t.grants.revokedAt, grant.revokedAt && formatMoment(grant.revokedAt)],
          [t.grants.reasons, grant.revocation?.reasons],
          [t.grants.basis, grant.revocation?.basis],
          [
            t.grants.use,
            <span key="use" className="row">
              <Link to={`/entries/${grant.entry.id}#data`}>{t.grants.openData}</Link>
              <Link to={`/desk/records?grant=${grant.id}`}>{t.grants.toRecords}</Link>
            </span>,
          ],
        ]}
      />
      <CommitmentPanel entryId={grant.entry.id} grantId={grant.id} mayNotSign={grant.canRevoke} />
      {grant.live && !grant.canRevoke && (
        <Section title={t.grants.byInterface}>
          <div className="stack">
            <MakeKey grantId={grant.id} suggestedName={grant.entry.title} />
            <p className="quiet small">{t.grants.viewLead}</p>
            <p className="row">
              <code>{viewOf(grant)}</code> <CopyButton value={viewOf(grant)} />
            </p>
            <CodeTabs
              label={t.grants.byInterface}
              examples={apiExamples({
                origin: window.location.origin,
                entryId: grant.entry.id,
                fields: grant.fields.slice(0, 4),
                grantId: grant.id,
                scenario: grant.scenario,
                withKey: true,
              })}
            />
          </div>
        </Section>
      )}
      {grant.live && !grant.canRevoke && <GrantFiles grant={grant} />}
      <Vendors grant={grant} />
      {grant.canRevoke ? <ProviderActs grant={grant} /> : <HolderActs grant={grant} />}
    </Page>
  )
}

/** What the decision demands of the holder beside the terms that the grant itself shows. */
const demandedBeside = (found: Case | undefined) =>
  (found === undefined ? undefined : decisionOf(found))?.content.filter(
    ({ key, kind, value }) => kind === 'text' && key !== 'scenario' && value !== null && value !== '',
  ) ?? []

/** The address that stands for a view: what is granted, as it is at the moment of the call. */
const viewOf = (grant: Grant): string =>
  new URL(
    urlOf(downloadRows, { entryId: grant.entry.id }, { grant: grant.id, format: 'parquet' }),
    window.location.origin,
  ).href

const toGrant = (id: string | null, words: string) => id && <Link to={`/desk/grants/${id}`}>{words}</Link>
