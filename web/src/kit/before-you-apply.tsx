import type { AccessPlan } from '@tiaoli/contract/catalogue'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { maskTerm } from '@tiaoli/kernel/masks'
import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { ArticleChip } from './article-chip.tsx'
import styles from './before-you-apply.module.css'
import { formatDay } from './formats.ts'
import { ObstacleView } from './problem-view.tsx'
import { SourceChip } from './source-chip.tsx'

type Request = NonNullable<AccessPlan['request']>

/** What a request would meet, before anything is typed: who decides, by when, what is demanded, what is masked. */
export function BeforeYouApply({ request, action }: { request: Request; action?: ReactNode }) {
  const { t, say } = useText()
  const demanded = request.content.filter((field) => field.required)
  const masked = request.fields.filter((field) => field.mask !== 'none')
  return (
    <section className={styles.panel} aria-label={t.apply.before} data-testid="before-you-apply">
      <h3>
        {say(request.title)}{' '}
        {request.articles.map((article) => (
          <ArticleChip key={article} article={article} />
        ))}
      </h3>
      {request.decider && <p>{t.apply.decidedBy(say(request.decider.name))}</p>}
      {request.obstacle && <ObstacleView obstacle={request.obstacle} />}
      <ol className={styles.steps}>
        {request.steps.map((step) => (
          <li key={step.title.zh}>
            <span>
              {say(step.title)} {step.article && <ArticleChip article={step.article} />}
            </span>
            <span className="quiet">{say(step.by)}</span>
          </li>
        ))}
      </ol>
      {request.clocks.length > 0 && (
        <ul className={styles.clocks}>
          {request.clocks.map((clock) => (
            <li key={clock.key}>
              <strong>{say(clock.title)}</strong> <span className="quiet">{say(clock.owner)}</span>
              <ClockPreview clock={clock} />
            </li>
          ))}
        </ul>
      )}
      {request.requirements && (
        <p className="pre-line" data-testid="requirements">
          <strong>{t.apply.requirements}</strong> {request.requirements}
        </p>
      )}
      {demanded.length > 0 && (
        <p>
          {t.apply.youState}
          {demanded.map((field) => say(field.title)).join(t.common.listSeparator)}
          {t.common.stop}
        </p>
      )}
      {masked.length > 0 && (
        <p>
          {t.apply.willBeMasked}
          {masked
            .map((field) => `${field.name}（${say(maskTerm(field.mask))}）`)
            .join(t.common.listSeparator)}
          {t.common.stop}
        </p>
      )}
      {request.possible && action}
    </section>
  )
}

function ClockPreview({ clock }: { clock: Request['clocks'][number] }) {
  const { t, language } = useText()
  const today = civilDateOf(new Date())
  return (
    <span className={styles.clock}>
      {clock.workingDays === null ? t.clock.noLength : t.clock.within(clock.workingDays)}
      {clock.dueOn && ` · ${t.clock.ifToday(formatDay(clock.dueOn, language, today))}`}
      {clock.provisional && ` · ${t.clock.provisional}`} <SourceChip of={clock} />
    </span>
  )
}
