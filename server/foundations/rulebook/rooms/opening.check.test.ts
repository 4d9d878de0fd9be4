import { expect, it } from 'vitest'
import { loadRulebook } from '../load.ts'
import { checkOpening } from './opening.check.ts'

const { rooms, procedures } = loadRulebook(new URL('../../../../law/chongqing-2022/', import.meta.url))
const { agreement, correction } = rooms.opening!
const pathsOf = (rules: Parameters<typeof checkOpening>[0]) =>
  checkOpening(rules, procedures).map(({ path }) => path)

it('finds no fault in what the procedures have', () => {
  expect(pathsOf({ agreement, correction })).toEqual([])
})

it('names everything that the procedures do not have, all at once', () => {
  const broken = {
    ...agreement!,
    acceptedBy: 'sign-in-blood',
    matters: { ...agreement!.matters, keys: ['fields', 'price'] },
    until: 'purpose',
    feedback: { ...agreement!.feedback, rhythm: 'feedback' },
  }
  expect(pathsOf({ agreement: broken, correction: { ...correction!, correctBy: 'facts-of-life' } })).toEqual([
    'agreement.acceptedBy',
    'agreement.matters.keys',
    'agreement.until',
    'agreement.feedback.rhythm',
    'correction',
  ])
  expect(pathsOf({ agreement: { ...agreement!, procedure: 'nowhere' } })).toEqual(['agreement.procedure'])
  expect(pathsOf({ correction: { ...correction!, opens: 'fine' } })).toEqual(['correction.opens'])
})
