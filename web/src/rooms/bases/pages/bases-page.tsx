import { baseIdentifiers } from '@tiaoli/contract/bases'
import { Link } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, choiceQuestion, textQuestion } from '../../../kit/ask.ts'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useAddBase, useBases } from '../bases.queries.ts'

export default function BasesPage() {
  const { t, say } = usePortalText()
  const add = useAddBase()
  return (
    <Page title={t.bases.title} lead={t.bases.lead}>
      <Await reading={useBases()} lines={8}>
        {({ items, addable }) =>
          items.length === 0 ? (
            <Empty title={t.bases.notBound} next={<Link to="/search">{t.common.toCatalogue}</Link>} />
          ) : (
            <div className="stack">
              <Table
                caption={t.bases.title}
                rows={items}
                rowKey={({ key }) => key}
                columns={[
                  {
                    key: 'base',
                    title: t.bases.base,
                    cell: (base) => (
                      <>
                        <Link to={`/bases/${base.key}`}>{say(base.term)}</Link>{' '}
                        {base.named ? <ArticleChip article={base.article} /> : t.bases.added}
                      </>
                    ),
                  },
                  {
                    key: 'identifier',
                    title: t.bases.identifier,
                    cell: (base) =>
                      base.identifier ? t.bases.identifiers[base.identifier] : t.bases.noIdentifier,
                  },
                  {
                    key: 'lead',
                    title: t.bases.leadBody,
                    cell: (base) => (base.lead ? say(base.lead.name) : t.bases.noLead),
                  },
                  { key: 'entries', title: t.bases.sources, numeric: true, cell: (base) => base.entries },
                ]}
              />
              {addable && (
                <ActDrawer
                  title={t.bases.add}
                  draftKey="base"
                  fields={[
                    textQuestion('zh', { zh: '名称', en: 'Chinese name' }, { maxLength: 60 }),
                    textQuestion('en', { zh: '英文名', en: 'English name' }, { maxLength: 60 }),
                    textQuestion('key', { zh: t.bases.key, en: t.bases.key }, { maxLength: 40 }),
                    choiceQuestion(
                      'identifier',
                      { zh: '统一标识', en: 'Identifier' },
                      baseIdentifiers.map((key) => ({
                        key,
                        term: { zh: t.bases.identifiers[key], en: t.bases.identifiers[key] },
                      })),
                      { required: false },
                    ),
                  ]}
                  onSubmit={(content) =>
                    add.mutateAsync({
                      body: {
                        key: answerOf(content, 'key'),
                        term: { zh: answerOf(content, 'zh'), en: answerOf(content, 'en') },
                        identifier: baseIdentifiers.find((one) => one === content.identifier) ?? null,
                      },
                    })
                  }
                />
              )}
            </div>
          )
        }
      </Await>
    </Page>
  )
}
