/** A geometry as GeoJSON has it (RFC 7946); coordinates are longitude, then latitude. */
export type Geometry = { readonly type: string; readonly coordinates?: unknown }

type Properties = Readonly<Record<string, unknown>>

/** Columns that a geometry becomes, beside the properties of its feature. */
const geometryColumn = 'geometry'
const longitudeColumn = 'longitude'
const latitudeColumn = 'latitude'

/** Pure: whether a value of JSON is a feature of GeoJSON. */
export const isFeature = (value: object): value is { properties: Properties | null } =>
  'type' in value && value.type === 'Feature' && 'geometry' in value && 'properties' in value

/**
 * Pure: a feature as one row: its identity where it has one, its properties, its geometry as GeoJSON text, and of a
 * point the two degrees. A property keeps its name; what would take it from it is left out.
 */
export function rowOfFeature(feature: object): Record<string, unknown> {
  const { id, properties, geometry } = feature as {
    readonly id?: unknown
    readonly properties: Properties | null
    readonly geometry: Geometry | null
  }
  const row: Record<string, unknown> = {}
  if (id !== undefined && !(properties !== null && 'id' in properties)) row.id = id
  Object.assign(row, properties)
  for (const [column, cell] of Object.entries(geometryCells(geometry)))
    if (!(column in row)) row[column] = cell
  return row
}

/** Pure: the columns of a geometry, in their order. */
export function geometryCells(geometry: Geometry | null): Record<string, string | number | null> {
  if (typeof geometry !== 'object' || geometry === null) return { [geometryColumn]: null }
  const [longitude, latitude] = pointOf(geometry)
  return {
    ...(longitude === undefined ? {} : { [longitudeColumn]: longitude, [latitudeColumn]: latitude! }),
    [geometryColumn]: JSON.stringify({ type: geometry.type, coordinates: geometry.coordinates }),
  }
}

function pointOf({ type, coordinates }: Geometry): readonly number[] {
  const isPoint = type === 'Point' && Array.isArray(coordinates)
  const degrees = isPoint ? coordinates.slice(0, 2) : []
  return degrees.length === 2 && degrees.every((degree) => Number.isFinite(degree)) ? degrees : []
}
