import type { Entry } from '@tiaoli/contract/catalogue'
import { listRows, type RowsAnswer } from '@tiaoli/contract/gateway'
import { maskTerm } from '@tiaoli/kernel/masks'
import { useText } from '../../text/use-text.ts'
import { usePages } from '../api.ts'
import { More } from '../more.tsx'
import { Await, Empty } from '../states.tsx'
import { type Column, Table } from '../table.tsx'
import type { DataState } from './data-state.ts'
import styles from './data-view.module.css'
import type { Use } from './use.types.ts'

const numeric = new Set(['integer', 'decimal', 'longitude', 'latitude'])

/** Values that mean nothing in halves. */
const unbroken = new Set([
  'credit-code',
  'identity-number',
  'division-code',
  'phone',
  'date',
  'time',
  'instant',
])

type Row = RowsAnswer['rows'][number]

type Props = {
  entry: Entry
  use: Use
  state: DataState
  change: (part: Partial<DataState>) => void
}

/** The rows themselves, twenty at a time; a heading sorts by its field. */
export function DataTable({ entry, use, state, change }: Props) {
  const { t } = useText()
  const pages = usePages(listRows, {
    params: { entryId: entry.id },
    query: { ...use, where: [...state.where], sort: state.sort, limit: 20 },
  })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading} lines={10}>
      {(read) => {
        const rows = read.flatMap((page) => page.rows)
        if (rows.length === 0) return <Empty title={t.data.noRows}>{t.data.noRowsWhy}</Empty>
        return (
          <div className="stack">
            <Table
              caption={t.data.tableLabel(entry.title)}
              rows={rows}
              rowKey={(_, index) => String(index)}
              columns={read[0]!.columns
                .filter(({ mask }) => mask !== 'hidden')
                .map((column) => ({
                  key: column.name,
                  title: <Heading column={column} sort={state.sort} onSort={(sort) => change({ sort })} />,
                  numeric: numeric.has(column.type),
                  ...widthOf(column, rows),
                  cell: (row: Row) => cellText(row[column.name]),
                }))}
            />
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )

  /** By type, or by what the page shows: short text stays on one line, long text is given room. */
  function widthOf(
    { name, type }: RowsAnswer['columns'][number],
    rows: readonly Row[],
  ): Pick<Column<Row>, 'width'> {
    if (unbroken.has(type)) return { width: 'unbroken' }
    const longest = Math.max(...rows.map((row) => cellText(row[name]).length))
    if (longest <= 10) return { width: 'unbroken' }
    return longest > 14 ? { width: 'roomy' } : {}
  }

  function cellText(value: Row[string] | undefined): string {
    if (value === null || value === undefined) return ''
    return typeof value === 'boolean' ? t.common.yesNo(value) : String(value)
  }
}

function Heading(props: {
  column: RowsAnswer['columns'][number]
  sort: string
  onSort: (sort: string) => void
}) {
  const { t, say } = useText()
  const { name, mask } = props.column
  const sorted = props.sort === name ? 'up' : props.sort === `-${name}` ? 'down' : null
  const next = sorted === 'up' ? `-${name}` : sorted === 'down' ? '' : name
  return (
    <button
      type="button"
      className={styles.heading}
      onClick={() => props.onSort(next)}
      title={t.data.sortBy(name)}
    >
      {name}
      {mask !== 'none' && <span className="small">（{say(maskTerm(mask))}）</span>}
      <span aria-hidden="true">{sorted === 'up' ? ' ↑' : sorted === 'down' ? ' ↓' : ''}</span>
      {sorted && <span className="visually-hidden">{t.data.sorted[sorted]}</span>}
    </button>
  )
}
