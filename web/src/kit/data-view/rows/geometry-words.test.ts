import { expect, it } from 'vitest'
import { shapeInBrief } from './geometry-words.ts'

it.each([
  [
    '{"type":"Point","coordinates":[106.12345678,29.5]}',
    { kind: 'Point', positions: 1, at: '106.123457, 29.5' },
  ],
  ['{"type":"LineString","coordinates":[[-1,2],[3,4]]}', { kind: 'LineString', positions: 2, at: null }],
  [
    '{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}',
    { kind: 'MultiPolygon', positions: 8, at: null },
  ],
  ['h:5f2c', null],
  ['', null],
])('says of %s what it is', (text, brief) => {
  expect(shapeInBrief(text)).toEqual(brief)
})
