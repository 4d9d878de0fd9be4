import type { Entry, EntryField } from '@tiaoli/contract/catalogue'

type Named = Pick<EntryField, 'name' | 'type'> & { readonly key?: boolean }
type Profile = NonNullable<Entry['quality']>['fields'][number]
/** What is known of the values of a field. */
export type Profiles = ReadonlyMap<string, Pick<Profile, 'distinct'>>

export type PlotKind = 'line' | 'bar'
export type Plot = { readonly group: string; readonly measure: string; readonly kind: PlotKind }

const numeric = new Set<EntryField['type']>(['integer', 'decimal'])
const dated = new Set<EntryField['type']>(['date', 'instant'])
/** More bars than this cannot be read. */
const mostCategories = 60

export const profilesOf = (quality: Entry['quality']): Profiles =>
  new Map(quality?.fields.map((profile) => [profile.field, profile]))

/** Two months of days, or of hours: by month they would be a point or two. */
const fewMoments: Partial<Record<EntryField['type'], number>> = { date: 62, instant: 62 * 24 }

/** How a field is grouped: dates by month, by day where they are few, numbers by bins of a round width, everything else by its values; null where it is not. */
export function groupOf({ name, type, key }: Named, profiles: Profiles): string | null {
  const profile = profiles.get(name)
  if (type === 'longitude' || type === 'latitude' || type === 'identity-number') return null
  if (dated.has(type)) {
    const few = (profile?.distinct ?? Number.POSITIVE_INFINITY) <= fewMoments[type]!
    return `${name}:${few ? 'day' : 'month'}`
  }
  if (numeric.has(type)) return key ? null : `${name}:bin`
  return (profile?.distinct ?? mostCategories) <= mostCategories ? name : null
}

export const kindOf = (group: string): PlotKind => (/:(year|month|day)$/.test(group) ? 'line' : 'bar')

/** The field of a group: `启用日期:month` → `启用日期`. */
export const fieldOfGroup = (group: string): string =>
  group.replace(/:(year|month|day|bin(:[0-9.e+-]+)?)$/, '')

/** The first plot of a data set: over time where there is time, else by category, else as a histogram. */
export function defaultPlot(fields: readonly Named[], profiles: Profiles): Plot | null {
  const candidates = fields.flatMap((field) => {
    const group = groupOf(field, profiles)
    return group === null ? [] : [{ ...field, group }]
  })
  const varied = ({ name }: Named) => (profiles.get(name)?.distinct ?? 2) > 1
  const chosen =
    candidates.find(({ type }) => dated.has(type)) ??
    candidates.find((field) => !numeric.has(field.type) && varied(field)) ??
    candidates[0]
  return chosen ? { group: chosen.group, measure: 'count', kind: kindOf(chosen.group) } : null
}

export const measurable = (fields: readonly Named[]): Named[] =>
  fields.filter(({ type, key }) => numeric.has(type) && !key)

export type Point = { readonly label: string; readonly value: number | null }
type Row = Record<string, string | number | boolean | null>

/** Reads the answer of an aggregation as points; time and bins stay in order, categories go largest first. */
export function pointsOf(rows: readonly Row[], group: string, measure: string, nothing: string): Point[] {
  const field = fieldOfGroup(group)
  const points = rows.map((row) => ({
    label: row[field] === null || row[field] === undefined ? nothing : String(row[field]),
    value: toNumber(row[measure.replace(':', '_')]),
  }))
  return field === group ? points.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0)) : points
}

/** Exact numbers may come as text, so that no digit is lost on the way; a plot can do with fewer. */
function toNumber(value: Row[string] | undefined): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}
