import { describe, expect, it } from 'vitest'
import { boundsOfShapes, conditionOfFrame, countKinds, shapeOf, shiftedShape } from './shapes.ts'

const fields = { geometry: '范围', title: '名称', keys: ['编号', '段'] }
const line = '{"type":"LineString","coordinates":[[106,29],[107,30]]}'
const areas =
  '{"type":"MultiPolygon","coordinates":[[[[100,20],[101,20],[101,21],[100,20]]],[[[110,35],[111,35],[111,36],[110,35]]]]}'

describe('shapes of rows', () => {
  it('have the key by which the row is asked for, where it is whole', () => {
    expect(shapeOf({ 范围: null, 名称: '甲', 编号: 'a', 段: 1 }, fields)).toBeNull()
    expect(shapeOf({ 范围: line, 名称: '甲', 编号: 'a', 段: 1 }, fields)).toEqual({
      geometry: JSON.parse(line),
      title: '甲',
      key: 'a~1',
    })
    expect(shapeOf({ 范围: line, 名称: '甲', 编号: 'a', 段: null }, fields)).not.toHaveProperty('key')
    expect(shapeOf({ 范围: line }, { ...fields, title: null, keys: [] })).toEqual({
      geometry: JSON.parse(line),
      title: '',
    })
  })

  it('have a frame, are counted by kind, and move as points do', () => {
    const shapes = [line, areas, line].map((text) => ({ geometry: JSON.parse(text), title: '' }))
    expect(boundsOfShapes(shapes)).toEqual([100, 20, 111, 36])
    expect(boundsOfShapes([])).toEqual([73, 17, 136, 54])
    expect(countKinds(shapes)).toEqual([
      ['areas', 1],
      ['lines', 2],
    ])
    const moved = shiftedShape(shapes[0]!, 'wgs84', 'gcj02')
    expect(moved.geometry.type).toBe('LineString')
    const [west] = boundsOfShapes([moved])
    expect(west > 106 && west < 106.01).toBe(true)
    expect(conditionOfFrame('范围', [106.12345678, 29, 107, 30])).toBe('范围:within:106.123457|29|107|30')
  })
})
