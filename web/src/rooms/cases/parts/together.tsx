import type { CaseSummary } from '@tiaoli/contract/cases'
import { actTogether, mostTogether } from '@tiaoli/contract/desk'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { useAct } from '../../../kit/api.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { Follows } from '../../../kit/follows.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useProcedures } from '../cases.queries.ts'

/** One act on the cases that are chosen: which acts there are, the form, and the answer for each case. */
export function Together({ chosen, onDone }: { chosen: readonly CaseSummary[]; onDone: () => void }) {
  const { t, say } = useDeskText()
  const { data: procedures } = useProcedures()
  const act = useAct(actTogether)
  const [key, choose] = useState<string | null>(null)
  const first = chosen[0]
  const same = chosen.every((one) => one.procedure.key === first?.procedure.key)
  const acts =
    procedures?.items
      .find((procedure) => same && procedure.key === first?.procedure.key)
      ?.acts.filter((each) => each.together && chosen.every((one) => each.from.includes(one.state.key))) ?? []
  const picked = acts.find((each) => each.key === key)
  const refused = act.data?.items.filter((item) => !item.done) ?? []
  return (
    <section className="stack" aria-label={t.together.start} aria-live="polite">
      <p>{chosen.length === 0 ? t.together.help : t.together.chosen(chosen.length)}</p>
      {act.data && (
        <>
          <p data-testid="together-done">{t.together.doneOf(act.data.done, act.data.items.length)}</p>
          {refused.length > 0 && (
            <ul aria-label={t.together.failed}>
              {refused.map(({ caseId, problem }) => (
                <li key={caseId}>{problem && say(problem.condition ?? problem.message)}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {chosen.length > mostTogether && <p role="alert">{t.together.most(mostTogether)}</p>}
      {chosen.length > 0 && acts.length === 0 && procedures && <p className="quiet">{t.together.none}</p>}
      {picked && first ? (
        <ActForm
          key={picked.key}
          name={say(picked.title)}
          // Fields differ from entry to entry: what was asked for in each case stands.
          fields={picked.content.filter(({ kind }) => kind !== 'fields')}
          choosable={[]}
          draftKey={`together.${first.procedure.key}.${picked.key}`}
          submitLabel={t.form.confirmAct(say(picked.title))}
          danger={picked.tone === 'danger'}
          follows={<Follows procedure={first.procedure.key} act={picked} />}
          onCancel={() => choose(null)}
          onSubmit={async (content) => {
            await act.mutateAsync({
              body: {
                procedure: first.procedure.key,
                act: picked.key,
                content,
                cases: chosen.map(({ id, version }) => ({ id, version })),
              },
            })
            choose(null)
            onDone()
          }}
        />
      ) : (
        <div className="row">
          {acts.map((each) => (
            <Button
              key={each.key}
              primary={each.tone === 'primary'}
              disabled={chosen.length > mostTogether}
              onClick={() => choose(each.key)}
            >
              {say(each.title)}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}
