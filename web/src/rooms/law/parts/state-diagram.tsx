import type { ProcedureView } from '@tiaoli/contract/rulebook'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { orderStates } from './order-states.ts'
import styles from './state-diagram.module.css'

/** A procedure as an ordered map of its states: who is waited for in each, and which act leads where. */
export function StateDiagram({ procedure }: { procedure: ProcedureView }) {
  const { t, say } = usePortalText()
  const states = orderStates(procedure)
  const place = new Map(states.map(({ key }, index) => [key, index + 1]))
  const role = (key: string) => {
    const found = procedure.roles.find((one) => one.key === key)
    return found ? say(found.term) : key
  }
  return (
    <ol className={styles.diagram}>
      {states.map((state) => {
        const acts = procedure.acts.filter(({ from }) => from.includes(state.key))
        return (
          <li key={state.key} data-outcome={state.outcome ?? 'none'} id={`state-${state.key}`}>
            <span className={styles.place}>{place.get(state.key)}</span>
            <div className={styles.state}>
              <h3>{say(state.title)}</h3>
              <p className="quiet">{say(state.summary)}</p>
              {state.waitsFor.length > 0 && (
                <p className="small">{t.law.waits(state.waitsFor.map(role).join(t.common.listSeparator))}</p>
              )}
            </div>
            {acts.length > 0 && (
              <ul className={styles.acts}>
                {acts.map((act) => (
                  <li key={act.key} data-tone={act.tone}>
                    <span>
                      {say(act.title)}
                      <span className="quiet small">（{act.by.map(role).join(t.common.listSeparator)}）</span>{' '}
                      {act.article && <ArticleChip article={act.article} />}
                    </span>
                    <Target act={act} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        )
      })}
    </ol>
  )

  function Target({ act }: { act: ProcedureView['acts'][number] }) {
    const to = states.find(({ key }) => key === act.to)
    if (!to) return <span className="quiet small">{t.law.stays}</span>
    return (
      <a href={`#state-${to.key}`} className={styles.target}>
        <span aria-hidden="true">→</span> <span className={styles.targetPlace}>{place.get(to.key)}</span>{' '}
        {say(to.title)}
      </a>
    )
  }
}
