import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, textQuestion } from '../../../kit/ask.ts'
import { Facts } from '../../../kit/facts.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { Await } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useReview, useStanding } from '../catalogue.queries.ts'

/** Which specification, edition and review an entry stands under. */
export function Standing({ entryId }: { entryId: string }) {
  const { t } = useText()
  const review = useReview()
  return (
    <Await reading={useStanding(entryId)}>
      {(standing) => (
        <div className="stack">
          <Facts
            facts={[
              [
                t.compilation.specification,
                standing.specification && (
                  <>
                    {t.compilation.metAndInForce(standing.specification.met, standing.specification.inForce)}{' '}
                    <ArticleChip article={standing.specification.article} />
                  </>
                ),
              ],
              [
                t.compilation.catalogues,
                standing.edition &&
                  `${t.compilation.edition(standing.edition.number)} · ${formatDate(standing.edition.publishedAt)}`,
              ],
              [
                t.compilation.business,
                standing.businessItems.map(({ name }) => name).join(t.common.listSeparator),
              ],
              [
                t.compilation.review,
                standing.review?.lastAt &&
                  `${formatDate(standing.review.lastAt)}${standing.review.lastBy ? ` · ${standing.review.lastBy}` : ''}`,
              ],
              [
                t.compilation.dueOn,
                standing.review?.dueOn && (
                  <>
                    {standing.review.dueOn} {standing.review.overdue && t.compilation.overdue}{' '}
                    <LocalChip
                      instrument={
                        standing.review.target && {
                          zh: standing.review.target.instrument,
                          en: standing.review.target.instrument,
                        }
                      }
                    />
                  </>
                ),
              ],
            ]}
          />
          {standing.review?.reviewable && (
            <ActDrawer
              title={t.compilation.reviewNow}
              draftKey={`review.${entryId}`}
              fields={[textQuestion('note', { zh: '复核意见', en: 'Finding' }, { maxLength: 1000 })]}
              follows={<p>{t.compilation.reviewFollows}</p>}
              onSubmit={(content) =>
                review.mutateAsync({ params: { entryId }, body: { note: answerOf(content, 'note') } })
              }
            />
          )}
        </div>
      )}
    </Await>
  )
}
