import type { Entry } from '@tiaoli/contract/catalogue'
import { listOpeningGrounds } from '@tiaoli/contract/opening-report'
import { lazy, Suspense } from 'react'
import { useText, withPortalWords } from '../text/use-text.ts'
import { useRoute } from './api.ts'
import { ArticleChip } from './article-chip.tsx'
import { Section } from './page.tsx'
import { useRulebook } from './rulebook.ts'

/** A form for few people, with the words of both languages: it is not part of everybody's first view. */
const StateGround = lazy(() => withPortalWords(() => import('./state-ground.tsx')))

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
          <Suspense>
            <StateGround entryId={entry.id} triggers={data.triggers} />
          </Suspense>
        )}
      </div>
    </Section>
  )
}
