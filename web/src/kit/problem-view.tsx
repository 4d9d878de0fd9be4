import type { Problem } from '@tiaoli/contract/problems'
import { Link } from 'react-router'
import { useText } from '../text/use-text.ts'
import { ArticleChip } from './article-chip.tsx'
import styles from './problem-view.module.css'

/** A problem document as a sentence: what it is, which condition was not met, by which article, what to do. */
export function ProblemView({ problem }: { problem: Problem }) {
  const { t, say } = useText()
  return (
    <div className={styles.problem} role="alert" data-code={problem.code} data-testid="problem">
      <p className={styles.title}>
        {say(problem.message)} {problem.article && <ArticleChip article={problem.article} />}
      </p>
      {problem.condition && <p>{say(problem.condition)}</p>}
      {problem.remedy && (
        <p>
          <span className="quiet">{t.common.whatToDo}</span>
          {say(problem.remedy)}
        </p>
      )}
      {problem.errors && problem.errors.length > 0 && (
        <ul className={styles.errors}>
          {problem.errors.map((error) => (
            <li key={`${error.path} ${error.message.zh}`}>{say(error.message)}</li>
          ))}
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
