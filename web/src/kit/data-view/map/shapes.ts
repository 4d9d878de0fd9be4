import type { Geometry, Position } from 'geojson'
import { type CoordinateSystem, shifted } from './coordinates.ts'
import { type Bounds, keyOfRow } from './places.ts'

/** What a map shows of a row that has a geometry. */
export type Shape = {
  readonly geometry: Exclude<Geometry, { type: 'GeometryCollection' }>
  readonly title: string
  /** By which its row is asked for. */
  readonly key?: string
}

export type ShapeFields = {
  readonly geometry: string
  readonly title: string | null
  readonly keys: readonly string[]
}

type Row = Readonly<Record<string, string | number | boolean | null>>

/** The shape of a row, or null where it has none. */
export function shapeOf(row: Row, fields: ShapeFields): Shape | null {
  const text = row[fields.geometry]
  if (typeof text !== 'string') return null
  const key = keyOfRow(row, fields.keys)
  return {
    geometry: JSON.parse(text) as Shape['geometry'],
    title: fields.title ? String(row[fields.title] ?? '') : '',
    ...(key !== undefined && { key }),
  }
}

type Nested = Position | readonly Nested[]

const isPosition = (nested: Nested): nested is Position => typeof nested[0] === 'number'

function eachPosition(nested: Nested, told: (position: Position) => void): void {
  if (isPosition(nested)) told(nested)
  else for (const part of nested) eachPosition(part, told)
}

/** The smallest frame that all shapes lie in; all of China where there are none. */
export function boundsOfShapes(shapes: readonly Shape[]): [number, number, number, number] {
  if (shapes.length === 0) return [73, 17, 136, 54]
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const { geometry } of shapes)
    eachPosition(geometry.coordinates, ([x, y]) => {
      west = Math.min(west, x!)
      east = Math.max(east, x!)
      south = Math.min(south, y!)
      north = Math.max(north, y!)
    })
  return [west, south, east, north]
}

export type ShapeKind = 'areas' | 'lines' | 'points'

const kinds: Readonly<Record<Shape['geometry']['type'], ShapeKind>> = {
  Polygon: 'areas',
  MultiPolygon: 'areas',
  LineString: 'lines',
  MultiLineString: 'lines',
  Point: 'points',
  MultiPoint: 'points',
}

/** How many shapes there are of each kind that is there. */
export function countKinds(shapes: readonly Shape[]): (readonly [ShapeKind, number])[] {
  const counts: Record<ShapeKind, number> = { areas: 0, lines: 0, points: 0 }
  for (const { geometry } of shapes) counts[kinds[geometry.type]] += 1
  return (Object.entries(counts) as [ShapeKind, number][]).filter(([, count]) => count > 0)
}

/** A shape of one coordinate system in the other. */
export function shiftedShape(shape: Shape, from: CoordinateSystem, to: CoordinateSystem): Shape {
  const moved = (nested: Nested): Nested => {
    if (!isPosition(nested)) return nested.map(moved)
    const [longitude, latitude] = nested as [number, number]
    const at = shifted({ longitude, latitude }, from, to)
    return [at.longitude, at.latitude]
  }
  const { geometry } = shape
  return {
    ...shape,
    geometry: { type: geometry.type, coordinates: moved(geometry.coordinates) } as Shape['geometry'],
  }
}

/** A frame as a condition that the interface understands. */
export const conditionOfFrame = (geometry: string, bounds: Bounds): string =>
  `${geometry}:within:${bounds.map((degrees) => Number(degrees.toFixed(6))).join('|')}`
