import { describe, expect, it } from 'vitest'
import { type DistrictPoints, districtPlaces } from './district-places.ts'
import points from './district-points.json' with { type: 'json' }

const known = points as unknown as DistrictPoints
const label = (name: string, count: number) => `${name} ${count}`

describe('places of districts', () => {
  it('puts a district at its point, with the area of its circle by its count', () => {
    const { places } = districtPlaces(
      [
        { code: '500103', name: '渝中区', count: 5 },
        { code: '500105', name: '江北区', count: 20 },
      ],
      known,
      label,
    )
    expect(places.map(({ title, share }) => [title, share])).toEqual([
      ['江北区 20', 1],
      ['渝中区 5', 0.25],
    ])
    expect(places[1]!.longitude).toBeCloseTo(106.57, 1)
    expect(places[1]!.latitude).toBeCloseTo(29.55, 1)
  })

  it('counts townships for their county', () => {
    const { places } = districtPlaces(
      [
        { code: '500103001', name: '七星岗街道', count: 2 },
        { code: '500103002', name: '解放碑街道', count: 3 },
      ],
      known,
      label,
    )
    expect(places.map(({ title }) => title)).toEqual(['500103 5'])
  })

  it('leaves out what has no point and says so, whatever the code is', () => {
    const unknown = [
      { code: '999999', name: '', count: 1 },
      { code: '', name: '', count: 2 },
      { code: 'constructor', name: '', count: 1 },
    ]
    expect(districtPlaces(unknown, known, label)).toEqual({ places: [], missing: unknown })
  })

  it('has points of every district within the bounds of China', () => {
    for (const [code, [longitude, latitude]] of Object.entries(known)) {
      expect(code).toMatch(/^\d{6}$/)
      expect(longitude > 73 && longitude < 136 && latitude > 3 && latitude < 54, code).toBe(true)
    }
  })
})
