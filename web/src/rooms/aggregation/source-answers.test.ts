import { expect, it } from 'vitest'
import { modesOf, pairsOf, tableOf } from './source-answers.ts'

it('reads names one a line, and leaves out what is no pair', () => {
  expect(pairsOf('线路 = line\n\n站点=\nno pair\n水位=values.level=x')).toEqual([
    ['线路', 'line'],
    ['水位', 'values.level=x'],
  ])
})

it('takes a place with or without a schema', () => {
  expect(tableOf('positions', '')).toEqual({ schema: null, name: 'positions', columns: [] })
  expect(tableOf('bus.positions.old', '线路=line')).toEqual({
    schema: 'bus',
    name: 'positions.old',
    columns: [{ field: '线路', column: 'line' }],
  })
})

it('offers what goes together alone', () => {
  expect(modesOf('rising', false)).toEqual(['append'])
  expect(modesOf('table', true)).toEqual(['replace', 'upsert'])
  expect(modesOf('file', false)).toEqual(['replace', 'append'])
})
