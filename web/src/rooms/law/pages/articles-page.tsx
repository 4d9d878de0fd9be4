import { Link } from 'react-router'
import { Page } from '../../../kit/page.tsx'
import { useArticles, useRulebook } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import styles from './articles-page.module.css'

export default function ArticlesPage() {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  return (
    <Page
      title={rulebook ? say(rulebook.regulation) : t.law.title}
      lead={rulebook && t.law.lead(rulebook.inForceOn)}
    >
      <Await reading={useArticles()} lines={14}>
        {({ items }) => (
          <ol className={styles.articles}>
            {items.map((article) => (
              <li key={article.id}>
                <span className={styles.number}>{t.law.articleShort(String(article.number))}</span>
                <div>
                  <h2>
                    <Link to={`/law/${article.id}`}>{say(article.title)}</Link>
                  </h2>
                  <p>{say(article.summary)}</p>
                </div>
              </li>
            ))}
          </ol>
        )}
      </Await>
    </Page>
  )
}
