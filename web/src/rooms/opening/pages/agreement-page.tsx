import type { AgreementView } from '@tiaoli/contract/agreements'
import { Link, useParams } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { ContentValue } from '../../../kit/content-value.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { Await } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useAgreement } from '../opening.queries.ts'
import { EndAgreement } from '../parts/end-agreement.tsx'
import { OrderCorrection } from '../parts/order-correction.tsx'
import { TasksTable } from '../parts/tasks-table.tsx'

export default function AgreementPage() {
  const { agreementId = '' } = useParams()
  return (
    <Await reading={useAgreement(agreementId)} lines={12}>
      {(agreement) => <Found agreement={agreement} />}
    </Await>
  )
}

/** The agreement as a page to read and to print: what is agreed, what binds anyway, who signed. */
function Found({ agreement }: { agreement: AgreementView }) {
  const { t, say } = useDeskText()
  const words = t.agreements
  return (
    <Page
      title={`${say(agreement.name)} · ${agreement.entry.title}`}
      above={
        <>
          <Link to="/desk/agreements">{words.short}</Link> · <span className="mono">{agreement.number}</span>{' '}
          <ArticleChip article={agreement.article} />
        </>
      }
      actions={
        <>
          <a href={`/api/v1/agreements/${agreement.id}/document.pdf`}>{words.paper}</a>
          <Button onClick={() => window.print()}>{t.common.print}</Button>
        </>
      }
    >
      <Facts
        facts={[
          [words.standing, words.standings[agreement.standing]],
          [words.authority, say(agreement.authority.name)],
          [
            words.user,
            agreement.user.organisation ? say(agreement.user.organisation.name) : agreement.user.name,
          ],
          [t.cases.provider, say(agreement.provider.name)],
          [
            words.copied,
            agreement.copy &&
              `${formatMoment(agreement.copy.deliveredAt)} · ${agreement.copy.openedAt ? `${words.opened} ${formatMoment(agreement.copy.openedAt)}` : words.notOpened}`,
          ],
          [
            t.grants.case,
            <span key="links" className="row">
              <Link to={`/desk/cases/${agreement.caseId}`}>{words.toCase}</Link>
              {agreement.grantId && <Link to={`/desk/grants/${agreement.grantId}`}>{words.toGrant}</Link>}
            </span>,
          ],
        ]}
      />
      {agreement.ending && (
        <Section title={words.ended}>
          <Facts
            facts={[
              [words.ground, agreement.ending.ground && say(agreement.ending.ground)],
              [words.reasons, agreement.ending.reasons],
              [words.standing, formatMoment(agreement.ending.at)],
            ]}
          />
        </Section>
      )}
      <Section title={words.matters}>
        <Facts
          facts={agreement.matters.map(({ key, title, value }) => [
            say(title),
            <ContentValue key={key} kind="text" value={isText(value) ? say(value) : value} />,
          ])}
        />
      </Section>
      {agreement.modelVersion !== null && (
        <Section title={words.deviations} note={words.deviationsHelp(agreement.modelVersion)}>
          {agreement.deviations.length === 0 ? (
            <p>{words.noDeviations}</p>
          ) : (
            <div className="stack">
              {agreement.deviations.map((each) => (
                <div key={each.key}>
                  <h3>{say(each.title)}</h3>
                  <Facts
                    facts={[
                      [
                        words.modelText,
                        <del key="model" className="pre-line">
                          {each.model}
                        </del>,
                      ],
                      [
                        words.agreedText,
                        <mark key="agreed" className="pre-line">
                          {each.agreed}
                        </mark>,
                      ],
                    ]}
                  />
                </div>
              ))}
            </div>
          )}
        </Section>
      )}
      <Section title={words.clauses} note={words.clausesHelp}>
        <ol className="stack">
          {agreement.standingClauses.map(({ article, clause }) => (
            <li key={article}>
              {say(clause)} <ArticleChip article={article} />
            </li>
          ))}
        </ol>
      </Section>
      <Section title={words.signatures}>
        <Facts
          facts={[
            [words.authority, signed(agreement.signatures.authority)],
            [words.user, agreement.signatures.user ? signed(agreement.signatures.user) : words.notSigned],
          ]}
        />
      </Section>
      {agreement.sha256 && (
        <Section title={words.kept}>
          <Facts
            facts={[
              [words.termsSha256, agreement.termsSha256 && <code key="terms">{agreement.termsSha256}</code>],
              [words.sha256, <code key="sha">{agreement.sha256}</code>],
              [
                words.signatureReceipts,
                agreement.termsSha256 && (
                  <a key="receipts" href={`/api/v1/agreements/${agreement.id}/receipts`}>
                    {words.download}
                  </a>
                ),
              ],
              [
                t.common.receipts,
                agreement.recordId && <ReceiptLink key="receipt" recordId={agreement.recordId} />,
              ],
              [
                words.agreedText,
                <a key="text" href={`/api/v1/agreements/${agreement.id}/document`}>
                  {words.download}
                </a>,
              ],
            ]}
          />
        </Section>
      )}
      {agreement.tasks.length > 0 && (
        <Section title={words.tasks}>
          <TasksTable tasks={agreement.tasks} />
        </Section>
      )}
      {agreement.order.length > 0 && agreement.standing !== 'offered' && (
        <OrderCorrection agreement={agreement} />
      )}
      {agreement.endings.length > 0 && <EndAgreement agreement={agreement} />}
    </Page>
  )

  function signed({ organisation, name, at }: AgreementView['signatures']['authority']) {
    return `${organisation ? `${say(organisation.name)} · ` : ''}${name} · ${formatMoment(at)}`
  }
}

const isText = (value: unknown): value is { zh: string; en: string } =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
