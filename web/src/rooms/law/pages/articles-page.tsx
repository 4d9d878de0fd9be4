import { useState } from 'react'
import { Link } from 'react-router'
import { Page, Section } from '../../../kit/page.tsx'
import { useArticles, useRulebook } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useCoverage } from '../law.queries.ts'
import { CoverageFigures } from '../parts/coverage-figures.tsx'
import { Versions } from '../parts/versions.tsx'
import styles from './articles-page.module.css'

type State = 'proven' | 'built' | 'tracked' | 'stated' | 'open'

/** The whole regulation: how it stands here, and every article with what it orders. */
export default function ArticlesPage() {
  const { t, say } = usePortalText()
  const { data: rulebook } = useRulebook()
  const { data: coverage } = useCoverage()
  const [only, setOnly] = useState<State | null>(null)
  const countsOf = (number: number) => coverage?.articles.find((each) => each.number === number)?.counts
  return (
    <Page
      title={rulebook ? say(rulebook.regulation) : t.law.title}
      lead={rulebook && t.law.lead(rulebook.inForceOn)}
    >
      {coverage && (
        <Section title={t.register.standing} note={t.register.standingNote(coverage.ranOn)}>
          <CoverageFigures counts={coverage.all} chosen={only} onChoose={setOnly} />
        </Section>
      )}
      <Await reading={useArticles()} lines={14}>
        {({ items }) => (
          <ol className={styles.articles}>
            {items
              .filter(({ number }) => only === null || (countsOf(number)?.[only] ?? 0) > 0)
              .map((article) => {
                const counts = countsOf(article.number)
                return (
                  <li key={article.id}>
                    <span className={styles.number}>{t.law.articleShort(String(article.number))}</span>
                    <div>
                      <h2>
                        <Link to={`/law/${article.id}`}>{say(article.title)}</Link>
                      </h2>
                      <p>{say(article.summary)}</p>
                      {counts && <p className={styles.standing}>{t.register.byArticle(counts)}</p>}
                    </div>
                  </li>
                )
              })}
          </ol>
        )}
      </Await>
      <Versions />
    </Page>
  )
}
