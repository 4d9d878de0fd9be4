import type { EntryField } from '@tiaoli/contract/catalogue'

/** Rows that are drawn one by one: as many as a page has, and as many as a file that everybody may take. */
export const mostRows = { page: 1000, file: 100_000 } as const

type Named = Pick<EntryField, 'name' | 'type'> & { readonly key?: boolean }

/** What a map can be drawn from: points, or districts by their codes. */
export type MapFields =
  | {
      readonly kind: 'points'
      readonly longitude: string
      readonly latitude: string
      readonly title: string | null
    }
  | { readonly kind: 'districts'; readonly code: string; readonly name: string | null }

export function mapFields(fields: readonly Named[]): MapFields | null {
  const of = (type: EntryField['type']) => fields.find((field) => field.type === type)?.name
  const longitude = of('longitude')
  const latitude = of('latitude')
  if (longitude && latitude) {
    return { kind: 'points', longitude, latitude, title: of('text') ?? null }
  }
  const code = of('division-code')
  if (!code) return null
  const name = fields.find((field) => field.type === 'text' && /区划|区县|行政区|district/i.test(field.name))
  return { kind: 'districts', code, name: name?.name ?? null }
}
