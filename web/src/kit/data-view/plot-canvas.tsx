import { useCallback } from 'react'
import { usePreferences } from '../preferences.ts'
import type { PlotKind, Point } from './chart-defaults.ts'
import { type Colours, useChart } from './use-chart.ts'

type Props = { points: readonly Point[]; kind: PlotKind; name: string; label: string }

/** The drawing of a plot. Loaded only when a plot is looked at. */
export default function PlotCanvas({ points, kind, name, label }: Props) {
  const { size } = usePreferences()
  const option = useCallback(
    (colours: Colours) => optionOf({ points, kind, name, label }, colours),
    [points, kind, name, label],
  )
  const holder = useChart(option)
  return <div ref={holder} role="img" aria-label={label} style={{ height: size === 'large' ? 460 : 380 }} />
}

function optionOf({ points, kind, name, label }: Props, colour: Colours) {
  const crowded = points.length > 40
  return {
    animation: false,
    aria: { enabled: true, label: { description: label } },
    color: [colour.teal],
    grid: { left: 8, right: 16, top: 36, bottom: crowded ? 52 : 12, containLabel: true },
    tooltip: { trigger: 'axis', backgroundColor: colour.paper, textStyle: { color: colour.ink } },
    dataZoom: crowded ? [{ type: 'slider', height: 18, bottom: 8 }] : [],
    xAxis: {
      type: 'category',
      data: points.map((point) => point.label),
      axisLabel: { color: colour.ink, hideOverlap: true, width: 110, overflow: 'truncate' },
      axisLine: { lineStyle: { color: colour.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      name,
      nameTextStyle: { color: colour.ink, align: 'left' },
      axisLabel: { color: colour.ink },
      splitLine: { lineStyle: { color: colour.line } },
    },
    series: [
      {
        type: kind,
        name,
        data: points.map((point) => point.value),
        barMaxWidth: 36,
        showSymbol: points.length < 60,
        lineStyle: { width: 2 },
      },
    ],
  }
}
