import type { ProcedureView } from '@tiaoli/contract/rulebook'
import type { Text } from '@tiaoli/kernel/text'
import { Link } from 'react-router'
import { articleOf } from '../../../kit/article-label.ts'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useProcedures } from '../law.queries.ts'

/** What an article decides here: types of access, procedures, single acts and time limits. */
export function WhereUsed({ article }: { article: string }) {
  const { t, say } = usePortalText()
  const { data: rulebook } = useRulebook()
  const here = (id: string | null | undefined) => id !== null && id !== undefined && articleOf(id) === article
  const types = [
    ...(rulebook?.catalogue.sharingTypes ?? []),
    ...(rulebook?.catalogue.openingTypes ?? []),
  ].filter((type) => here(type.article))
  return (
    <Await reading={useProcedures()}>
      {({ items }) => {
        const used = items.flatMap((procedure) => {
          const parts = partsOf(procedure)
          return parts.length > 0 || procedure.articles.some(here) ? [{ procedure, parts }] : []
        })
        if (used.length === 0 && types.length === 0) return <p className="quiet">{t.law.notUsed}</p>
        return (
          <ul className="stack">
            {types.map((type) => (
              <li key={type.key}>
                <strong>{say(type.term)}</strong> {say(type.summary)}
              </li>
            ))}
            {used.map(({ procedure, parts }) => (
              <li key={procedure.key}>
                <Link to={`/procedures/${procedure.key}`}>{say(procedure.title)}</Link>
                {parts.length > 0 && <p className="quiet">{parts.map(say).join(t.common.listSeparator)}</p>}
              </li>
            ))}
          </ul>
        )
      }}
    </Await>
  )

  function partsOf(procedure: ProcedureView): Text[] {
    const acts = procedure.acts.filter(
      (act) => here(act.article) || act.content.some((field) => here(field.article)),
    )
    const clocks = procedure.clocks.filter((clock) => here(clock.article))
    return [...acts, ...clocks].map(({ title }) => title)
  }
}
