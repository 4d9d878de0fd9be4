import type { Case } from '@tiaoli/contract/cases'
import { leftAsRequested } from '@tiaoli/kernel/as-requested'
import { usePortalText } from '../text/use-text.ts'
import { ArticleChip } from './article-chip.tsx'
import { ContentValue } from './content-value.tsx'
import { Button } from './controls/button.tsx'
import styles from './decision-card.module.css'
import { Facts } from './facts.tsx'
import { formatMoment } from './formats.ts'
import { ReceiptLink } from './receipt-link.tsx'

/** The act that brought a case to its end; none while it runs. */
export const decisionOf = (found: Case) =>
  found.outcome === null ? undefined : found.events.find((event) => event.state === found.state.key)

/** The decision on a case, as it would be printed and handed over. */
export function DecisionCard({ found }: { found: Case }) {
  const { t, say } = usePortalText()
  const decision = decisionOf(found)
  if (!decision) return null
  const decider = decision.actor?.organisation
  return (
    <article className={styles.card} data-outcome={found.outcome} data-testid="decision">
      <header>
        <p className="small quiet">
          {say(found.procedure.title)} · {found.number}
        </p>
        <h2>
          {say(found.state.title)} {decision.article && <ArticleChip article={decision.article} />}
        </h2>
      </header>
      <Facts
        facts={[
          [t.cases.about, say(found.subject)],
          [t.cases.decidedBy, decider ? say(decider.name) : decision.actor?.name],
          [t.cases.decidedAt, formatMoment(decision.at)],
          ...decision.content.map(
            (answer) =>
              [
                say(answer.title),
                <ContentValue key={answer.key} kind={answer.kind} value={answer.value} />,
              ] as const,
          ),
          ...(found.grantId === null ? [] : leftAsRequested(found.opening, decision.content)).map(
            (answer) =>
              [
                `${say(answer.title)}${t.cases.asRequested}`,
                <ContentValue key={answer.key} kind={answer.kind} value={answer.value} />,
              ] as const,
          ),
        ]}
      />
      <footer className="row">
        {decision.recordId && <ReceiptLink recordId={decision.recordId} />}
        <Button small className="no-print" onClick={() => window.print()}>
          {t.common.print}
        </Button>
      </footer>
    </article>
  )
}
