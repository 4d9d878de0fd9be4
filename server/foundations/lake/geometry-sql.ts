import { quoteText } from './sql-literals.ts'

/**
 * Geometry as a type of cells: WKT (OGC 06-103r4, with or without SRID and Z) and GeoJSON geometries (RFC 7946), kept as
 * GeoJSON text with members, white space and numbers in one spelling. The engine has no functions for it built in, so
 * both are brought to nested lists by expressions of SQL and judged there, a whole column at once.
 */

/** What is wrong with a cell that is no geometry; 2 is the word for all else that is not of a type. */
export const geometryFaults = { form: 2, ring: 3, degrees: 4 } as const

/** Names as GeoJSON spells them, with the lists that lie around a position: all are judged as if they had three. */
const depths = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }
type GeometryName = keyof typeof depths
const names = Object.keys(depths) as GeometryName[]

/** A text of this form is worth the work of being read: what is tried on samples, which are cut. */
export const resemblesGeometry = (value: string): string =>
  `(starts_with(${value}, '{') and contains(${value}, '"coordinates"')
    or regexp_matches(left(${value}, 60), ${quoteText(`^(?i:(SRID *= *\\d+ *; *)?(${names.join('|')})( *Z)? *\\()`)}))`

/** An expression that is worked out once and then has a name. */
const named = (name: string, value: string, then: string): string =>
  `list_transform([${value}], lambda ${name}: ${then})[1]`

const replaced = (value: string, pattern: string, by: string, options = 'g'): string =>
  `regexp_replace(${value}, ${quoteText(pattern)}, ${quoteText(by)}, ${quoteText(options)})`

/** One plain replacement after the other: these take a tenth of the time of a pattern that matches at every number. */
const spelt = (value: string, ...steps: readonly (readonly [from: string, to: string])[]): string =>
  steps.reduce((text, [from, to]) => `replace(${text}, ${quoteText(from)}, ${quoteText(to)})`, value)

/** Degrees of WGS 84 and of CGCS2000 are the same to a centimetre; every other system would have to be converted. */
const wktHead = `^(?i:(?:SRID *= *(?:4326|4490) *; *)?(${names.join('|')})(?: *Z)? *)`

/** WKT as the JSON of its coordinates: numbers side by side are a position, round brackets are lists. */
function coordinatesOfWkt(value: string): string {
  const body = replaced(value, wktHead, '', '')
  const single = `case when regexp_matches(${value}, '\\s\\s|[\\t\\r\\n]') then ${replaced(body, '\\s+', ' ')} else ${body} end`
  const tight = spelt(single, [', ', ','], [' ,', ','], ['( ', '('], [' (', '('], [' )', ')'], [') ', ')'])
  const ends = replaced(replaced(tight, '\\(([-0-9])', '[[\\1'), '([0-9])\\)', '\\1]]')
  return spelt(
    ends,
    [']],', ']]|'],
    ['),', ')|'],
    [',', '],['],
    [' ', ','],
    ['|', ','],
    ['(', '['],
    [')', ']'],
  )
}

const nameOfWkt = (value: string): string => `regexp_extract(${value}, ${quoteText(wktHead)}, 1)`

/** WKT has a list around a point; a point of several may have brackets of its own, or none. */
const unwrapped = (name: string, coordinates: string): string =>
  `case when ${name} = 'POINT' then substr(${coordinates}, 2, length(${coordinates}) - 2)
    when ${name} = 'MULTIPOINT' and starts_with(${coordinates}, '[[[')
    then ${replaced(coordinates, '\\[(\\[[^\\[\\]]*\\])\\]', '\\1')}
    else ${coordinates} end`

/** A cell as `{name, coordinates}`: the name in capitals, the coordinates as JSON. No name, no geometry. */
function partsOf(value: string): string {
  const geoJson = named(
    'j',
    `try_cast(${value} as json)`,
    `case when j->>'$.crs' is null or regexp_matches(j->>'$.crs', 'CRS84|4326|4490')
     then {'name': upper(j->>'$.type'), 'coordinates': cast(j->'$.coordinates' as varchar)} end`,
  )
  const wkt = named(
    'w',
    `{'name': upper(${nameOfWkt(value)}), 'coordinates': ${coordinatesOfWkt(value)}}`,
    `{'name': w.name, 'coordinates': ${unwrapped('w.name', 'w.coordinates')}}`,
  )
  return `case when starts_with(${value}, '{') then ${geoJson} else ${wkt} end`
}

const around = (depth: number): string => '['.repeat(3 - depth)

/** All geometries as several polygons are spelt: lists of lists of lists of positions. */
function nested(part: string): string {
  const cases = names.map(
    (name) =>
      `when '${name.toUpperCase()}' then ${quoteText(around(depths[name]))} || ${part}.coordinates || ${quoteText(around(depths[name]).replaceAll('[', ']'))}`,
  )
  // Nothing but numbers in lists: the cast would take a number in quotes, and null.
  const plain = `regexp_full_match(${part}.coordinates, '[-+.,0-9eE\\[\\] ]+')`
  return `case when ${plain} then try_cast(try_cast(case ${part}.name ${cases.join(' ')} end as json) as double[][][][]) end`
}

const every = (list: string, item: string, condition: string): string =>
  `coalesce(list_bool_and(list_transform(${list}, lambda ${item}: coalesce(${condition}, false))), false)`

/** Whether each list has as many positions as its kind needs; a ring ends where it begins. */
const formOf = (part: string, lines: string): string =>
  `case when ${part}.name like '%LINESTRING' then ${every(lines, 'l', 'len(l) >= 2')}
    when ${part}.name like '%POLYGON' then ${every(lines, 'l', 'len(l) >= 4')}
    else ${every(lines, 'l', 'len(l) >= 1')} end`

const closed = (part: string, lines: string): string =>
  `(${part}.name not like '%POLYGON' or ${every(lines, 'l', 'l[1] = l[-1]')})`

/** Metres above or below; what is beyond is no height. */
const mostHeight = 100_000
const isPosition = every(
  'a',
  'p',
  '(len(p) = 2 or len(p) = 3 and p[3] is not null) and p[1] is not null and p[2] is not null',
)
const onEarth = every(
  'a',
  'p',
  `p[1] between -180 and 180 and p[2] between -90 and 90 and coalesce(abs(p[3]) <= ${mostHeight}, true)`,
)

/** Judges a tidied cell: `g` its lists, `k` its parts, `f` 0 or what is wrong with it. */
function judged(value: string, then: string): string {
  const fault = `case when g is null or not ${every('g', 'q', 'len(q) >= 1')} then ${geometryFaults.form}
    else ${named(
      'l0',
      'flatten(g)',
      named(
        'a',
        'flatten(l0)',
        `case when not ${formOf('k', 'l0')} or not ${isPosition} then ${geometryFaults.form}
          when not ${onEarth} then ${geometryFaults.degrees}
          when not ${closed('k', 'l0')} then ${geometryFaults.ring} else 0 end`,
      ),
    )} end`
  const whole = named('k', partsOf(value), named('g', nested('k'), named('f', fault, then)))
  return `case when ${resemblesGeometry(value)} then ${whole} end`
}

/** The GeoJSON text of a cell, or null where it is no geometry. */
export function parseGeometry(value: string): string {
  // Whole numbers without the fraction that the engine gives them.
  const numbers = replaced('cast(to_json(g) as varchar)', '\\.0([,\\]])', '\\1')
  const cases = names.map((name) => {
    const cut = 3 - depths[name]
    return `when '${name.toUpperCase()}' then '{"type":"${name}","coordinates":' || substr(${numbers}, ${cut + 1}, length(${numbers}) - ${2 * cut}) || '}'`
  })
  return judged(value, `case when f = 0 then case k.name ${cases.join(' ')} end end`)
}

/** What is wrong with a cell that is none: one of `geometryFaults`. */
export const geometryFault = (value: string): string =>
  `coalesce(${judged(value, 'f')}, ${geometryFaults.form})`

/** Names of columns that hold the box around each value of a field, in degrees. No field begins with `_`. */
export const boxColumns = (field: string) => ({
  west: `_west ${field}`,
  south: `_south ${field}`,
  east: `_east ${field}`,
  north: `_north ${field}`,
})

/** The box around a value as it is kept, side by side in the order of `boxColumns`. */
export function boxOf(value: string): readonly string[] {
  const degrees = '(-?[0-9][0-9.eE+-]*)'
  const along = (pattern: string) =>
    `cast(regexp_extract_all(${value}, ${quoteText(pattern)}, 1) as double[])`
  const [x, y] = [along(`\\[${degrees}`), along(`\\[-?[0-9][^,\\[\\]]*,${degrees}`)]
  return [`list_min(${x})`, `list_min(${y})`, `list_max(${x})`, `list_max(${y})`]
}
