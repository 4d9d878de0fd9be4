import { describe, expect, it } from 'vitest'
import { densityPlaces, densityQuery, widthOfGroup } from './density.ts'
import { boundsOf, placeOf } from './places.ts'

const axes = { longitude: '经度', latitude: '纬度' }

describe('counting by cells', () => {
  it('begins with the whole, in cells of the width that the interface chooses', () => {
    expect(densityQuery(axes, null)).toEqual({ group: '经度:bin,纬度:bin', where: [] })
  })

  it('asks for whole cells of what is in sight', () => {
    const { group, where } = densityQuery(axes, [106.513, 29.481, 106.691, 29.597])
    expect(group).toBe('经度:bin:0.005,纬度:bin:0.005')
    expect(where).toEqual(['经度:between:106.51|106.695', '纬度:between:29.48|29.6'])
    expect(widthOfGroup(group)).toBe(0.005)
  })

  it('draws each cell at its middle, with the area of its count', () => {
    const rows = [
      { 经度: 106.5, 纬度: 29.5, count: 1 },
      { 经度: '106.6', 纬度: 29.5, count: 4 },
      { 经度: null, 纬度: 29.5, count: 9 },
    ]
    const places = densityPlaces(rows, axes, 0.1, String)
    expect(places.map(({ title, share }) => [title, share])).toEqual([
      ['4', 1],
      ['1', 0.25],
    ])
    expect(places[0]!.longitude).toBeCloseTo(106.65, 6)
  })
})

describe('places of rows', () => {
  const fields = { ...axes, title: '名称' }

  it('are left out where a coordinate is missing or not on this earth', () => {
    expect(placeOf({ 经度: 106.5, 纬度: '29.5', 名称: '甲' }, fields)).toEqual({
      longitude: 106.5,
      latitude: 29.5,
      title: '甲',
    })
    expect(placeOf({ 经度: '', 纬度: 29.5 }, fields)).toBeNull()
    expect(placeOf({ 经度: 29.5, 纬度: 106.5 }, fields)).toBeNull()
    expect(placeOf({ 经度: null, 纬度: null }, fields)).toBeNull()
  })

  it('have a frame, however many they are', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({
      longitude: 106 + (i % 1000) / 1000,
      latitude: 29 + i / 100_000,
      title: '',
    }))
    expect(boundsOf(many)).toEqual([106, 29, 106.999, 29.99999])
    expect(boundsOf([])).toEqual([73, 17, 136, 54])
  })
})
