import type { EntryField } from '@tiaoli/contract/catalogue'

/** Rows that are drawn one by one: as many as a page has, and as many as a file that everybody may take, of points and of shapes. */
export const mostRows = { page: 1000, file: 100_000, shapes: 20_000 } as const

type Named = Pick<EntryField, 'name' | 'type'> & { readonly key?: boolean }

/** What a map can be drawn from: geometries, points, or districts by their codes. `keys` are empty where rows cannot be asked for. */
export type MapFields =
  | {
      readonly kind: 'shapes'
      readonly geometry: string
      readonly title: string | null
      readonly keys: readonly string[]
    }
  | {
      readonly kind: 'points'
      readonly longitude: string
      readonly latitude: string
      readonly title: string | null
      readonly keys: readonly string[]
    }
  | { readonly kind: 'districts'; readonly code: string; readonly name: string | null }

export function mapFields(fields: readonly Named[], keyFields: readonly string[] = []): MapFields | null {
  const of = (type: EntryField['type']) => fields.find((field) => field.type === type)?.name
  const seen = new Set(fields.map(({ name }) => name))
  const keys = keyFields.every((name) => seen.has(name)) ? keyFields : []
  // A name says more than the number by which a row is told.
  const title = fields.find(({ type, key }) => type === 'text' && !key)?.name ?? of('text') ?? null
  const geometry = of('geometry')
  if (geometry) return { kind: 'shapes', geometry, title, keys }
  const longitude = of('longitude')
  const latitude = of('latitude')
  if (longitude && latitude) {
    return { kind: 'points', longitude, latitude, title, keys }
  }
  const code = of('division-code')
  if (!code) return null
  const name = fields.find((field) => field.type === 'text' && /区划|区县|行政区|district/i.test(field.name))
  return { kind: 'districts', code, name: name?.name ?? null }
}
