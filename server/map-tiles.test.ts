import { expect, it } from 'vitest'
import { pageHeadersFor } from './foundations/http/index.ts'
import { mapTilesOf } from './map-tiles.config.ts'

const url = 'https://tiles.example.gov.cn/{z}/{x}/{y}.png'

it('refuses a base map without an address of tiles, without a name, or in a system it does not know', () => {
  const by = { TIAOLI_MAP_TILES_BY: '示例测绘院' }
  expect(() => mapTilesOf({ ...by, TIAOLI_MAP_TILES: 'https://tiles.example.gov.cn/{z}/{x}.png' })).toThrow(
    '{y}',
  )
  expect(() => mapTilesOf({ ...by, TIAOLI_MAP_TILES: 'ftp://a.example/{z}/{x}/{y}' })).toThrow(
    'TIAOLI_MAP_TILES',
  )
  expect(() => mapTilesOf({ TIAOLI_MAP_TILES: url })).toThrow('TIAOLI_MAP_TILES_BY')
  expect(() => mapTilesOf({ ...by, TIAOLI_MAP_TILES: url, TIAOLI_MAP_TILES_SYSTEM: 'bd09' })).toThrow(
    'TIAOLI_MAP_TILES_SYSTEM',
  )
  expect(mapTilesOf({})).toBeUndefined()
})

const nothingWithin = { styles: [], scripts: [] }

it('lets pages fetch from the host of the tiles, and from no other', () => {
  const tiles = mapTilesOf({ TIAOLI_MAP_TILES: url, TIAOLI_MAP_TILES_BY: '示例测绘院' })
  expect(tiles).toEqual({ url, by: '示例测绘院', system: 'wgs84' })
  const policy = pageHeadersFor(tiles, nothingWithin).page['content-security-policy']!
  expect(policy).toContain("connect-src 'self' https://tiles.example.gov.cn;")
  expect(pageHeadersFor(undefined, nothingWithin).page['content-security-policy']).toContain(
    "connect-src 'self';",
  )
})
