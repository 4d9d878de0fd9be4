import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { useText } from '../../../text/use-text.ts'
import { useUnexplained } from '../catalogue.queries.ts'

/** Opened entries of one's own that nobody has explained yet; nothing where there are none. */
export function Unexplained() {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  const { data } = useUnexplained(rulebook?.assurance.explanations === true)
  if (data === undefined || data.total === 0) return null
  return (
    <Section title={t.explanations.missing(data.total)} note={<ArticleChip article={data.article} />}>
      <ul className="stack">
        {data.items.map(({ entryId, title, organisation }) => (
          <li key={entryId}>
            <Link to={`/entries/${entryId}#explanation`}>{title}</Link>{' '}
            <span className="quiet small">{say(organisation.name)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
