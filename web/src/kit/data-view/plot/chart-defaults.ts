import type { Entry, EntryField } from '@tiaoli/contract/catalogue'

export type Named = Pick<EntryField, 'name' | 'type'> & { readonly key?: boolean }
type Profile = NonNullable<Entry['quality']>['fields'][number]
/** What is known of the values of a field. */
export type Profiles = ReadonlyMap<string, Pick<Profile, 'distinct'>>

export const plotKinds = ['line', 'bar', 'scatter'] as const
export type PlotKind = (typeof plotKinds)[number]
/** `group` and `split` are groups of the interface: a field, a field by month, a field in bins. */
export type Plot = {
  readonly group: string
  readonly split: string
  readonly measure: string
  readonly kind: PlotKind
}

const numeric = new Set<EntryField['type']>(['integer', 'decimal'])
const dated = new Set<EntryField['type']>(['date', 'instant'])
/** More bars than this cannot be read. */
const mostCategories = 60
/** More lines or colours than this cannot be told apart. */
const mostSeries = 8

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

export const kindOf = (group: string): Exclude<PlotKind, 'scatter'> =>
  /:(year|month|day)$/.test(group) ? 'line' : 'bar'

/** The field of a group: `启用日期:month` → `启用日期`. */
export const fieldOfGroup = (group: string): string =>
  group.replace(/:(year|month|day|bin(:[0-9.e+-]+)?)$/, '')

export const isBinned = (group: string): boolean => /:bin$/.test(group)

/** The first plot of a data set: over time where there is time, else by category, else two numbers against each other, else a histogram. */
export function defaultPlot(fields: readonly Named[], profiles: Profiles): Plot | null {
  const candidates = fields.flatMap((field) => {
    const group = groupOf(field, profiles)
    return group === null ? [] : [{ ...field, group }]
  })
  const varied = ({ name }: Named) => (profiles.get(name)?.distinct ?? 2) > 1
  const chosen =
    candidates.find(({ type }) => dated.has(type)) ??
    candidates.find((field) => !numeric.has(field.type) && varied(field))
  if (chosen) return { group: chosen.group, split: '', measure: 'count', kind: kindOf(chosen.group) }
  const [first, second] = candidates.filter(varied)
  if (first && second) return { group: first.group, split: second.group, measure: 'count', kind: 'scatter' }
  const only = first ?? candidates[0]
  return only ? { group: only.group, split: '', measure: 'count', kind: 'bar' } : null
}

export const measurable = (fields: readonly Named[]): Named[] =>
  fields.filter(({ type, key }) => numeric.has(type) && !key)

/** Fields whose values are few enough to stand as lines or colours of their own. */
export const splitting = (fields: readonly Named[], profiles: Profiles): Named[] =>
  fields.filter((field) => {
    const distinct = profiles.get(field.name)?.distinct ?? Number.POSITIVE_INFINITY
    return groupOf(field, profiles) === field.name && distinct > 1 && distinct <= mostSeries
  })
