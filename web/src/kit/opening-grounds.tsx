import type { Entry } from '@tiaoli/contract/catalogue'
import { listOpeningGrounds, stateOpeningGround } from '@tiaoli/contract/opening-report'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { en } from '../text/en.ts'
import { useText } from '../text/use-text.ts'
import { zh } from '../text/zh.ts'
import { ActForm } from './act-form/act-form.tsx'
import { useAct, useRoute } from './api.ts'
import { ArticleChip } from './article-chip.tsx'
import { Button } from './controls/button.tsx'
import { Section } from './page.tsx'
import { question } from './questions.ts'
import { useRulebook } from './rulebook.ts'

const word = (key: 'trigger' | 'document' | 'note' | 'dated') => text(zh.grounds[key], en.grounds[key])

/** On which grounds an entry that is not open may be opened: for its provider and those who watch over it. */
export function OpeningGrounds({ entry }: { entry: Entry }) {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  const closed = rulebook?.catalogue.openingTypes.some(
    ({ key, effect }) => key === entry.opening.type && effect === 'closed',
  )
  const { data } = useRoute(
    listOpeningGrounds,
    { params: { entryId: entry.id } },
    { enabled: rulebook?.opening.reopening === true && entry.catalogueCase !== null },
  )
  if (data === undefined || !(closed || data.items.length > 0)) return null
  return (
    <Section title={t.grounds.title}>
      <div className="stack">
        <p className="quiet">
          {t.grounds.lead} <ArticleChip article={data.article} />
        </p>
        <ul>
          {data.items.map(({ id, trigger, document, dated, note, usedAt }) => (
            <li key={id}>
              {say(trigger.term)} · {document} · {dated}{' '}
              <span className="quiet small">{usedAt === null ? t.grounds.unused : t.grounds.used}</span>
              {note && <p className="small">{note}</p>}
            </li>
          ))}
        </ul>
        {data.mayState && entry.publishedAt !== null && (
          <StateGround entryId={entry.id} triggers={data.triggers} />
        )}
      </div>
    </Section>
  )
}

type Triggers = readonly {
  readonly key: string
  readonly term: { readonly zh: string; readonly en: string }
}[]

function StateGround({ entryId, triggers }: { entryId: string; triggers: Triggers }) {
  const { t } = useText()
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
