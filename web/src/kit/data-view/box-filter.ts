import type { EntryField } from '@tiaoli/contract/catalogue'

/** Longitude and latitude, asked for as one; null where there are not both. */
export function boxFieldOf(fields: readonly Pick<EntryField, 'name' | 'type'>[]): string | null {
  const of = (type: 'longitude' | 'latitude') => fields.find((field) => field.type === type)?.name
  const [longitude, latitude] = [of('longitude'), of('latitude')]
  return longitude && latitude ? `${longitude},${latitude}` : null
}

/** West, south, east and north as they were typed, with any commas, as a condition has them; null where they are no box. */
export function boxOf(typed: string): string | null {
  const sides = typed
    .trim()
    .split(/[\s,，、|]+/)
    .map(Number)
  const [west, south, east, north] = sides as [number, number, number, number]
  const fits = sides.length === 4 && sides.every(Number.isFinite) && west <= east && south <= north
  return fits ? sides.join('|') : null
}
