import { Link } from 'react-router'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { WrongAnswer } from '../../../kit/act-form/wrong-answer.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, choiceQuestion, textQuestion } from '../../../kit/ask.ts'
import { bodiesNamed } from '../../../kit/bodies-named.ts'
import { formatDate } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useAssign, useDecide, useDuties } from '../collection.queries.ts'

/** Which body collects which item; the authority settles it and decides between two. */
export function Duties() {
  const { t, say } = useDeskText()
  const pages = useDuties()
  const assign = useAssign()
  const decide = useDecide()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const { article, conflicts, decidable } = read[0]!
        const duties = read.flatMap((page) => page.items)
        if (article === null) return null
        return (
          <Section
            title={
              <>
                {t.collection.duties} <ArticleChip article={article} />
              </>
            }
            note={t.collection.dutiesLead}
          >
            {conflicts.length > 0 && (
              <Table
                caption={t.collection.conflicts}
                rows={conflicts}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'element', title: t.collection.element, cell: (one) => one.element },
                  { key: 'holder', title: t.collection.holder, cell: (one) => say(one.holder.name) },
                  { key: 'claimant', title: t.collection.claimant, cell: (one) => say(one.claimant.name) },
                  {
                    key: 'entry',
                    title: t.compilation.entry,
                    cell: (one) => <Link to={`/entries/${one.entryId}`}>{one.entryTitle}</Link>,
                  },
                  {
                    key: 'acts',
                    title: t.cases.acts,
                    cell: (one) =>
                      decidable && (
                        <ActDrawer
                          title={t.collection.decide}
                          draftKey={`conflict.${one.id}`}
                          fields={[
                            choiceQuestion('assign', { zh: '由谁采集', en: 'Who collects it' }, [
                              { key: 'holder', term: one.holder.name },
                              { key: 'claimant', term: one.claimant.name },
                            ]),
                            textQuestion('reasons', { zh: '理由', en: 'Reasons' }, { maxLength: 2000 }),
                          ]}
                          onSubmit={(content) =>
                            decide.mutateAsync({
                              params: { conflictId: one.id },
                              body: {
                                assign: content.assign === 'claimant' ? 'claimant' : 'holder',
                                reasons: answerOf(content, 'reasons'),
                              },
                            })
                          }
                        />
                      ),
                  },
                ]}
              />
            )}
            {duties.length === 0 ? (
              <p className="quiet">{t.collection.noDuties}</p>
            ) : (
              <Table
                caption={t.collection.duties}
                rows={duties}
                rowKey={({ element }) => element}
                columns={[
                  { key: 'element', title: t.collection.element, cell: (one) => one.element },
                  { key: 'body', title: t.collection.body, cell: (one) => say(one.organisation.name) },
                  { key: 'since', title: t.collection.since, cell: (one) => formatDate(one.since) },
                ]}
              />
            )}
            <More {...pages} />
            {decidable && (
              <ActDrawer
                title={t.collection.assign}
                draftKey="collection-duty"
                fields={[
                  textQuestion('element', { zh: '数据项', en: 'Item' }, { maxLength: 100 }),
                  textQuestion('body', { zh: '单位名称', en: 'Name of the body' }),
                ]}
                onSubmit={async (content) => {
                  const name = answerOf(content, 'body')
                  const { ids, unknown } = await bodiesNamed([name])
                  if (unknown !== undefined) throw new WrongAnswer(t.compilation.unknownBody(unknown))
                  const body = { element: answerOf(content, 'element'), organisationId: ids[0]! }
                  await assign.mutateAsync({ body })
                }}
              />
            )}
          </Section>
        )
      }}
    </Await>
  )
}
