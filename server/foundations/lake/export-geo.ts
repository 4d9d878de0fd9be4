import type { RowBatches } from './export-rows.ts'
import type { FieldType, Row } from './lake.types.ts'
import { bitOf, digestOf, type Sign } from './row-marks.ts'

/** Which fields say where a row lies: one with its geometry, or two with its degrees. */
export type PlaceFields =
  | { readonly geometry: string }
  | { readonly longitude: string; readonly latitude: string }

/** Pure: the first field of a geometry, else the first of each degree; undefined where rows lie nowhere. */
export function placeFieldsOf(
  fields: readonly { readonly field: string; readonly type: FieldType }[],
): PlaceFields | undefined {
  const named = (type: FieldType) => fields.find((each) => each.type === type)?.field
  const [geometry, longitude, latitude] = [named('geometry'), named('longitude'), named('latitude')]
  if (geometry !== undefined) return { geometry }
  return longitude === undefined || latitude === undefined ? undefined : { longitude, latitude }
}

/** Pure: a row as a feature of GeoJSON (RFC 7946). Its id is its key; without a place it has no geometry. */
export function featureOf(row: Row, place: PlaceFields, keyFields: readonly string[]) {
  const key = keyFields.map((name) => row[name])
  const whole = key.length > 0 && key.every((part) => part !== null && part !== undefined)
  const { geometry, properties } = 'geometry' in place ? ofGeometry(row, place) : ofDegrees(row, place)
  return {
    type: 'Feature' as const,
    ...(whole ? { id: key.join('~') } : {}),
    geometry,
    properties,
  }
}

type Placed = { readonly geometry: object | null; readonly properties: Row }

function ofGeometry(row: Row, place: { readonly geometry: string }): Placed {
  const { [place.geometry]: text, ...properties } = row
  return { geometry: typeof text === 'string' ? (JSON.parse(text) as object) : null, properties }
}

function ofDegrees(row: Row, place: { readonly longitude: string; readonly latitude: string }): Placed {
  const { [place.longitude]: longitude, [place.latitude]: latitude, ...properties } = row
  const [x, y] = [Number(longitude ?? Number.NaN), Number(latitude ?? Number.NaN)]
  const isPlace = Number.isFinite(x) && Number.isFinite(y)
  return { geometry: isPlace ? { type: 'Point', coordinates: [x, y] } : null, properties }
}

/** A collection of features, one a line. Under a sign each has a blank after its brace, or none, as rows of JSON have. */
export async function* geoJsonText(
  place: PlaceFields,
  keyFields: readonly string[],
  batches: RowBatches,
  sign?: Sign,
): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[\n'
  let before = ''
  for await (const rows of batches) {
    for (const row of rows) {
      const text = JSON.stringify(featureOf(row, place, keyFields))
      yield before + (sign !== undefined && bitOf(digestOf(text), sign) ? `{ ${text.slice(1)}` : text)
      before = ',\n'
    }
  }
  yield '\n]}\n'
}
