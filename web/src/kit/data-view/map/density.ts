import { binRange, type Row, widthFor } from '../plot/plot-data.ts'
import type { Bounds, Place } from './places.ts'

/** Cells along the longer side of what is in sight. */
const wantedCells = 40

type Axes = { readonly longitude: string; readonly latitude: string }

/** What to ask the interface for so that rows are counted by cells within a frame; the whole where there is none yet. */
export function densityQuery({ longitude, latitude }: Axes, bounds: Bounds | null) {
  if (bounds === null) return { group: `${longitude}:bin,${latitude}:bin`, where: [] }
  const [west, south, east, north] = bounds
  const span = Math.max(east - west, north - south, 1e-6)
  const width = widthFor({ least: 0, greatest: span, width: span }, wantedCells)
  const between = (field: string, from: number, to: number) =>
    `${field}:between:${outward(from, width, Math.floor)}|${outward(to, width, Math.ceil)}`
  return {
    group: `${longitude}:bin:${width},${latitude}:bin:${width}`,
    where: [between(longitude, west, east), between(latitude, south, north)],
  }
}

/** To the edge of a cell: a cell cut through would be counted as less than it is. */
const outward = (value: number, width: number, round: (value: number) => number): number =>
  Number((round(value / width) * width).toFixed(6))

/** Counted cells as circles at their middle, the largest first so that smaller ones lie on top. */
export function densityPlaces(
  rows: readonly Row[],
  { longitude, latitude }: Axes,
  width: number | null,
  titleOf: (count: number) => string,
): Place[] {
  const half = (field: string) => (width ?? binRange(rows, field)?.width ?? 0) / 2
  const [halfX, halfY] = [half(longitude), half(latitude)]
  const counts = rows.flatMap((row) => {
    const [x, y] = [row[longitude], row[latitude]]
    return x === null || y === null || x === undefined || y === undefined
      ? []
      : [{ x: Number(x) + halfX, y: Number(y) + halfY, count: Number(row.count) }]
  })
  const most = counts.reduce((greatest, { count }) => Math.max(greatest, count), 1)
  return counts
    .toSorted((a, b) => b.count - a.count)
    .map(({ x, y, count }) => ({ longitude: x, latitude: y, title: titleOf(count), share: count / most }))
}

export const widthOfGroup = (group: string): number | null => {
  const width = Number(/:bin:([0-9.e+-]+)$/.exec(group)?.[1])
  return Number.isFinite(width) ? width : null
}
