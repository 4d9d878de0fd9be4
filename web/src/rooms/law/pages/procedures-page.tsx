import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Page } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useProcedures } from '../law.queries.ts'
import styles from './procedures-page.module.css'

export default function ProceduresPage() {
  const { t, say } = usePortalText()
  return (
    <Page title={t.law.procedures} lead={t.law.proceduresLead}>
      <Await reading={useProcedures()} lines={8}>
        {({ items }) => (
          <ul className={styles.procedures}>
            {items.map((procedure) => (
              <li key={procedure.key}>
                <h2>
                  <Link to={`/procedures/${procedure.key}`}>{say(procedure.title)}</Link>
                </h2>
                <p>{say(procedure.summary)}</p>
                <p className="quiet">
                  {t.law.procedureSize(
                    procedure.states.length,
                    procedure.acts.length,
                    procedure.clocks.length,
                  )}{' '}
                  {procedure.articles.map((article) => (
                    <ArticleChip key={article} article={article} />
                  ))}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Await>
    </Page>
  )
}
