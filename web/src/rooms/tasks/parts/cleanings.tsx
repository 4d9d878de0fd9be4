import { cleaningSteps } from '@tiaoli/contract/processing'
import { useState } from 'react'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { answerOf, linesOf, textQuestion } from '../../../kit/ask.ts'
import { CheckboxGroup } from '../../../kit/controls/checkbox.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Section } from '../../../kit/page.tsx'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useClean, useCleanings } from '../tasks.queries.ts'

/** What was cleaned, by whom; the body whose work it is can do it here. */
export function Cleanings({ entryId, hasData }: { entryId: string; hasData: boolean }) {
  const { t, say, language } = useDeskText()
  const words = t.tasks.cleanings
  const pages = useCleanings(entryId)
  const clean = useClean()
  const [steps, setSteps] = useState<(typeof cleaningSteps)[number][]>(['white-space', 'width'])
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {([first, ...rest]) => {
        const runs = [first, ...rest].flatMap((page) => page?.items ?? [])
        return (
          <Section title={words.title} note={first && <ArticleChip article={first.article} />}>
            <div className="stack">
              <p className="quiet">{words.note}</p>
              {runs.length === 0 ? (
                <p className="quiet">{words.none}</p>
              ) : (
                <Table
                  caption={words.title}
                  rows={runs}
                  rowKey={({ id }) => id}
                  columns={[
                    { key: 'at', title: t.tasks.at, width: 'unbroken', cell: ({ at }) => formatMoment(at) },
                    { key: 'by', title: words.by, cell: ({ organisation }) => say(organisation.name) },
                    {
                      key: 'steps',
                      title: words.step,
                      cell: ({ steps: done }) =>
                        done.map((step) => words.steps[step]).join(t.common.listSeparator),
                    },
                    {
                      key: 'changed',
                      title: words.changed,
                      numeric: true,
                      cell: ({ changedCells }) => formatNumber(changedCells, language),
                    },
                    { key: 'record', title: '', cell: ({ recordId }) => <ReceiptLink recordId={recordId} /> },
                  ]}
                />
              )}
              <More {...pages} />
              {first?.mayRun && hasData && (
                <>
                  <CheckboxGroup
                    value={steps}
                    options={cleaningSteps.map((value) => ({ value, label: words.steps[value] }))}
                    onChange={setSteps}
                  />
                  <ActDrawer
                    title={words.run}
                    draftKey={`clean.${entryId}`}
                    fields={[
                      textQuestion(
                        'words',
                        { zh: words.words, en: words.words },
                        { help: { zh: words.wordsHelp, en: words.wordsHelp }, maxLength: 400 },
                      ),
                    ]}
                    follows={<p>{words.follows}</p>}
                    onSubmit={(content) =>
                      clean.mutateAsync({
                        params: { entryId },
                        body: { steps, emptyWords: linesOf(answerOf(content, 'words')) },
                      })
                    }
                  />
                </>
              )}
            </div>
          </Section>
        )
      }}
    </Await>
  )
}
