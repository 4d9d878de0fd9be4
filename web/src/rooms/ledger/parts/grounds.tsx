import type { Explanation } from '@tiaoli/contract/ledger'
import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import styles from '../pages/explanation-page.module.css'

type Decision = NonNullable<Explanation['decision']>
type Step = Decision['steps'][number]

/** The conditions that were looked at, ground by ground, in the order in which the grounds were tried. */
export function Grounds({ decision }: { decision: Decision }) {
  const { t } = usePortalText()
  const keyOf = ({ ground, grantId }: Pick<Step, 'ground' | 'grantId'>) => `${ground} ${grantId}`
  const grounds = [...Map.groupBy(decision.steps, keyOf).values()]
  const { carriedBy } = decision
  return (
    <div className="stack">
      {grounds.map((steps) => {
        const [{ ground, grantId }] = steps as [Step]
        const carried = carriedBy !== null && keyOf(carriedBy) === keyOf({ ground, grantId })
        return (
          <div key={keyOf({ ground, grantId })} className={styles.ground} data-carried={carried}>
            <h3>
              {ground === null ? t.explain.before : t.explain.grounds[ground]}
              {carried && <span className="small">（{t.explain.carried}）</span>}
            </h3>
            <ol>
              {steps.map((step) => (
                <StepLine key={step.condition} step={step} />
              ))}
            </ol>
          </div>
        )
      })}
    </div>
  )
}

function StepLine({ step }: { step: Step }) {
  const { t, say } = usePortalText()
  const shown = (value: string) => (/^\d{4}-\d{2}-\d{2}T/.test(value) ? formatMoment(value) : value)
  return (
    <li className={styles.step}>
      <span className={styles.mark} data-met={step.met}>
        {step.met ? `✓ ${t.explain.met}` : `✗ ${t.explain.unmet}`}
      </span>
      <span>
        {say(step.title)}{' '}
        {step.article === null ? <LocalChip instrument={null} /> : <ArticleChip article={step.article} />}
      </span>
      {step.facts.length > 0 && (
        <dl className="small quiet">
          {step.facts.map(({ name, value }) => (
            <div key={name.zh}>
              <dt>{say(name)}</dt>
              <dd>{shown(say(value))}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}

/** Where to read how a recorded access was decided. */
export function ExplanationLink({ recordId }: { recordId: string }) {
  const { t } = usePortalText()
  return <Link to={`/records/${recordId}`}>{t.recordSearch.why}</Link>
}
