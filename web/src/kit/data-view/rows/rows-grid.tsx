// biome-ignore-all lint/a11y/useSemanticElements: a table keeps its own layout, in which rows cannot stand by themselves
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are the grid's
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual'
import type { RowsAnswer } from '@tiaoli/contract/gateway'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import { usePreferences } from '../../preferences.ts'
import { useIsWide } from '../../table.tsx'
import { type Cell, cellAfter } from './active-cell.ts'
import { columnWidths } from './column-widths.ts'
import type { Row, RowPages, RowsKnown } from './row-pages.ts'
import { windowBase, windowCount, windowRows } from './row-window.ts'
import styles from './rows-grid.module.css'

type Column = RowsAnswer['columns'][number]

type Props = {
  label: string
  pages: RowPages
  known: RowsKnown
  columns: readonly Column[]
  cellText: (row: Row, column: Column) => string
  heading: (column: Column) => ReactNode
  order: (column: Column) => 'ascending' | 'descending' | 'none'
  loading: string
  onOpen: (index: number) => void
}

/** Rows shown as coming, beyond those that have been read. */
const comingRows = 20
/** Rows by which columns are given their width. */
const measuredRows = 60
/**
 * The height that is filled with rows, at most: on paper the list is as high as its rows, and would draw more of them
 * for being higher, until it had drawn all.
 */
const filledPixels = 640
/** With more columns than these, numbers too are broken on paper. */
const roomyColumns = 16
const numeric = new Set(['integer', 'decimal', 'longitude', 'latitude'])

/** Rows of any number: those in sight stand in the page, the others are a height that is scrolled over. */
export function RowsGrid(props: Props) {
  const { pages, known, columns } = props
  const { size } = usePreferences()
  const { t, language } = usePortalText()
  const rowPixels = size === 'large' ? 50 : 38
  const headPixels = rowPixels + 4
  const scroller = useRef<HTMLDivElement>(null)
  const wide = useIsWide(scroller)
  const [base, setBase] = useState(0)
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 })
  const followed = useRef(true)
  const left = Math.max(0, (known.total ?? 0) - known.reached)
  const count = known.reached + (known.ended ? 0 : Math.min(comingRows, left))
  const virtual = useVirtualizer({
    count: windowCount(base, count),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 8,
    observeElementRect: (instance, tell) =>
      observeElementRect(instance, (rect) => tell({ ...rect, height: Math.min(rect.height, filledPixels) })),
    scrollMargin: headPixels,
    scrollPaddingStart: headPixels,
  })
  // By the rows that came first: a column does not change its width while it is read.
  const [widths] = useState(() => columnWidths(columns, firstTexts(props)))
  const items = virtual.getVirtualItems()
  const first = base + (items[0]?.index ?? 0)
  const last = base + (items.at(-1)?.index ?? 0)

  useEffect(() => pages.want(first, last), [pages, first, last])
  // Another height of rows is measured anew.
  useEffect(() => virtual.measure(), [rowPixels])
  useKeptPlace(scroller, base, rowPixels)
  useEffect(() => {
    if (followed.current) setBase(windowBase(base, first, count))
  }, [base, first, count])
  useEffect(() => {
    if (followed.current) return
    const place = active.row - base
    if (place < 0 || place >= windowRows) {
      setBase(Math.max(0, active.row - windowRows / 2))
      return
    }
    followed.current = true
    virtual.scrollToIndex(place, { align: 'auto' })
    // The cell stands in the page once the list has moved.
    requestAnimationFrame(() => bringIntoSight(scroller.current, cellId(active)))
  }, [active, base, virtual])

  function press(event: React.KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      props.onOpen(active.row)
      return
    }
    const pageRows = Math.max(1, Math.floor((scroller.current!.clientHeight - headPixels) / rowPixels))
    const next = cellAfter(active, event, { rows: known.reached, columns: columns.length, pageRows })
    if (next === null) return
    event.preventDefault()
    followed.current = false
    setActive(next)
  }

  const template = widths.map((ems) => `minmax(${ems}em, ${ems}fr)`).join(' ')
  const least = `${widths.reduce((sum, ems) => sum + ems, 0)}em`
  const style = {
    '--row': `${rowPixels}px`,
    '--head': `${headPixels}px`,
    '--columns': template,
    '--least': least,
    '--count': columns.length,
  } as React.CSSProperties
  // What has not been read yet is not printed.
  const printed = items.map(({ index }) => base + index).filter((index) => pages.row(index) !== undefined)
  const from = (printed[0] ?? 0) + 1
  const to = (printed.at(-1) ?? -1) + 1
  const number = (value: number) => formatNumber(value, language)
  return (
    <>
      {wide && (
        <p className="quiet small no-print" aria-hidden="true">
          {t.common.scrollsSideways}
        </p>
      )}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={(known.total ?? -2) + 1}
        aria-colcount={columns.length}
        aria-activedescendant={active.row >= first && active.row <= last ? cellId(active) : undefined}
        className={styles.grid}
        data-crowded={columns.length > roomyColumns}
        style={style}
        onKeyDown={press}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row}>
            {columns.map((column, place) => (
              <div
                key={column.name}
                role="columnheader"
                aria-colindex={place + 1}
                aria-sort={props.order(column)}
                data-numeric={numeric.has(column.type)}
              >
                {props.heading(column)}
              </div>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={styles.rows}
          style={{ '--height': `${virtual.getTotalSize()}px` } as React.CSSProperties}
        >
          {items.map((item) => {
            const index = base + item.index
            const row = pages.row(index)
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                aria-busy={row === undefined}
                className={styles.row}
                data-odd={index % 2 === 1}
                style={{ '--from': `${item.start - headPixels}px` } as React.CSSProperties}
                onClick={() => {
                  setActive((now) => ({ ...now, row: index }))
                  if (row) props.onOpen(index)
                }}
              >
                {columns.map((column, place) => (
                  <div
                    key={column.name}
                    id={cellId({ row: index, column: place })}
                    role="gridcell"
                    aria-colindex={place + 1}
                    data-active={active.row === index && active.column === place}
                    data-numeric={numeric.has(column.type)}
                  >
                    {row === undefined ? <Coming words={props.loading} /> : props.cellText(row, column)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      {!(from === 1 && to === known.total) && (
        <p className="only-print">
          {t.looking.printed(number(from), number(to), known.total === null ? null : number(known.total))}
        </p>
      )}
    </>
  )
}

/** What the first rows show, in the order of the columns. */
function firstTexts({ pages, known, columns, cellText }: Props): string[][] {
  const first = Array.from({ length: Math.min(measuredRows, known.reached) }, (_, index) => pages.row(index))
  return first.flatMap((row) => (row ? [columns.map((column) => cellText(row, column))] : []))
}

const Coming = ({ words }: { words: string }) => (
  <span className={styles.coming}>
    <span className="visually-hidden">{words}</span>
  </span>
)

const cellId = ({ row, column }: Cell): string => `cell-${row}-${column}`

/** Sideways too: rows alone are what the list itself scrolls to. */
function bringIntoSight(scroller: HTMLElement | null, id: string): void {
  const cell = document.getElementById(id)
  if (scroller === null || cell === null) return
  const from = cell.offsetLeft
  const to = from + cell.offsetWidth
  if (from < scroller.scrollLeft) scroller.scrollLeft = from
  else if (to > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = to - scroller.clientWidth
}

/** When the part of the rows that is held moves along, what is in sight stays where it is. */
function useKeptPlace(scroller: React.RefObject<HTMLElement | null>, base: number, rowPixels: number): void {
  const before = useRef(base)
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop += (before.current - base) * rowPixels
    before.current = base
  }, [scroller, base, rowPixels])
}
