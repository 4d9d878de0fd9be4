import { useState } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import { type Column, Table } from '../../table.tsx'
import styles from '../data-view.module.css'
import type { Drawn } from './plot-option.ts'

type Line = { readonly key: string; readonly cells: readonly (string | number | null)[] }

/** What the plot shows, as numbers; put into the page once it is asked for. */
export function PlotTable(props: { drawn: Drawn; label: string; name: string; group: string }) {
  const { t, language } = usePortalText()
  const [open, setOpen] = useState(false)
  const { drawn, label, name, group } = props
  return (
    <details className="no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>{t.data.asTable}</summary>
      {open && <Table caption={label} rows={lines()} rowKey={({ key }) => key} columns={columns()} />}
    </details>
  )

  function columns(): Column<Line>[] {
    const titles =
      drawn.shape === 'scatter'
        ? [drawn.across, drawn.upwards, t.data.measures.count]
        : [group, ...drawn.lined.series.map((series) => series.name || name)]
    return titles.map((title, place) => ({
      key: `${place}`,
      title,
      numeric: place > 0 || drawn.shape === 'scatter',
      cell: ({ cells }) => {
        const cell = cells[place] ?? ''
        return typeof cell === 'number' ? formatNumber(cell, language) : cell
      },
    }))
  }

  function lines(): Line[] {
    if (drawn.shape === 'scatter')
      return drawn.cells.map(({ x, y, count }) => ({ key: `${x} ${y}`, cells: [x, y, count] }))
    const { labels, series } = drawn.lined
    return labels.map((text, place) => ({
      key: `${place} ${text}`,
      cells: [text, ...series.map(({ values }) => values[place] ?? null)],
    }))
  }
}
