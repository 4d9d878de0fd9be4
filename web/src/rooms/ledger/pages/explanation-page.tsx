import type { Explanation } from '@tiaoli/contract/ledger'
import { maskTerm } from '@tiaoli/kernel/masks'
import { Link, useParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { CopyButton } from '../../../kit/copy.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { partyName } from '../../../kit/party-name.ts'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useExplanation } from '../ledger.queries.ts'
import { Grounds } from '../parts/grounds.tsx'
import styles from './explanation-page.module.css'

/** Which rules decided an access or a refusal, on which facts, and which record proves it. */
export default function ExplanationPage() {
  const { t } = usePortalText()
  const { recordId = '' } = useParams()
  return (
    <Page title={t.explain.title} lead={t.explain.lead}>
      <Await reading={useExplanation(recordId)} lines={12}>
        {(explanation) => <Found explanation={explanation} />}
      </Await>
    </Page>
  )
}

function Found({ explanation }: { explanation: Explanation }) {
  const { t, say } = usePortalText()
  const { record, decision, grant, snapshot, begun } = explanation
  const { scenario, rows, act } = record.details
  // Whoever looked up a key that there is not was told so, and given nothing.
  const answered = act === 'row' && rows === 0 ? t.recordSearch.noRow : t.explain.granted
  const givenOrNot = decision?.granted ? answered : t.explain.refused
  return (
    <div className="stack">
      <Facts
        facts={[
          [
            t.explain.outcome,
            <span key="outcome" className="row">
              <strong>
                {decision && `${givenOrNot} · `}
                {say(record.title)}
              </strong>
              {record.article && <ArticleChip article={record.article} />}
            </span>,
          ],
          [t.explain.when, formatMoment(record.at)],
          [t.explain.who, partyName(record.actor, say) || t.records.anonymous],
          [
            t.explain.entry,
            record.entry?.title && (
              <Link key="entry" to={`/entries/${record.entry.id}`}>
                {record.entry.title}
              </Link>
            ),
          ],
          [t.explain.purpose, typeof scenario === 'string' ? scenario : null],
          [
            t.explain.grant,
            grant && (
              <Link key="grant" to={`/desk/grants/${grant.id}`}>
                {t.explain.grant}
              </Link>
            ),
          ],
          [
            t.explain.case,
            grant && (
              <Link key="case" to={`/desk/cases/${grant.caseId}`}>
                {grant.caseNumber}
              </Link>
            ),
          ],
          [t.explain.rows, typeof rows === 'number' ? String(rows) : null],
          [t.explain.snapshot, snapshot?.number && t.explain.snapshotNumber(snapshot.number)],
          [t.explain.law, decision?.law && <code key="law">{decision.law}</code>],
          [t.explain.code, decision && !decision.granted && <code key="code">{record.outcome}</code>],
        ]}
      />
      {begun && (
        <p>
          {t.explain.ended} <Link to={`/records/${begun}`}>{t.explain.toBegun}</Link>
        </p>
      )}
      {decision === null && !begun && <Empty title={t.explain.notAccess} />}
      {decision?.reason && (
        <Section title={t.explain.reason}>
          <p>{say(decision.reason.condition)}</p>
          <p>
            <span className="quiet">{t.common.whatToDo}</span>
            {say(decision.reason.remedy)}
          </p>
        </Section>
      )}
      {decision?.plan && <PlanThen decision={decision} plan={decision.plan} />}
      {decision && (
        <Section title={t.explain.steps} note={t.explain.stepsNote}>
          {decision.steps.length === 0 ? <p>{t.explain.noSteps}</p> : <Grounds decision={decision} />}
        </Section>
      )}
      <Proof explanation={explanation} />
    </div>
  )
}

type Decision = NonNullable<Explanation['decision']>

function PlanThen({ decision, plan }: { decision: Decision; plan: NonNullable<Decision['plan']> }) {
  const { t, say } = usePortalText()
  const list = (names: readonly string[]) => names.join(t.common.listSeparator)
  return (
    <Section title={t.explain.plan}>
      <Facts
        facts={[
          [
            t.explain.fields,
            list(
              plan.fields.map(({ name, mask }) =>
                mask === 'none' ? name : `${name}（${say(maskTerm(mask))}）`,
              ),
            ),
          ],
          [t.explain.aggregated, list(plan.aggregated)],
          [t.explain.groups, plan.withheld && t.looking.withheld],
          [t.explain.used, list(decision.used)],
          [t.explain.rowFilter, say(plan.rows)],
          [t.explain.limit, plan.maxRowsPerPage > 0 && t.explain.limitRows(plan.maxRowsPerPage)],
          [t.explain.grantLimits, plan.limits && say(plan.limits)],
          [t.explain.mark, plan.marked && t.explain.marked],
          [
            t.explain.watermark,
            plan.watermark.length > 0
              ? list(plan.watermark.map((mark) => t.explain.watermarks[mark]))
              : t.explain.noWatermark(decision.carriedBy?.ground ?? null),
          ],
        ]}
      />
    </Section>
  )
}

function Proof({ explanation: { record, decision, verify } }: { explanation: Explanation }) {
  const { t } = usePortalText()
  const commands = verify.join('\n')
  return (
    <Section title={t.explain.proof}>
      <div className="stack">
        <Facts
          facts={[
            [t.explain.record, <code key="id">{record.id}</code>],
            [t.explain.position, record.position === null ? t.records.notSealed : String(record.position)],
            [t.common.receipts, <ReceiptLink key="receipt" recordId={record.id} />],
          ]}
        />
        {decision?.agrees != null && (
          <p role="status">{decision.agrees ? t.explain.agrees : t.explain.differs}</p>
        )}
        <div className="row spread">
          <span>{t.explain.howToVerify}</span>
          <CopyButton value={commands} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <pre className={styles.commands} tabIndex={0}>
          {commands}
        </pre>
      </div>
    </Section>
  )
}
