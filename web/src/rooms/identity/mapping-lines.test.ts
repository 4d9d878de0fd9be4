import { expect, it } from 'vitest'
import { linesOfMapping, mappingOfLines } from './mapping-lines.ts'

it('reads what it writes, and lines as people type them', () => {
  const mapping = [
    { value: '民政局', organisationId: 'civil', powers: ['steward' as const, 'requester' as const] },
    { value: 'guest', organisationId: 'civil', powers: [] },
  ]
  expect(mappingOfLines(linesOfMapping(mapping))).toEqual(mapping)
  expect(mappingOfLines('\n 民政局，civil，requester ＋ steward \n\nguest,civil,\n')).toEqual(mapping)
})

it.each([
  ['甲', 1],
  ['甲, ', 1],
  ['a, b, requester\nc', 2],
  ['a, b, admin', 1],
  ['a, b, requester, more', 1],
  [', b, requester', 1],
])('says which line of %j is not in the form', (text, line) => {
  expect(mappingOfLines(text)).toBe(line)
})
