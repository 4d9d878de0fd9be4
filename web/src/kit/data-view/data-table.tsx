import type { Entry } from '@tiaoli/contract/catalogue'
import type { RowsAnswer } from '@tiaoli/contract/gateway'
import { maskTerm } from '@tiaoli/kernel/masks'
import { useState } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { formatNumber } from '../formats.ts'
import { Await, Empty, Failure } from '../states.tsx'
import type { DataState } from './data-state.ts'
import styles from './data-view.module.css'
import { useCellText } from './rows/cell-text.ts'
import { ColumnChoice } from './rows/column-choice.tsx'
import { RowDetail } from './rows/row-detail.tsx'
import { RowsGrid } from './rows/rows-grid.tsx'
import { useRowPages } from './rows/use-row-pages.ts'
import type { Use } from './use.types.ts'

type Column = RowsAnswer['columns'][number]

type Props = {
  entry: Entry
  /** Names of the fields that may be seen. */
  names: readonly string[]
  use: Use
  state: DataState
  change: (part: Partial<DataState>) => void
}

/** The rows themselves, however many; a heading sorts by its field, a row opens in full. */
export function DataTable({ entry, names, use, state, change }: Props) {
  const { t, language } = usePortalText()
  const [open, setOpen] = useState<number | null>(null)
  const named = new Set(state.columns === '' ? [] : state.columns.split(','))
  const chosen = names.filter((name) => named.has(name))
  const fields = chosen.length === 0 || chosen.length === names.length ? '' : chosen.join(',')
  const { pages, known } = useRowPages({
    entryId: entry.id,
    use,
    where: state.where,
    sort: state.sort,
    fields,
  })
  const cellText = useCellText()
  const sortedBy = ({ name }: Column) =>
    state.sort === name ? 'ascending' : state.sort === `-${name}` ? 'descending' : 'none'
  const reading = {
    data: known.columns ?? undefined,
    error: known.columns === null ? known.error : null,
    refetch: () => pages?.retry(),
  }
  return (
    <div className="stack" style={{ '--gap': '8px' } as React.CSSProperties}>
      <ColumnChoice
        names={names}
        chosen={fields === '' ? names : chosen}
        onChange={(next) => change({ columns: next.length === names.length ? '' : next.join(',') })}
      />
      <Await reading={reading} lines={10}>
        {(told) => {
          if (pages === null || known.reached === 0)
            return <Empty title={t.data.noRows}>{t.data.noRowsWhy}</Empty>
          const columns = told.filter(({ mask }) => mask !== 'hidden')
          return (
            <>
              <RowsGrid
                // Another query begins at its first row.
                key={JSON.stringify([state.where, state.sort, fields])}
                label={t.data.tableLabel(entry.title)}
                pages={pages}
                known={known}
                columns={columns}
                cellText={cellText}
                heading={(column) => (
                  <Heading column={column} sort={state.sort} onSort={(sort) => change({ sort })} />
                )}
                order={sortedBy}
                loading={t.common.loading}
                onOpen={setOpen}
              />
              <p className="quiet small no-print">{t.looking.tableHelp}</p>
              {known.error && <Failure error={known.error} retry={() => pages.retry()} />}
              {open !== null && pages.row(open) && (
                <RowDetail
                  key={open}
                  row={pages.row(open)!}
                  title={t.looking.rowNumber(formatNumber(open + 1, language))}
                  columns={columns}
                  onClose={() => setOpen(null)}
                />
              )}
            </>
          )
        }}
      </Await>
    </div>
  )
}

function Heading({ column, sort, onSort }: { column: Column; sort: string; onSort: (sort: string) => void }) {
  const { t, say } = usePortalText()
  const { name, mask } = column
  const sorted = sort === name ? 'up' : sort === `-${name}` ? 'down' : null
  const next = sorted === 'up' ? `-${name}` : sorted === 'down' ? '' : name
  // What is masked can be looked at and not asked by.
  if (mask !== 'none')
    return (
      <>
        {name}
        <span className="small">（{say(maskTerm(mask))}）</span>
      </>
    )
  return (
    <button type="button" className={styles.heading} onClick={() => onSort(next)} title={t.data.sortBy(name)}>
      {name}
      <span aria-hidden="true">{sorted === 'up' ? ' ↑' : sorted === 'down' ? ' ↓' : ''}</span>
      {sorted && <span className="visually-hidden">{t.data.sorted[sorted]}</span>}
    </button>
  )
}
