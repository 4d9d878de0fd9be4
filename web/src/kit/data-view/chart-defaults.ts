import type { Entry, EntryField } from '@tiaoli/contract/catalogue'

type Named = Pick<EntryField, 'name' | 'type'> & { readonly key?: boolean }
type Distinct = (field: string) => number | undefined

export type PlotKind = 'line' | 'bar'
export type Plot = { readonly group: string; readonly measure: string; readonly kind: PlotKind }

const numeric = new Set<EntryField['type']>(['integer', 'decimal'])
const dated = new Set<EntryField['type']>(['date', 'instant'])
/** More bars than this cannot be read. */
const mostCategories = 60

export const distinctFrom =
  (quality: Entry['quality']): Distinct =>
  (field) =>
    quality?.fields.find((one) => one.field === field)?.distinct

/** How a field is grouped: dates by month, numbers by bins of equal width, everything else by its values. */
export function groupOf({ name, type }: Named): string {
  if (dated.has(type)) return `${name}:month`
  if (numeric.has(type)) return `${name}:bin`
  return name
}

export const kindOf = (group: string): PlotKind => (/:(year|month|day)$/.test(group) ? 'line' : 'bar')

/** Fields that it makes sense to group by; a field whose values are nearly all different says nothing. */
export function groupable<F extends Named>(fields: readonly F[], distinct: Distinct): F[] {
  return fields.filter((field) => {
    if (field.type === 'longitude' || field.type === 'latitude' || field.type === 'identity-number')
      return false
    if (dated.has(field.type) || numeric.has(field.type)) return !field.key
    return (distinct(field.name) ?? mostCategories) <= mostCategories
  })
}

/** The first plot of a data set: over time where there is time, else by category, else as a histogram. */
export function defaultPlot(fields: readonly Named[], distinct: Distinct): Plot | null {
  const candidates = groupable(fields, distinct)
  const chosen =
    candidates.find(({ type }) => dated.has(type)) ??
    candidates.find(({ type, name }) => !numeric.has(type) && (distinct(name) ?? 2) > 1) ??
    candidates[0]
  if (!chosen) return null
  const group = groupOf(chosen)
  return { group, measure: 'count', kind: kindOf(group) }
}

export const measurable = (fields: readonly Named[]): Named[] =>
  fields.filter(({ type, key }) => numeric.has(type) && !key)

export type Point = { readonly label: string; readonly value: number | null }
type Row = Record<string, string | number | boolean | null>

/** Reads the answer of an aggregation as points; time and bins stay in order, categories go largest first. */
export function pointsOf(rows: readonly Row[], group: string, measure: string, nothing: string): Point[] {
  const field = group.split(':')[0]!
  const points = rows.map((row) => {
    const label = row[group] ?? row[field]
    const value = row[measure]
    return { label: label === null || label === undefined ? nothing : String(label), value: toNumber(value) }
  })
  if (!group.includes(':')) return points.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
  return points
}

/** Exact numbers may come as text, so that no digit is lost on the way; a plot can do with fewer. */
function toNumber(value: Row[string] | undefined): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}
