import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useText } from '../text/use-text.ts'
import styles from './table.module.css'

export type Column<T> = {
  readonly key: string
  readonly title: ReactNode
  readonly numeric?: boolean
  /** Codes, moments and short words that are not broken over two lines; `roomy` for sentences. */
  readonly width?: 'unbroken' | 'roomy'
  readonly cell: (row: T) => ReactNode
}

/** A table that says so where it scrolls sideways, and can be scrolled with the keyboard. */
export function Table<T>(props: {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T, index: number) => string
}) {
  const { t } = useText()
  const scroller = useRef<HTMLElement>(null)
  const wide = useIsWide(scroller)
  return (
    <div>
      {wide && (
        <p className={`${styles.hint} no-print`} aria-hidden="true">
          {t.common.scrollsSideways}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={props.caption}>
        <table className={styles.table}>
          <caption className="visually-hidden">{props.caption}</caption>
          <thead>
            <tr>
              {props.columns.map((column) => (
                <th key={column.key} scope="col" data-numeric={column.numeric}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row, index) => (
              <tr key={props.rowKey(row, index)}>
                {props.columns.map((column) => (
                  <td key={column.key} data-numeric={column.numeric} data-width={column.width}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

/** Whether there is more beside what is in sight of the first child of a scrolled element. */
export function useIsWide(scroller: RefObject<HTMLElement | null>): boolean {
  const [wide, setWide] = useState(false)
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWide(element.scrollWidth > element.clientWidth))
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [scroller])
  return wide
}
