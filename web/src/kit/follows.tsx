import type { ActSummary } from '@tiaoli/contract/rulebook'
import { listProcedures } from '@tiaoli/contract/rulebook'
import { usePortalText } from '../text/use-text.ts'
import { useRoute } from './api.ts'
import { ArticleChip } from './article-chip.tsx'

/** What an act will bring about: its own summary, and the state it leads to with who must act then. */
export function Follows({ procedure, act }: { procedure: string; act: ActSummary }) {
  const { t, say } = usePortalText()
  const { data } = useRoute(listProcedures, {}, { staleTime: Number.POSITIVE_INFINITY })
  const rules = data?.items.find(({ key }) => key === procedure)
  const next = rules?.states.find(({ key }) => key === act.to)
  const roles = next?.waitsFor.map((key) => {
    const role = rules?.roles.find((term) => term.key === key)
    return role ? say(role.term) : key
  })
  return (
    <>
      <p>
        {say(act.summary)} {act.article && <ArticleChip article={act.article} />}
      </p>
      {next && <p>{t.form.leadsTo(say(next.title), roles?.join(t.common.listSeparator) ?? '')}</p>}
    </>
  )
}
