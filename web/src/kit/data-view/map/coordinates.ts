import type { EntryField } from '@tiaoli/contract/catalogue'

/** Systems in which places in China are told. CGCS2000 differs from WGS-84 by centimetres: one and the same here. */
export type CoordinateSystem = 'wgs84' | 'gcj02' | 'bd09'

const told: readonly (readonly [CoordinateSystem, RegExp])[] = [
  ['bd09', /BD-?09|百度坐标/i],
  ['gcj02', /GCJ-?02|火星坐标/i],
  ['wgs84', /WGS-?84|CGCS-?2000|国家大地坐标|4490|4326/i],
]

/** The system that the meaning, the unit or the name of a coordinate states; null where none does, or more than one. */
export function systemOf(
  field: Pick<EntryField, 'name' | 'meaning' | 'unit'> | undefined,
): CoordinateSystem | null {
  if (field === undefined) return null
  const words = `${field.name} ${field.meaning} ${field.unit}`
  const found = told.filter(([, pattern]) => pattern.test(words))
  return found.length === 1 ? found[0]![0] : null
}

export type Position = { readonly longitude: number; readonly latitude: number }

/** Krasovsky 1940, on which GCJ-02 rests: half of the major axis in metres, and the first eccentricity squared. */
const [axis, eccentricity] = [6378245, 0.006693421622965943]
const { PI, sin, cos, sqrt, abs } = Math
const radians = (degrees: number): number => (degrees / 180) * PI

/** By how much GCJ-02 lies beside WGS-84 at a place, in degrees. */
function offset({ longitude, latitude }: Position): Position {
  const [x, y] = [longitude - 105, latitude - 35]
  const waves = (value: number, parts: readonly (readonly [number, number])[]) =>
    parts.reduce((sum, [height, length]) => sum + height * sin(value * length * PI), 0) * (2 / 3)
  const shared = waves(x, [
    [20, 6],
    [20, 2],
  ])
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * sqrt(abs(x)) +
    shared +
    waves(y, [
      [20, 1],
      [40, 1 / 3],
      [160, 1 / 12],
      [320, 1 / 30],
    ])
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * sqrt(abs(x)) +
    shared +
    waves(x, [
      [20, 1],
      [40, 1 / 3],
      [150, 1 / 12],
      [300, 1 / 30],
    ])
  const square = 1 - eccentricity * sin(radians(latitude)) ** 2
  const meridian = ((axis * (1 - eccentricity)) / square ** 1.5) * PI
  const parallel = (axis / sqrt(square)) * cos(radians(latitude)) * PI
  return { longitude: (east * 180) / parallel, latitude: (north * 180) / meridian }
}

/** Outside it the two systems are the same. */
const inChina = ({ longitude, latitude }: Position): boolean =>
  longitude > 72.004 && longitude < 137.8347 && latitude > 0.8293 && latitude < 55.8271

function toGcj(at: Position): Position {
  if (!inChina(at)) return at
  const by = offset(at)
  return { longitude: at.longitude + by.longitude, latitude: at.latitude + by.latitude }
}

/** The way back has no formula: what lands at the wanted place is come closer to, to less than a millimetre. */
function toWgs(wanted: Position): Position {
  let at = wanted
  for (let turn = 0; turn < 8; turn += 1) {
    const lands = toGcj(at)
    at = {
      longitude: at.longitude + wanted.longitude - lands.longitude,
      latitude: at.latitude + wanted.latitude - lands.latitude,
    }
  }
  return at
}

/** Whether places of one system can be set on a map of the other. */
export const canShift = (from: CoordinateSystem | null, to: CoordinateSystem): boolean =>
  from !== null && from !== 'bd09' && to !== 'bd09'

/** A place of one system in the other, to a metre or so; BD-09 is told and not converted. */
export function shifted(at: Position, from: CoordinateSystem, to: CoordinateSystem): Position {
  if (from === to || !canShift(from, to)) return at
  return to === 'gcj02' ? toGcj(at) : toWgs(at)
}
