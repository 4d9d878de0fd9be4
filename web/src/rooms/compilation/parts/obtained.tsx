import { Link } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, choiceQuestion, dateQuestion, textQuestion } from '../../../kit/ask.ts'
import { More } from '../../../kit/more.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useLinkObtained, useObtained, useRecordObtained } from '../compilation.queries.ts'

/** Data obtained from others, listed with their age until an entry catalogues them. */
export function Obtained() {
  const { t, say } = usePortalText()
  const pages = useObtained()
  const record = useRecordObtained()
  const link = useLinkObtained()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const { article, classes } = read[0]!
        if (article === null) return null
        const items = read.flatMap((page) => page.items)
        return (
          <Section
            title={
              <>
                {t.compilation.obtained} <ArticleChip article={article} />
              </>
            }
            note={t.compilation.obtainedLead}
          >
            {items.length === 0 ? (
              <p className="quiet">{t.compilation.noObtained}</p>
            ) : (
              <Table
                caption={t.compilation.obtained}
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'title',
                    title: t.compilation.proposalTitle,
                    cell: (one) =>
                      one.entryId ? <Link to={`/entries/${one.entryId}`}>{one.title}</Link> : one.title,
                  },
                  { key: 'body', title: t.compilation.body, cell: (one) => say(one.organisation.name) },
                  { key: 'source', title: t.compilation.source, cell: (one) => say(one.sourceTerm) },
                  { key: 'reference', title: t.compilation.reference, cell: (one) => one.reference },
                  { key: 'on', title: t.compilation.deliveredOn, cell: (one) => one.deliveredOn },
                  { key: 'age', title: t.compilation.age, numeric: true, cell: (one) => one.ageDays },
                  {
                    key: 'acts',
                    title: t.cases.acts,
                    cell: (one) =>
                      one.linkable && (
                        <ActDrawer
                          title={t.compilation.link}
                          draftKey={`obtained.${one.id}`}
                          fields={[
                            textQuestion('entryId', { zh: t.compilation.entryId, en: t.compilation.entryId }),
                          ]}
                          onSubmit={(content) =>
                            link.mutateAsync({
                              params: { obtainedId: one.id },
                              body: { entryId: answerOf(content, 'entryId') },
                            })
                          }
                        />
                      ),
                  },
                ]}
              />
            )}
            <More {...pages} />
            <ActDrawer
              title={t.compilation.recordObtained}
              draftKey="obtained"
              fields={[
                textQuestion('title', { zh: '数据名称', en: 'Data' }),
                choiceQuestion(
                  'sourceClass',
                  { zh: '来源', en: 'Source' },
                  classes.filter(({ obtained }) => obtained).map(({ key, term }) => ({ key, term })),
                ),
                textQuestion('reference', { zh: '合同或者采购文件', en: 'Contract or purchase file' }),
                dateQuestion('deliveredOn', { zh: '交付日', en: 'Delivered' }),
              ]}
              onSubmit={(content) =>
                record.mutateAsync({
                  body: {
                    title: answerOf(content, 'title'),
                    sourceClass: answerOf(content, 'sourceClass'),
                    reference: answerOf(content, 'reference'),
                    deliveredOn: answerOf(content, 'deliveredOn'),
                  },
                })
              }
            />
          </Section>
        )
      }}
    </Await>
  )
}
