import { type Case, getCaseDocument } from '@tiaoli/contract/cases'
import { urlOf } from '@tiaoli/contract/client'
import { usePortalText } from '../text/use-text.ts'
import { ArticleChip } from './article-chip.tsx'
import styles from './case-timeline.module.css'
import { ContentValue } from './content-value.tsx'
import { Facts } from './facts.tsx'
import { formatMoment } from './formats.ts'
import { partyName } from './party-name.ts'
import { ReceiptLink } from './receipt-link.tsx'

/** What happened on a case, in plain words, and at its end who must do what next. */
export function CaseTimeline({ found }: { found: Case }) {
  const { t, say } = usePortalText()
  return (
    <ol className={styles.timeline} aria-label={t.cases.timeline}>
      {found.events.map((event) => (
        <li key={event.sequence} className={styles.event}>
          <p className={styles.title}>
            {say(event.title)} {event.article && <ArticleChip article={event.article} />}
          </p>
          <p className="quiet small">
            <time dateTime={event.at}>{formatMoment(event.at)}</time>
            {' · '}
            {event.actor ? partyName(event.actor, say) : t.cases.bySystem}
            {event.actor?.inPlaceOf && `（${t.handOvers.inPlaceOf(event.actor.inPlaceOf)}）`}
          </p>
          {event.warnings.map((warning) => (
            <p key={warning.zh} className={styles.warning}>
              {say(warning)}
            </p>
          ))}
          {event.content.length > 0 && (
            <Facts
              facts={event.content.map((answer) => [
                say(answer.title),
                <ContentValue key={answer.key} kind={answer.kind} value={answer.value} />,
              ])}
            />
          )}
          <div className="row">
            {event.recordId && <ReceiptLink recordId={event.recordId} />}
            {event.actor && (
              <a
                className="small"
                href={urlOf(getCaseDocument, { caseId: found.id, sequence: String(event.sequence) })}
                download
              >
                {t.cases.document}
              </a>
            )}
          </div>
        </li>
      ))}
      {found.outcome === null && (
        <li className={styles.next}>
          <p className={styles.title}>{say(found.state.title)}</p>
          <p>{say(found.state.summary)}</p>
          <WaitsFor found={found} />
        </li>
      )}
    </ol>
  )
}

/** Who must act now: the role, and the organisation that holds it. */
export function WaitsFor({ found }: { found: Case }) {
  const { t, say } = usePortalText()
  if (found.waitsFor.length === 0) return null
  const names = found.waitsFor.map(({ role, organisation }) =>
    organisation ? `${say(organisation.name)}（${say(role)}）` : say(role),
  )
  return <p>{t.cases.waitsFor(names.join(t.common.listSeparator))}</p>
}
