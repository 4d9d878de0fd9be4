import type { Place } from './places.ts'

/** Points of China's administrative divisions down to counties: six-digit code (GB/T 2260) to longitude and latitude. */
export type DistrictPoints = Readonly<Record<string, readonly [longitude: number, latitude: number]>>

export type CountedDistrict = { readonly code: string; readonly name: string; readonly count: number }

/**
 * Where counted districts lie. Codes of townships and villages count for their county, whose point is the one known.
 * `missing` are the districts of which no point is known.
 */
export function districtPlaces(
  districts: readonly CountedDistrict[],
  points: DistrictPoints,
  labelOf: (name: string, count: number) => string,
): { places: Place[]; missing: CountedDistrict[] } {
  const byCounty = new Map<string, { name: string; count: number }>()
  const missing: CountedDistrict[] = []
  for (const { code, name, count } of districts) {
    const county = code.padEnd(6, '0').slice(0, 6)
    if (!Object.hasOwn(points, county)) {
      missing.push({ code, name, count })
      continue
    }
    const before = byCounty.get(county)
    byCounty.set(county, {
      name: before?.name ?? (code.length <= 6 && name ? name : county),
      count: (before?.count ?? 0) + count,
    })
  }
  const most = Math.max(1, ...[...byCounty.values()].map(({ count }) => count))
  // The largest first, so that smaller circles lie on top of it and can be reached.
  const places = [...byCounty]
    .toSorted(([, a], [, b]) => b.count - a.count)
    .map(([county, { name, count }]) => {
      const [longitude, latitude] = points[county]!
      return { longitude, latitude, title: labelOf(name, count), share: count / most }
    })
  return { places, missing }
}
