import type { Edition } from '@tiaoli/contract/editions'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, choiceQuestion, textQuestion } from '../../../kit/ask.ts'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useCatalogues, usePublishEdition } from '../compilation.queries.ts'

type Made = Edition & {
  left: readonly { entryId: string; title: string; condition: { zh: string; en: string } }[]
}

/** The catalogues with their latest editions; the authority publishes the next, a body its own release. */
export function Publishing() {
  const { t, say } = usePortalText()
  const publish = usePublishEdition()
  const [made, setMade] = useState<Made | null>(null)
  const note = textQuestion('note', { zh: '说明', en: 'Note' }, { required: false, maxLength: 1000 })
  const choices = (['yes', 'no'] as const).map((key) => ({
    key,
    term: { zh: t.compilation.publishWaitingChoices[key], en: t.compilation.publishWaitingChoices[key] },
  }))
  return (
    <Await reading={useCatalogues()}>
      {({ items, publishable, releasable, article }) =>
        items.length === 0 ? null : (
          <Section
            title={
              <>
                {t.compilation.catalogues} {article && <ArticleChip article={article} />}
              </>
            }
            note={<Link to="/catalogues">{t.compilation.history}</Link>}
          >
            <Table
              caption={t.compilation.catalogues}
              rows={items}
              rowKey={({ key }) => key}
              columns={[
                { key: 'term', title: t.compilation.catalogue, cell: (one) => say(one.term) },
                { key: 'entries', title: t.compilation.entries, numeric: true, cell: (one) => one.entries },
                {
                  key: 'latest',
                  title: t.compilation.latest,
                  cell: (one) =>
                    one.latest ? (
                      <Link to={`/editions/${one.latest.id}`}>
                        {t.compilation.edition(one.latest.number)}
                      </Link>
                    ) : (
                      t.compilation.noEdition
                    ),
                },
              ]}
            />
            {made && (
              <p role="status">
                <Link to={`/editions/${made.id}`}>{t.compilation.edition(made.number)}</Link>
                {made.left.length > 0 && ` · ${t.compilation.left(made.left.length)}`}
                {made.left.map((left) => ` ${left.title}：${say(left.condition)}`)}
              </p>
            )}
            {publishable && (
              <ActDrawer
                title={t.compilation.publishEdition}
                draftKey="edition"
                fields={[
                  choiceQuestion(
                    'catalogue',
                    { zh: '目录', en: 'Catalogue' },
                    items.map(({ key, term }) => ({ key, term })),
                  ),
                  choiceQuestion('waiting', { zh: '待发布条目', en: 'Entries that wait' }, choices),
                  note,
                ]}
                onSubmit={async (content) =>
                  setMade(
                    await publish.mutateAsync({
                      params: { catalogue: answerOf(content, 'catalogue') },
                      body: {
                        note: answerOf(content, 'note'),
                        publishWaiting: answerOf(content, 'waiting') === 'yes',
                      },
                    }),
                  )
                }
              />
            )}
            {releasable && (
              <ActDrawer
                title={t.compilation.release}
                draftKey="release"
                fields={[note]}
                onSubmit={async (content) =>
                  setMade(
                    await publish.mutateAsync({
                      params: { catalogue: items[0]!.key },
                      body: { scope: 'organisation', note: answerOf(content, 'note') },
                    }),
                  )
                }
              />
            )}
          </Section>
        )
      }
    </Await>
  )
}
