import type { Duty } from '@tiaoli/contract/duties'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useEndDutyTarget, useSetDutyTarget } from '../duties.queries.ts'
import { targetOf, targetQuestions } from '../target-questions.ts'

/** By when the city wants the duty done: its own date, shown as such; what is not ordered has none. */
export function TargetPart({ duty }: { duty: Duty }) {
  const { t } = usePortalText()
  const set = useSetDutyTarget()
  const end = useEndDutyTarget()
  const [editing, setEditing] = useState(false)
  const { target } = duty
  if (duty.modality !== 'order') return null
  return (
    <Section title={t.duties.target} note={t.duties.targetNote}>
      <div className="stack">
        {target === null ? (
          <p className="quiet">{t.duties.noTarget}</p>
        ) : (
          <>
            <Facts
              facts={[
                [t.duties.targetFacts.first, target.firstDueOn],
                [
                  t.duties.targetFacts.every,
                  target.everyMonths === null ? t.duties.once : t.duties.months(target.everyMonths),
                ],
              ]}
            />
            <p>
              <LocalChip instrument={target.instrument} />
            </p>
          </>
        )}
        {end.error && <Failure error={end.error} />}
        {duty.allowed.manage &&
          (editing ? (
            <ActForm
              name={t.duties.setTarget}
              fields={targetQuestions}
              choosable={[]}
              draftKey={`duty-target.${duty.id}`}
              submitLabel={t.duties.saveTarget}
              follows={<p>{t.duties.targetFollows}</p>}
              onCancel={() => setEditing(false)}
              onSubmit={async (answers) => {
                await set.mutateAsync({ params: { obligation: duty.id }, body: targetOf(answers) })
                setEditing(false)
              }}
            />
          ) : (
            <div className="row">
              <Button onClick={() => setEditing(true)}>{t.duties.setTarget}</Button>
              {target !== null && (
                <Button
                  danger
                  busy={end.isPending}
                  onClick={() => end.mutate({ params: { obligation: duty.id } })}
                >
                  {t.duties.endTarget}
                </Button>
              )}
            </div>
          ))}
      </div>
    </Section>
  )
}
