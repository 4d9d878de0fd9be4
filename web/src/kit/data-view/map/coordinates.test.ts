import { describe, expect, it } from 'vitest'
import { type CoordinateSystem, canShift, shifted, systemOf } from './coordinates.ts'

const field = (meaning: string) => ({ name: '经度', meaning, unit: '度' })

describe('the coordinate system of a field', () => {
  it.each<[string, CoordinateSystem | null]>([
    ['站点经度，CGCS2000', 'wgs84'],
    ['WGS84 坐标', 'wgs84'],
    ['GCJ-02 坐标系', 'gcj02'],
    ['百度坐标', 'bd09'],
    ['站点经度', null],
    ['由 GCJ-02 换算为 WGS-84', null],
  ])('%s → %s', (meaning, system) => {
    expect(systemOf(field(meaning))).toBe(system)
  })
})

describe('shifting', () => {
  const tower = { longitude: 106.5516, latitude: 29.563 }
  const metresBetween = (a: typeof tower, b: typeof tower) =>
    Math.hypot((a.longitude - b.longitude) * 96_700, (a.latitude - b.latitude) * 110_900)

  it('moves a place in China by some hundred metres, and back to where it was', () => {
    const moved = shifted(tower, 'wgs84', 'gcj02')
    const metres = metresBetween(moved, tower)
    expect(metres > 100 && metres < 800, `${metres}`).toBe(true)
    expect(metresBetween(shifted(moved, 'gcj02', 'wgs84'), tower) < 0.01).toBe(true)
  })

  it('agrees with a place whose position is known in both', () => {
    const beijing = shifted({ longitude: 116.404, latitude: 39.915 }, 'wgs84', 'gcj02')
    expect(beijing.longitude).toBeCloseTo(116.41024, 4)
    expect(beijing.latitude).toBeCloseTo(39.9164, 4)
  })

  it('leaves places outside China, and systems that it does not convert', () => {
    const paris = { longitude: 2.35, latitude: 48.85 }
    expect(shifted(paris, 'wgs84', 'gcj02')).toEqual(paris)
    expect(shifted(tower, 'bd09', 'wgs84')).toEqual(tower)
    expect(canShift('bd09', 'wgs84')).toBe(false)
    expect(canShift(null, 'wgs84')).toBe(false)
  })
})
