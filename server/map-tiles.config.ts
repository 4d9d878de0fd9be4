import type { MapTiles } from './foundations/http/index.ts'

const parts = ['{z}', '{x}', '{y}'] as const

/**
 * The base map of an installation: `TIAOLI_MAP_TILES` is the address of a tile with {z}, {x} and {y} in it,
 * `TIAOLI_MAP_TILES_BY` says whose they are, `TIAOLI_MAP_TILES_SYSTEM` in which coordinates they are drawn. Throws where
 * the address is none, or nobody is named: the licence of every map asks for its maker's name.
 */
export function mapTilesOf(environment: Readonly<Record<string, string | undefined>>): MapTiles | undefined {
  const { TIAOLI_MAP_TILES: url, TIAOLI_MAP_TILES_BY: by, TIAOLI_MAP_TILES_SYSTEM: given } = environment
  if (!url) return undefined
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (!/^https?:$/.test(address?.protocol ?? '') || parts.some((part) => !url.includes(part)))
    throw new Error(
      'TIAOLI_MAP_TILES must be an address such as https://tiles.example.gov.cn/{z}/{x}/{y}.png',
    )
  if (/[{}]/.test(address!.host)) throw new Error('TIAOLI_MAP_TILES must name one host')
  if (!by) throw new Error('TIAOLI_MAP_TILES_BY must say whose tiles they are')
  const system = given || 'wgs84'
  if (system !== 'wgs84' && system !== 'gcj02')
    throw new Error('TIAOLI_MAP_TILES_SYSTEM must be wgs84 or gcj02')
  return { url, by, system }
}
