import { listProcedures } from '@tiaoli/contract/rulebook'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { useText } from '../../../text/use-text.ts'

/** What else can be brought about the entry: objections, disputes; whatever the rulebook offers beside access. */
export function Matters({ entryId }: { entryId: string }) {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  const { data: procedures } = useRoute(listProcedures, {}, { staleTime: Number.POSITIVE_INFINITY })
  const { sharingTypes = [], openingTypes = [] } = rulebook?.catalogue ?? {}
  const toAccess = new Set([...sharingTypes, ...openingTypes].map(({ procedure }) => procedure))
  const offered = (procedures?.items ?? []).filter(
    ({ key, about, opensHere }) => opensHere && about === 'entry' && !toAccess.has(key),
  )
  if (rulebook === undefined || offered.length === 0) return null
  return (
    <Section title={t.entry.matters}>
      <ul>
        {offered.map(({ key, title, summary }) => (
          <li key={key}>
            <Link to={`/desk/open/${key}?entry=${entryId}`}>{say(title)}</Link>{' '}
            <span className="quiet">{say(summary)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
