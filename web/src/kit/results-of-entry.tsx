import { listResults } from '@tiaoli/contract/results'
import { Link } from 'react-router'
import { useText } from '../text/use-text.ts'
import { useRoute } from './api.ts'
import { Section } from './page.tsx'
import { useRulebook } from './rulebook.ts'

/** What was made with an entry: shown on its page, once there is anything. */
export function ResultsOfEntry({ entryId }: { entryId: string }) {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  const { data } = useRoute(
    listResults,
    { query: { entry: entryId, limit: 50 } },
    { enabled: rulebook?.opening.results === true },
  )
  if (data === undefined) return null
  return (
    <Section
      title={`${t.results.onEntry} ${data.total || ''}`}
      note={<Link to="/results">{t.results.register}</Link>}
    >
      {data.items.length === 0 ? (
        <p className="quiet">{t.results.empty}</p>
      ) : (
        <ul className="stack">
          {data.items.map((result) => (
            <li key={result.id}>
              {result.url ? (
                <a href={result.url} rel="noreferrer nofollow">
                  {result.title}
                </a>
              ) : (
                result.title
              )}{' '}
              <span className="quiet small">
                {say(result.kind.term)} ·{' '}
                {result.by.organisation
                  ? say(result.by.organisation.name)
                  : result.by.name || t.results.aPerson}
              </span>
              {result.summary && <p className="small">{result.summary}</p>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
