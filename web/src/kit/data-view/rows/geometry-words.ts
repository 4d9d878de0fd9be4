const kinds = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'] as const
export type GeometryKind = (typeof kinds)[number]

export type ShapeInBrief = {
  readonly kind: GeometryKind
  readonly positions: number
  /** Longitude and latitude of a single point, to a tenth of a metre or so. */
  readonly at: string | null
}

/** What can be said in a few words of a geometry as the platform spells it; null of what is none. It is not parsed: it may be long. */
export function shapeInBrief(text: string): ShapeInBrief | null {
  const kind = kinds.find((each) => text.startsWith(`{"type":"${each}","coordinates":[`))
  if (kind === undefined) return null
  const point = kind === 'Point' ? /\[([^,\]]+),([^,\]]+)/.exec(text) : null
  return {
    kind,
    positions: text.match(/\[-?\d/g)?.length ?? 0,
    at: point && `${Number(Number(point[1]).toFixed(6))}, ${Number(Number(point[2]).toFixed(6))}`,
  }
}
