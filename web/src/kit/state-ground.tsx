import { stateOpeningGround } from '@tiaoli/contract/opening-report'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { opening as en } from '../text/en/opening.ts'
import { usePortalText } from '../text/use-text.ts'
import { opening as zh } from '../text/zh/opening.ts'
import { ActForm } from './act-form/act-form.tsx'
import { useAct } from './api.ts'
import { Button } from './controls/button.tsx'
import { question } from './questions.ts'

const word = (key: 'trigger' | 'document' | 'note' | 'dated') => text(zh.grounds[key], en.grounds[key])

type Triggers = readonly {
  readonly key: string
  readonly term: { readonly zh: string; readonly en: string }
}[]

/** States a ground on which an entry that is not open may be opened. */
export default function StateGround({ entryId, triggers }: { entryId: string; triggers: Triggers }) {
  const { t } = usePortalText()
  const state = useAct(stateOpeningGround)
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t.grounds.state}</Button>
      </div>
    )
  return (
    <ActForm
      name={t.grounds.state}
      fields={[
        question('trigger', word('trigger'), { kind: 'choice', choices: [...triggers] }),
        question('document', word('document'), { minLength: 2, maxLength: 200 }),
        question('dated', word('dated'), { kind: 'date' }),
        question('note', word('note'), { required: false }),
      ]}
      choosable={[]}
      draftKey={`ground.${entryId}`}
      submitLabel={t.grounds.state}
      follows={<p>{t.grounds.follows}</p>}
      onCancel={() => setOpen(false)}
      onSubmit={async ({ trigger, document, dated, note }) => {
        await state.mutateAsync({
          params: { entryId },
          body: {
            trigger: String(trigger),
            document: String(document),
            dated: String(dated),
            note: String(note ?? ''),
          },
        })
        setOpen(false)
      }}
    />
  )
}
