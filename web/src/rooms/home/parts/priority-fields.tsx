import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Await } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { usePriorityFields } from '../home.queries.ts'
import styles from './themes.module.css'

/** The fields whose data are opened first, in the order of the regulation, with what is open in each. */
export function PriorityFields() {
  const { t, say } = useText()
  return (
    <Await reading={usePriorityFields()}>
      {({ items }) => (
        <div className="stack">
          {items[0] && (
            <p className="quiet small">
              <ArticleChip article={items[0].article} />
            </p>
          )}
          <ul className={styles.themes}>
            {items.map(({ key, term, open, conditional, notOpened, responsible }) => (
              <li key={key}>
                <Link
                  to={`/search?priority=${key}`}
                  title={[
                    `${t.priority.open} ${open}`,
                    `${t.priority.conditional} ${conditional}`,
                    `${t.priority.notOpened} ${notOpened}`,
                    ...(responsible ? [t.priority.responsible(say(responsible.name))] : []),
                  ].join(t.common.listSeparator)}
                >
                  {say(term)}
                  <span className="number">{open + conditional}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Await>
  )
}
