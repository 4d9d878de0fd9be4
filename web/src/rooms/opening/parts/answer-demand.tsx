import { type DemandView, demandAnswers } from '@tiaoli/contract/demands'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { question } from '../../../kit/questions.ts'
import { opening as en } from '../../../text/en/opening.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { opening as zh } from '../../../text/zh/opening.ts'
import { entryIdsIn } from '../entry-address.ts'
import { useAnswerDemand, useReferDemand } from '../opening.queries.ts'

const word = (key: 'referTo' | 'answerKind' | 'answerText' | 'answerEntry') =>
  text(zh.demands[key], en.demands[key])
const kinds = demandAnswers.map((key) => ({ key, term: text(zh.demands.kinds[key], en.demands.kinds[key]) }))

/** Whoever holds the data answers in public; the authority says who that is. */
export function AnswerDemand({ demand }: { demand: DemandView }) {
  const { t } = usePortalText()
  const answer = useAnswerDemand()
  const refer = useReferDemand()
  const [open, setOpen] = useState<'answer' | 'refer' | null>(null)
  const params = { demandId: demand.id }
  if (open === 'answer')
    return (
      <ActForm
        name={t.demands.answer}
        fields={[
          question('kind', word('answerKind'), { kind: 'choice', choices: kinds }),
          question('text', word('answerText')),
          question('entryId', word('answerEntry'), { required: false, maxLength: 200 }),
        ]}
        choosable={[]}
        draftKey={`demand.${demand.id}`}
        submitLabel={t.demands.answer}
        onCancel={() => setOpen(null)}
        onSubmit={({ kind, text, entryId }) => {
          const [entry] = entryIdsIn(String(entryId ?? ''))
          return answer.mutateAsync({
            params,
            body: {
              kind: kind as (typeof demandAnswers)[number],
              text: String(text),
              ...(entry ? { entryId: entry } : {}),
            },
          })
        }}
      />
    )
  if (open === 'refer')
    return (
      <ActForm
        name={t.demands.refer}
        fields={[question('organisation', word('referTo'), { kind: 'organisation' })]}
        choosable={[]}
        draftKey={`refer.${demand.id}`}
        submitLabel={t.demands.refer}
        onCancel={() => setOpen(null)}
        onSubmit={async ({ organisation }) => {
          await refer.mutateAsync({ params, body: { organisation: String(organisation) } })
          setOpen(null)
        }}
      />
    )
  return (
    <div className="row">
      {demand.mayAnswer && (
        <Button primary onClick={() => setOpen('answer')}>
          {t.demands.answer}
        </Button>
      )}
      {demand.mayRefer && <Button onClick={() => setOpen('refer')}>{t.demands.refer}</Button>}
    </div>
  )
}
