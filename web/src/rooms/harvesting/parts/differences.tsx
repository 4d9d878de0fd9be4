import type { HarvestedEntry } from '@tiaoli/contract/harvesting'
import { Link } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { More } from '../../../kit/more.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useDecide, useHarvested } from '../harvesting.queries.ts'

/** Entries whose source says otherwise by now, or has them no more, and what can be done about each. */
export function Differences({ sourceId, decides }: { sourceId: string; decides: boolean }) {
  const { t } = useDeskText()
  const differing = useHarvested(sourceId, 'differs')
  const gone = useHarvested(sourceId, 'gone')
  const pages = differing.data && gone.data && [...differing.data.pages, ...gone.data.pages]
  const reading = {
    data: pages,
    error: differing.error ?? gone.error,
    refetch: () => Promise.all([differing.refetch(), gone.refetch()]),
  }
  return (
    <Await reading={reading} lines={4}>
      {(read) => {
        const entries = read.flatMap(({ items }) => items)
        if (entries.length === 0) return <p className="quiet">{t.harvesting.noDifferences}</p>
        return (
          <div className="stack">
            {entries.map((entry) => (
              <Difference key={entry.entryId} sourceId={sourceId} entry={entry} decides={decides} />
            ))}
            <More {...differing} />
            <More {...gone} />
          </div>
        )
      }}
    </Await>
  )
}

function Difference(props: { sourceId: string; entry: HarvestedEntry; decides: boolean }) {
  const { t } = useDeskText()
  const { sourceId, entry, decides } = props
  const decide = useDecide()
  const send = (decision: 'take' | 'keep') =>
    decide.mutate({ params: { sourceId, entryId: entry.entryId }, body: { decision } })
  const parts: Readonly<Record<string, string>> = t.harvesting.parts
  return (
    <section className="stack" aria-label={entry.title}>
      <h3>
        <Link to={`/entries/${entry.entryId}`}>{entry.title}</Link>{' '}
        <span className="quiet small">{entry.number}</span>
      </h3>
      {entry.state === 'gone' ? (
        <p>{t.harvesting.gone}</p>
      ) : (
        <Table
          caption={entry.title}
          rows={entry.differences}
          rowKey={({ part }) => part}
          columns={[
            { key: 'part', title: t.harvesting.part, cell: ({ part }) => parts[part] ?? part },
            { key: 'before', title: t.harvesting.before, width: 'roomy', cell: ({ before }) => before },
            { key: 'after', title: t.harvesting.after, width: 'roomy', cell: ({ after }) => after },
          ]}
        />
      )}
      {decide.error && <Failure error={decide.error} />}
      {decides && (
        <div className="row">
          {entry.state === 'differs' && (
            <Button busy={decide.isPending} onClick={() => send('take')} title={t.harvesting.takeFollows}>
              {t.harvesting.take}
            </Button>
          )}
          <Button busy={decide.isPending} onClick={() => send('keep')}>
            {t.harvesting.keep}
          </Button>
        </div>
      )}
    </section>
  )
}
