import type { Text } from '@tiaoli/kernel/text'
import { usePortalText } from '../text/use-text.ts'
import styles from './least-data.module.css'

/** What a request for data has left unsaid about fields that it asks for: said before it is filed, and to who decides. */
export function LeastData({
  questions,
  toDecider,
}: {
  questions: readonly { question: Text }[]
  toDecider?: boolean
}) {
  const { t, say } = usePortalText()
  if (questions.length === 0) return null
  return (
    <div className={styles.questions} role="status" data-testid="least-data">
      <p>{toDecider ? t.apply.leastDataToDecider : t.apply.leastData}</p>
      <ul>
        {questions.map(({ question }) => (
          <li key={question.zh}>{say(question)}</li>
        ))}
      </ul>
    </div>
  )
}
