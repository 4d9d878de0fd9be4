import type { BulkEdit, BulkEditLine, BulkEditOutcome } from '@tiaoli/contract/bulk-edits'
import { bulkEditOutcomes } from '@tiaoli/contract/bulk-edits'
import { useState } from 'react'
import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { More } from '../../../kit/more.tsx'
import { Await } from '../../../kit/states.tsx'
import { Switch } from '../../../kit/switch.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useLines } from '../bulk-edits.queries.ts'

/** The entries of a sheet, those of one outcome at a time: what changes cell by cell, and what is amiss. */
export function Lines({ edit }: { edit: BulkEdit }) {
  const { t } = useDeskText()
  const present = bulkEditOutcomes.filter((outcome) => edit.counts[outcome] > 0)
  const [chosen, setChosen] = useState<BulkEditOutcome | 'all'>('all')
  const outcome = present.find((one) => one === chosen)
  const pages = useLines(edit.id, outcome)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <div className="stack">
      <Switch
        label={t.bulkEdits.show}
        value={outcome ?? 'all'}
        options={[
          { value: 'all' as const, label: t.bulkEdits.all },
          ...present.map((value) => ({
            value,
            label: `${t.bulkEdits.outcomes[value]} ${edit.counts[value]}`,
          })),
        ]}
        onChange={setChosen}
      />
      <Await reading={reading} lines={6}>
        {(read) => {
          const lines = read.flatMap(({ items }) => items)
          if (lines.length === 0) return <p className="quiet">{t.bulkEdits.empty}</p>
          return (
            <div className="stack">
              {lines.map((line) => (
                <Line key={`${line.line} ${line.entryId}`} line={line} />
              ))}
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </div>
  )
}

function Line({ line }: { line: BulkEditLine }) {
  const { t, say } = useDeskText()
  const words = (value: string) => (value === '' ? <span className="quiet">{t.bulkEdits.blank}</span> : value)
  return (
    <div className="stack">
      <h3>
        {line.entryId === null ? line.title : <Link to={`/entries/${line.entryId}`}>{line.title}</Link>}{' '}
        <span className="quiet small">
          {t.bulkEdits.line(line.line)} · {t.bulkEdits.outcomes[line.outcome]}
        </span>
      </h3>
      {line.errors.length > 0 && (
        <ul>
          {line.errors.map((error) => (
            <li key={`${error.sheet.en} ${error.line} ${error.column} ${error.message.zh}`}>
              <span className="quiet">{t.bulkEdits.at2(say(error.sheet), error.line, error.column)}</span>{' '}
              {say(error.message)} {error.article && <ArticleChip article={error.article} />}
            </li>
          ))}
        </ul>
      )}
      {line.changes.length > 0 && (
        <Table
          caption={line.title}
          rows={line.changes}
          rowKey={({ place }, index) => `${place.zh} ${index}`}
          columns={[
            { key: 'place', title: t.bulkEdits.place, cell: ({ place }) => say(place) },
            { key: 'before', title: t.bulkEdits.before, width: 'roomy', cell: ({ before }) => words(before) },
            { key: 'after', title: t.bulkEdits.after, width: 'roomy', cell: ({ after }) => words(after) },
          ]}
        />
      )}
    </div>
  )
}
