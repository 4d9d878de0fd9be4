import { expect, it } from 'vitest'
import { createAttemptLimit } from './attempt-limit.ts'

const minute = 60_000

function limit(most: number, keysKept = 100) {
  let time = 0
  const attempts = createAttemptLimit({ most, windowMs: minute, keysKept, now: () => time })
  return { attempts, pass: (ms: number) => (time += ms) }
}

it('lets so many attempts begin, and tells the next how long to wait', () => {
  const { attempts, pass } = limit(2)
  expect([attempts.begin('a'), attempts.begin('a')]).toEqual([0, 0])
  pass(20_000)
  expect(attempts.begin('a')).toBe(40)
  expect(attempts.begin('b')).toBe(0)
  pass(40_000)
  expect(attempts.begin('a')).toBe(0)
})

it('does not count what was given back, and starts anew once forgotten', () => {
  const { attempts } = limit(1)
  attempts.begin('a')
  attempts.giveBack('a')
  expect(attempts.begin('a')).toBe(0)
  expect(attempts.begin('a')).toBeGreaterThan(0)
  attempts.forget('a')
  expect(attempts.begin('a')).toBe(0)
})

it('keeps a bounded number of keys in mind, the newest', () => {
  const { attempts } = limit(1, 2)
  for (const key of ['a', 'b', 'c']) attempts.begin(key)
  expect(attempts.begin('c')).toBeGreaterThan(0)
  expect(attempts.begin('a')).toBe(0)
})
