import type { FiguresAnswer } from '@tiaoli/contract/figures'
import { useCallback } from 'react'
import { type Colours, useChart } from '../../../kit/data-view/use-chart.ts'
import { usePreferences } from '../../../kit/preferences.ts'
import { usePortalText } from '../../../text/use-text.ts'

const parts = ['inTime', 'untimed', 'late', 'overdue'] as const

/** Requests month by month, divided by how they were answered. Loaded only when figures are looked at. */
export default function MonthsCanvas({ months, label }: { months: FiguresAnswer['months']; label: string }) {
  const { t } = usePortalText()
  const { size } = usePreferences()
  const option = useCallback(
    (colour: Colours) => {
      const shades = { inTime: colour.teal, untimed: colour.teal, late: colour.due, overdue: colour.red }
      // A part that never occurs is no part of the drawing.
      const drawn = parts.filter((key) => months.some((month) => month[key] > 0))
      const rest = months.map((month) => month.filed - parts.reduce((sum, key) => sum + month[key], 0))
      const bar = { type: 'bar', stack: 'filed', barMaxWidth: 36 }
      return {
        animation: false,
        aria: { enabled: true, label: { description: label } },
        grid: { left: 8, right: 16, top: 48, bottom: 12, containLabel: true },
        legend: { top: 0, left: 0, itemWidth: 14, textStyle: { color: colour.ink } },
        tooltip: { trigger: 'axis', backgroundColor: colour.paper, textStyle: { color: colour.ink } },
        xAxis: {
          type: 'category',
          data: months.map(({ month }) => month),
          axisLabel: { color: colour.ink, hideOverlap: true },
          axisLine: { lineStyle: { color: colour.line } },
          axisTick: { show: false },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
          axisLabel: { color: colour.ink },
          splitLine: { lineStyle: { color: colour.line } },
        },
        series: [
          ...drawn.map((key) => ({
            ...bar,
            name: t.figures.keys[key],
            itemStyle: { color: shades[key] },
            data: months.map((month) => month[key]),
          })),
          ...(rest.some((count) => count > 0)
            ? [{ ...bar, name: t.figures.undecided, itemStyle: { color: colour.quiet }, data: rest }]
            : []),
        ],
      }
    },
    [months, label, t],
  )
  const holder = useChart(option)
  return <div ref={holder} role="img" aria-label={label} style={{ height: size === 'large' ? 400 : 320 }} />
}
