import { text } from '@tiaoli/kernel/text'
import type { Filter, PlaceFields } from '../../../foundations/lake/index.ts'
import { Problem } from '../../../foundations/problems/index.ts'
import { isPublic } from '../describe.rules.ts'
import type { DescribedEntry } from '../described.model.ts'

/** An entry of which each row lies somewhere. */
export type Located = DescribedEntry & { readonly place: PlaceFields }

export const isLocated = (entry: DescribedEntry): entry is Located => entry.place !== null

/** Longitude before latitude, in degrees: what GeoJSON has and what Part 1 demands. */
export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'

export type Link = {
  readonly href: string
  readonly rel: string
  readonly type: string
  readonly title?: string
}

/** A collection as Part 1 describes it. No extent: it would have to be read from the rows each time. */
export function collectionOf(root: string, entry: Located): object {
  const self = `${root}/collections/${entry.id}`
  return {
    id: entry.id,
    title: entry.title,
    description: entry.summary,
    itemType: 'feature',
    crs: [crs84],
    links: [
      { href: self, rel: 'self', type: 'application/json' },
      { href: `${self}/items`, rel: 'items', type: 'application/geo+json', title: entry.title },
      { href: entry.page, rel: 'describedby', type: 'text/html' },
    ] satisfies Link[],
  }
}

/** The key of a row by the id of its feature; undefined where the rows have none or it does not fit. */
export function keyOf({ keyFields }: Located, featureId: string): Record<string, string> | undefined {
  const parts = keyFields.length === 1 ? [featureId] : featureId.split('~')
  if (keyFields.length === 0 || parts.length !== keyFields.length) return undefined
  return Object.fromEntries(keyFields.map((name, index) => [name, parts[index]!]))
}

const unfit = (zh: string, en: string): Problem => new Problem('bad-request', { condition: text(zh, en) })

/** Throws `bad-request` for what is no box of ours. */
export function filtersOfBox({ place }: Located, bbox: string | undefined): Filter[] {
  if (bbox === undefined) return []
  const numbers = bbox.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const [west, south, east, north] =
    numbers.length === 6 ? [0, 1, 3, 4].map((place) => numbers[place]!) : numbers
  if (![4, 6].includes(numbers.length) || !numbers.every(Number.isFinite))
    throw unfit('bbox 应为四个数：西,南,东,北', 'bbox is four numbers: west,south,east,north')
  if (west! > east! || south! > north!)
    throw unfit(
      'bbox 的西、南不得大于东、北；跨 180° 经线的范围请分两次查询',
      'West and south of bbox are not above east and north; ask twice for a box across the 180th meridian',
    )
  const [w, s, e, n] = [west!, south!, east!, north!].map(String) as [string, string, string, string]
  if ('geometry' in place) return [{ field: place.geometry, operator: 'within', values: [w, s, e, n] }]
  return [
    { field: place.longitude, operator: 'between', values: [w, e] },
    { field: place.latitude, operator: 'between', values: [s, n] },
  ]
}

/** By the first public field that is a date or a moment; without one every row is of any time, as Part 1 has it. */
export function filtersOfTime({ fields }: Located, datetime: string | undefined): Filter[] {
  if (datetime === undefined) return []
  const sides = datetime.split('/')
  const known = (side: string) =>
    side === '' || side === '..' || (/^\d{4}-\d\d-\d\d(?:T|$)/.test(side) && !Number.isNaN(Date.parse(side)))
  if (sides.length > 2 || !sides.every(known) || (sides.length === 1 && !/^\d/.test(datetime)))
    throw unfit('datetime 应为时刻或起止区间', 'datetime is a moment, or an interval from/to')
  const field = fields.find((each) => (each.type === 'date' || each.type === 'instant') && isPublic(each))
  if (field === undefined) return []
  const spelt = (side: string) => (field.type === 'date' ? side.slice(0, 10) : new Date(side).toISOString())
  const [from = '', to = ''] = sides.length === 1 ? [datetime, datetime] : sides
  const bound = (operator: 'gte' | 'lte', side: string): Filter[] =>
    /^\d/.test(side) ? [{ field: field.name, operator, values: [spelt(side)] }] : []
  return [...bound('gte', from), ...bound('lte', to)]
}

const ownParameters = ['f', 'limit', 'bbox', 'datetime', 'offset', 'cursor']

/** Any public field by its name. Part 1 demands that a parameter that there is not be refused. */
export function filtersOfProperties({ fields }: Located, query: Readonly<Record<string, unknown>>): Filter[] {
  return Object.entries(query)
    .filter(([name]) => !ownParameters.includes(name))
    .map(([name, value]) => {
      if (!fields.some((field) => field.name === name && isPublic(field)))
        throw unfit(`没有参数 ${name.slice(0, 60)}`, `There is no parameter ${name.slice(0, 60)}`)
      return { field: name, operator: 'eq', values: [String(value)] }
    })
}
