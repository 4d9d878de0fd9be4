/** What a map shows at one position. */
export type Place = {
  readonly longitude: number
  readonly latitude: number
  readonly title: string
  /** Share of the largest value, 0 to 1: the area of the circle. Places without are all drawn alike. */
  readonly share?: number
  /** By which the row of a place is asked for. */
  readonly key?: string
}
/** West, south, east, north, in degrees. */
export type Bounds = readonly [number, number, number, number]

type Row = Readonly<Record<string, string | number | boolean | null>>

/** Degrees as they are; null where there are none, or none on this earth. */
function degrees(value: Row[string] | undefined, most: number): number | null {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null
  const number = Number(value)
  return Number.isFinite(number) && Math.abs(number) <= most ? number : null
}

/** The key of a row as an address has it; undefined where rows have none, or this one lacks a part of it. */
export function keyOfRow(row: Row, keys: readonly string[]): string | undefined {
  const parts = keys.map((name) => row[name] ?? null)
  return parts.length === 0 || parts.includes(null) ? undefined : parts.join('~')
}

/** The place of a row, or null where it has none. */
export function placeOf(
  row: Row,
  fields: {
    readonly longitude: string
    readonly latitude: string
    readonly title: string | null
    readonly keys?: readonly string[]
  },
): Place | null {
  const longitude = degrees(row[fields.longitude], 180)
  const latitude = degrees(row[fields.latitude], 90)
  if (longitude === null || latitude === null) return null
  const key = keyOfRow(row, fields.keys ?? [])
  const title = fields.title ? String(row[fields.title] ?? '') : ''
  return { longitude, latitude, title, ...(key !== undefined && { key }) }
}

/** The smallest frame that all places lie in; all of China where there are none. */
export function boundsOf(places: readonly Place[]): [number, number, number, number] {
  if (places.length === 0) return [73, 17, 136, 54]
  let [west, south, east, north] = [180, 90, -180, -90]
  // A hundred thousand places are too many for the arguments of one call of Math.min.
  for (const { longitude, latitude } of places) {
    if (longitude < west) west = longitude
    if (longitude > east) east = longitude
    if (latitude < south) south = latitude
    if (latitude > north) north = latitude
  }
  return [west, south, east, north]
}
