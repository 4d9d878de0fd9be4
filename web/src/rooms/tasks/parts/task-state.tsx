import type { AggregationTask } from '@tiaoli/contract/tasks'
import { useDeskText } from '../../../text/use-text.ts'

/** How a task stands, in words: what is wrong with it, or that nothing is. */
export function TaskState({ task }: { task: AggregationTask }) {
  const { t } = useDeskText()
  if (task.faults.length === 0)
    return <span className={task.state === 'excepted' ? 'quiet' : ''}>{t.tasks.states[task.state]}</span>
  return <strong>{task.faults.map((fault) => t.tasks.faults[fault]).join(t.tasks.and)}</strong>
}
