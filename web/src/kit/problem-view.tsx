import type { Problem } from '@tiaoli/contract/problems'
import { Link } from 'react-router'
import { useText } from '../text/use-text.ts'
import { useAsked } from './answers.tsx'
import { ArticleChip } from './article-chip.tsx'
import { ToControl } from './error-summary.tsx'
import styles from './problem-view.module.css'

/** A problem document as a sentence: what it is, which condition was not met, by which article, what to do. */
export function ProblemView({ problem }: { problem: Problem }) {
  const { t, say } = useText()
  const askedAt = useAsked()
  const errors = problem.errors ?? []
  // A problem of one answer says the same of the whole and of the answer.
  const isRepeated = errors.some(({ message }) => message.zh === problem.condition?.zh)
  return (
    <div className={styles.problem} role="alert" data-code={problem.code} data-testid="problem">
      <p className={styles.title}>
        {say(problem.message)} {problem.article && <ArticleChip article={problem.article} />}
      </p>
      {problem.condition && !isRepeated && <p>{say(problem.condition)}</p>}
      {problem.remedy && (
        <p>
          <span className="quiet">{t.common.whatToDo}</span>
          {say(problem.remedy)}
        </p>
      )}
      {errors.length > 0 && (
        <ul className={styles.errors}>
          {errors.map(({ path, message }) => {
            const asked = askedAt(path)
            return (
              <li key={`${path} ${message.zh}`}>
                {asked && (
                  <>
                    <ToControl id={asked.id}>{asked.label}</ToControl>
                    {t.form.colon}
                  </>
                )}
                {say(message)}
              </li>
            )
          })}
        </ul>
      )}
      {problem.recordId && (
        <p className="quiet small">
          {t.common.recordNumber} <code>{problem.recordId}</code>{' '}
          <Link to={`/records/${problem.recordId}`}>{t.explain.link}</Link>
        </p>
      )}
    </div>
  )
}

/** A lawful obstacle that is known before anything is done: condition, article, remedy. */
export function ObstacleView({
  obstacle,
}: {
  obstacle: {
    article: string | null
    condition: { zh: string; en: string }
    remedy: { zh: string; en: string }
  }
}) {
  const { t, say } = useText()
  return (
    <div className={styles.obstacle}>
      <p className={styles.title}>
        {say(obstacle.condition)} {obstacle.article && <ArticleChip article={obstacle.article} />}
      </p>
      <p>
        <span className="quiet">{t.common.whatToDo}</span>
        {say(obstacle.remedy)}
      </p>
    </div>
  )
}
