import { expect, it } from 'vitest'
import { leftAsRequested } from './as-requested.ts'

const answers = (given: Record<string, unknown>) =>
  Object.entries(given).map(([key, value]) => ({ key, value }))

it('names the terms that a decision did not settle, and those alone', () => {
  const requested = answers({
    scenario: '核对',
    fields: ['名称'],
    until: '2027-01-01',
    contact: '某人',
    masks: null,
  })
  const left = (decided: object) => leftAsRequested(requested, answers({ ...decided })).map(({ key }) => key)
  expect(left({})).toEqual(['scenario', 'fields', 'until'])
  expect(left({ fields: ['名称'], until: '' })).toEqual(['scenario', 'until'])
})
