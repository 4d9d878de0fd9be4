import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { type RefObject, useEffect, useRef } from 'react'
import { usePreferences } from '../preferences.ts'

use([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  TooltipComponent,
  AriaComponent,
  DataZoomComponent,
  LegendComponent,
  SVGRenderer,
])

export type Colours = Readonly<Record<'teal' | 'due' | 'red' | 'quiet' | 'ink' | 'line' | 'paper', string>>

/**
 * Draws what `optionOf` says into an element and keeps it drawn; `optionOf` has to stay the same between changes, and
 * so has `onDrawn`, which is handed the drawing and null when it is gone.
 */
export function useChart(
  optionOf: (colours: Colours) => Record<string, unknown>,
  onDrawn?: (chart: EChartsType | null) => void,
): RefObject<HTMLDivElement | null> {
  const holder = useRef<HTMLDivElement>(null)
  const { light } = usePreferences()
  useEffect(() => {
    const element = holder.current
    if (!element) return
    const chart = init(element, null, { renderer: 'svg' })
    chart.setOption(optionOf(colours(light)))
    onDrawn?.(chart)
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      onDrawn?.(null)
      chart.dispose()
    }
  }, [optionOf, onDrawn, light])
  return holder
}

function colours(_light: string): Colours {
  const style = getComputedStyle(document.documentElement)
  const read = (token: string) => style.getPropertyValue(token).trim()
  return {
    teal: read('--teal'),
    due: read('--due'),
    red: read('--red'),
    quiet: read('--line-strong'),
    ink: read('--ink-quiet'),
    line: read('--line'),
    paper: read('--paper-raised'),
  }
}
