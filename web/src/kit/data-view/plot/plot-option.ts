import type { Colours } from '../use-chart.ts'
import type { Cell, Lined } from './plot-data.ts'

export type Drawn =
  | {
      readonly shape: 'lines' | 'bars' | 'histogram' | 'ranking'
      readonly lined: Lined
      readonly log: boolean
    }
  | {
      readonly shape: 'scatter'
      readonly cells: readonly Cell[]
      readonly across: string
      readonly upwards: string
    }

type Named = { readonly name: string; readonly label: string }

/** Colours of series beside the first; all of them can be told from each other and from the paper in both lights. */
const furtherColours = ['#c2670f', '#6b5bb5', '#3f8f3a', '#b8437e', '#4a7fc1', '#8c7a2b', '#7a7a7a']

/** Bars in a ranking: as high as a line of text, so that no name is left out. */
export const rankingRowPixels = 30

/** What the charting library draws. */
export function optionOf(drawn: Drawn, named: Named, colour: Colours): Record<string, unknown> {
  const common = {
    animation: false,
    aria: { enabled: true, label: { description: named.label } },
    color: [colour.teal, ...furtherColours],
  }
  return { ...common, ...(drawn.shape === 'scatter' ? scatter(drawn, colour) : lined(drawn, named, colour)) }
}

const labelled = (colour: Colours) => ({
  axisLabel: { color: colour.ink, hideOverlap: true },
  axisLine: { lineStyle: { color: colour.line } },
  splitLine: { lineStyle: { color: colour.line } },
})

function lined(
  { shape, lined: { labels, series }, log }: Exclude<Drawn, { shape: 'scatter' }>,
  { name }: Named,
  colour: Colours,
): Record<string, unknown> {
  const across = shape !== 'ranking'
  const crowded = across && labels.length > 60
  const several = series.length > 1
  const places = {
    type: 'category',
    data: labels,
    axisTick: { show: false },
    ...labelled(colour),
    splitLine: { show: false },
    ...(across
      ? {}
      : {
          inverse: true,
          axisLabel: { color: colour.ink, interval: 0, width: 150, overflow: 'break', lineHeight: 14 },
        }),
  }
  const values = { type: log ? 'log' : 'value', ...labelled(colour) }
  return {
    grid: {
      left: 8,
      right: 20,
      top: several ? 44 : 16,
      bottom: crowded ? 52 : 12,
      containLabel: true,
    },
    legend: several
      ? { type: 'plain', top: 0, left: 0, itemWidth: 14, textStyle: { color: colour.ink } }
      : undefined,
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colour.paper,
      textStyle: { color: colour.ink },
    },
    dataZoom: crowded ? [{ type: 'slider', height: 18, bottom: 8 }] : [],
    xAxis: across ? places : values,
    yAxis: across ? values : places,
    series: series.map((one) => ({
      type: shape === 'lines' ? 'line' : 'bar',
      name: one.name || name,
      // Nothing has a place on a logarithmic scale.
      data: log ? one.values.map((value) => (value !== null && value > 0 ? value : null)) : one.values,
      ...(shape === 'histogram' ? { barCategoryGap: '4%' } : { barMaxWidth: 36 }),
      ...(several && shape !== 'lines' && !log ? { stack: 'all' } : {}),
      showSymbol: labels.length < 60,
      lineStyle: { width: 2 },
    })),
  }
}

const [leastRadius, greatestRadius] = [3, 22]

function scatter(
  { cells, across, upwards }: Extract<Drawn, { shape: 'scatter' }>,
  colour: Colours,
): Record<string, unknown> {
  const most = Math.max(1, ...cells.map(({ count }) => count))
  const axis = { type: 'value', scale: true, ...labelled(colour) }
  return {
    grid: { left: 8, right: 28, top: 32, bottom: 32, containLabel: true },
    tooltip: {
      confine: true,
      backgroundColor: colour.paper,
      textStyle: { color: colour.ink },
      valueFormatter: String,
    },
    xAxis: {
      ...axis,
      name: across,
      nameLocation: 'middle',
      nameGap: 30,
      nameTextStyle: { color: colour.ink },
    },
    yAxis: { ...axis, name: upwards, nameTextStyle: { color: colour.ink, align: 'left' } },
    series: [
      {
        type: 'scatter',
        dimensions: [across, upwards, 'n'],
        data: cells.map(({ x, y, count }) => [x, y, count]),
        symbolSize: (value: readonly number[]) =>
          leastRadius + (greatestRadius - leastRadius) * Math.sqrt((value[2] ?? 0) / most),
        itemStyle: { opacity: 0.7 },
      },
    ],
  }
}
