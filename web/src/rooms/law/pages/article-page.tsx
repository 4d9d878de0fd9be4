import { Link, useParams } from 'react-router'
import { articleOf } from '../../../kit/article-label.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { useArticles, useRulebook } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useArticle } from '../law.queries.ts'
import { Obligations } from '../parts/obligations.tsx'
import { WhereUsed } from '../parts/where-used.tsx'
import styles from './article-page.module.css'

export default function ArticlePage() {
  const { t, say } = usePortalText()
  const { article = '' } = useParams()
  const { data: rulebook } = useRulebook()
  return (
    <Await reading={useArticle(article)}>
      {(found) => (
        <Page
          title={`${t.law.articleShort(String(found.number))} ${say(found.title)}`}
          above={rulebook && <Link to="/law">{say(rulebook.regulation)}</Link>}
        >
          <div className="stack">
            <p className={styles.summary}>{say(found.summary)}</p>
            <p className="quiet small">{t.law.ourSummaryLong}</p>
          </div>
          <Section title={t.register.title} note={t.register.note}>
            <Obligations article={articleOf(found.id)} />
          </Section>
          <Section title={t.law.whereUsed}>
            <WhereUsed article={articleOf(found.id)} />
          </Section>
          <Neighbours number={found.number} />
        </Page>
      )}
    </Await>
  )
}

function Neighbours({ number }: { number: number }) {
  const { t, say } = usePortalText()
  const { data } = useArticles()
  const at = data?.items.findIndex((item) => item.number === number) ?? -1
  const around = [data?.items[at - 1], data?.items[at + 1]].filter((item) => item !== undefined)
  if (at < 0) return null
  return (
    <nav aria-label={t.law.neighbours} className="row spread">
      {around.map((item) => (
        <Link key={item.id} to={`/law/${item.id}`}>
          {t.law.articleShort(String(item.number))} {say(item.title)}
        </Link>
      ))}
    </nav>
  )
}
