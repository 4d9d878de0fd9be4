import { fieldOfGroup, isBinned, type Plot } from './chart-defaults.ts'

export type Row = Record<string, string | number | boolean | null>
export type Series = { readonly name: string; readonly values: readonly (number | null)[] }
/** A plot over named places: categories, months, bins. */
export type Lined = { readonly labels: readonly string[]; readonly series: readonly Series[] }
/** Two numbers against each other: how many rows lie in each cell, at the middle of it. */
export type Cell = { readonly x: number; readonly y: number; readonly count: number }
export type Range = { readonly least: number; readonly greatest: number; readonly width: number }

/** Places beyond which gaps are not filled: nobody could see them. */
const mostPlaces = 2000

/** What stands where a row has no value, and how a value is written. */
export type Words = { readonly nothing: string; readonly yesNo: (value: boolean) => string }

/** Exact numbers may come as text, so that no digit is lost on the way; a plot can do with fewer. */
export function toNumber(value: Row[string] | undefined): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** Sums of floating steps come out as 0.30000000000000004: no measured number has as many digits. */
const clean = (value: number): number => Number(value.toPrecision(12))

/** Where the bins of an answer begin and end, and how wide they are; null where there is but one, whose width shows nowhere. */
export function binRange(rows: readonly Row[], group: string): Range | null {
  const field = fieldOfGroup(group)
  const starts = rows.flatMap((row) => toNumber(row[field] ?? null) ?? [])
  const sorted = [...new Set(starts)].toSorted((a, b) => a - b)
  if (sorted.length < 2) return null
  const width = Math.min(...sorted.slice(1).map((start, place) => start - sorted[place]!))
  return { least: sorted[0]!, greatest: clean(sorted.at(-1)! + width), width: clean(width) }
}

/** A width of 1, 2 or 5 times a power of ten that cuts a range into about as many bins as are wanted. */
export function widthFor({ least, greatest }: Range, bins: number): number {
  const rough = (greatest - least) / bins
  const power = 10 ** Math.floor(Math.log10(rough))
  // The nearest as a factor: 2 for 2.7, and 5 for 3.3.
  const step = [1, 2, 5, 10].reduce((best, factor) =>
    Math.abs(Math.log((factor * power) / rough)) < Math.abs(Math.log((best * power) / rough)) ? factor : best,
  )
  return Number((step * power).toPrecision(1))
}

/** The groups of a plot as the interface takes them, bins with the width that was worked out for their field. */
export function groupsOf(plot: Plot, widths: ReadonlyMap<string, number>): string {
  return [plot.group, plot.split]
    .filter((group) => group !== '')
    .map((group) => (isBinned(group) && widths.has(group) ? `${group}:${widths.get(group)}` : group))
    .join(',')
}

/** Reads an aggregation as lines or bars: time and bins in order with their gaps, categories with the largest first. */
export function linedOf(rows: readonly Row[], plot: Plot, words: Words): Lined {
  const { group, split, measure } = plot
  const [field, splitField] = [fieldOfGroup(group), fieldOfGroup(split)]
  const range = isBinned(group) ? binRange(rows, group) : null
  const placeOf = (row: Row) => wordOf(row[field], words)
  const column = measure.replace(':', '_')
  const names = split === '' ? [''] : [...new Set(rows.map((row) => wordOf(row[splitField], words)))]
  const found = new Map(names.map((name) => [name, new Map<string, number | null>()]))
  for (const row of rows)
    found
      .get(split === '' ? '' : wordOf(row[splitField], words))!
      .set(placeOf(row), toNumber(row[column] ?? null))
  const totalAt = (place: string) =>
    [...found.values()].reduce((sum, values) => sum + (values.get(place) ?? 0), 0)
  const known = [...new Set(rows.map(placeOf))]
  const ordered = field === group ? known.toSorted((a, b) => totalAt(b) - totalAt(a)) : known
  const places = withGaps(ordered, group, range, words)
  const gap = measure === 'count' ? 0 : null
  return {
    labels: places.map((place) => labelOf(place, range)),
    series: names.map((name) => ({
      name,
      values: places.map((place) => {
        const value = found.get(name)!.get(place)
        return value === undefined ? gap : value
      }),
    })),
  }
}

/** Reads an aggregation by two numbers as cells; rows without one of the two lie nowhere. */
export function cellsOf(rows: readonly Row[], plot: Plot): Cell[] {
  const [xField, yField] = [fieldOfGroup(plot.group), fieldOfGroup(plot.split)]
  const half = (group: string) => (binRange(rows, group)?.width ?? 0) / 2
  const [halfX, halfY] = [half(plot.group), half(plot.split)]
  return rows.flatMap((row) => {
    const [x, y] = [toNumber(row[xField] ?? null), toNumber(row[yField] ?? null)]
    return x === null || y === null
      ? []
      : [{ x: clean(x + halfX), y: clean(y + halfY), count: Number(row.count) }]
  })
}

function wordOf(value: Row[string] | undefined, { nothing, yesNo }: Words): string {
  if (value === null || value === undefined || value === '') return nothing
  if (typeof value === 'boolean') return yesNo(value)
  return typeof value === 'number' ? String(clean(value)) : value
}

function labelOf(place: string, range: Range | null): string {
  const start = Number(place)
  if (range === null || !Number.isFinite(start)) return place
  return `${place}–${clean(start + range.width)}`
}

/** Puts in the months and bins that no row fell into, so that distances are true; what has no value stays last. */
function withGaps(
  places: readonly string[],
  group: string,
  range: Range | null,
  { nothing }: Words,
): string[] {
  const known = places.filter((place) => place !== nothing)
  const after = known.length < places.length ? [nothing] : []
  if (range !== null) {
    const steps = Math.round((range.greatest - range.least) / range.width)
    if (steps > mostPlaces) return [...places]
    const all = Array.from({ length: steps }, (_, step) => String(clean(range.least + step * range.width)))
    return [...(known.every((place) => all.includes(place)) ? all : known), ...after]
  }
  const grain = /:(year|month|day)$/.exec(group)?.[1] as Grain | undefined
  if (grain === undefined) return [...places]
  return [...timesBetween(known, grain), ...after]
}

type Grain = 'year' | 'month' | 'day'

function timesBetween(known: readonly string[], grain: Grain): string[] {
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return []
  const all: string[] = []
  const digits = { year: 4, month: 7, day: 10 }[grain]
  const at = new Date(`${first}${'-01-01'.slice(0, 10 - digits)}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return [...known]
  for (let time = first; time <= last && all.length < mostPlaces; ) {
    all.push(time)
    if (grain === 'year') at.setUTCFullYear(at.getUTCFullYear() + 1)
    else if (grain === 'month') at.setUTCMonth(at.getUTCMonth() + 1)
    else at.setUTCDate(at.getUTCDate() + 1)
    time = at.toISOString().slice(0, digits)
  }
  return all.length < mostPlaces && known.every((time) => all.includes(time)) ? all : [...known]
}
