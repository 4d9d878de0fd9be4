import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, DataZoomComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { usePreferences } from '../preferences.ts'
import type { PlotKind, Point } from './chart-defaults.ts'

use([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, DataZoomComponent, SVGRenderer])

type Props = { points: readonly Point[]; kind: PlotKind; name: string; label: string }

/** The drawing of a plot. Loaded only when a plot is looked at. */
export default function PlotCanvas({ points, kind, name, label }: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const { light, size } = usePreferences()
  useEffect(() => {
    const element = holder.current
    if (!element) return
    const chart = init(element, null, { renderer: 'svg' })
    chart.setOption(optionOf({ points, kind, name, label }, colours(light)))
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [points, kind, name, label, light])
  return <div ref={holder} role="img" aria-label={label} style={{ height: size === 'large' ? 460 : 380 }} />
}

function colours(_light: string) {
  const style = getComputedStyle(document.documentElement)
  const read = (token: string) => style.getPropertyValue(token).trim()
  return {
    teal: read('--teal'),
    ink: read('--ink-quiet'),
    line: read('--line'),
    paper: read('--paper-raised'),
  }
}

function optionOf({ points, kind, name, label }: Props, colour: ReturnType<typeof colours>) {
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
