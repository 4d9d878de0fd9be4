import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, textQuestion } from '../../../kit/ask.ts'
import { Facts } from '../../../kit/facts.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useExplain, useExplanation } from '../catalogue.queries.ts'

const parts = ['meaning', 'source', 'limits', 'contact'] as const
const most = { meaning: 5000, source: 1000, limits: 3000, contact: 200 }

/** What the body that opens the data says of them; it writes that here. */
export function Explanation({ entryId }: { entryId: string }) {
  const { t, say } = useText()
  const explain = useExplain()
  return (
    <Await reading={useExplanation(entryId)}>
      {({ term, article, explanation, mayExplain }) => (
        <Section title={say(term)} id="explanation" note={<ArticleChip article={article} />}>
          <div className="stack">
            {explanation === null ? (
              <p className="quiet">{t.explanations.none}</p>
            ) : (
              <Facts
                facts={[
                  ...parts.map((part) => [t.explanations[part], explanation[part]] as const),
                  [
                    t.explanations.by,
                    `${say(explanation.organisation.name)} · ${formatDate(explanation.at)}`,
                  ],
                ]}
              />
            )}
            {mayExplain && (
              <ActDrawer
                title={explanation === null ? t.explanations.write : t.explanations.rewrite}
                draftKey={`explain.${entryId}`}
                fields={parts.map((part) =>
                  textQuestion(
                    part,
                    { zh: t.explanations[part], en: t.explanations[part] },
                    { required: true, maxLength: most[part] },
                  ),
                )}
                follows={<p>{t.explanations.follows}</p>}
                onSubmit={(content) =>
                  explain.mutateAsync({
                    params: { entryId },
                    body: {
                      meaning: answerOf(content, 'meaning'),
                      source: answerOf(content, 'source'),
                      limits: answerOf(content, 'limits'),
                      contact: answerOf(content, 'contact'),
                    },
                  })
                }
              />
            )}
          </div>
        </Section>
      )}
    </Await>
  )
}
