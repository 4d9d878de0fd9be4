import { expect, it } from 'vitest'
import { Problem } from '../foundations/problems/index.ts'
import { periodOf } from './record-period.rules.ts'

const now = new Date('2026-03-31T02:00:00Z')
const refusalOf = (asked: Parameters<typeof periodOf>[0]): [string, string] => {
  try {
    periodOf(asked, now)
  } catch (error) {
    if (error instanceof Problem) return [error.code, error.parts.condition?.zh ?? '']
  }
  throw new Error('it was not refused')
}

it('refuses more than a year where records have to be read, and a time that ends before it begins', () => {
  const tooLong = ['bad-filter', '按事项、结果、条款、密钥或者场景查询，一次最多查一年（平台规则，非法定）']
  expect(refusalOf({ outcome: 'answered', from: '2025-03-01T00:00:00Z' })).toEqual(tooLong)
  expect(refusalOf({ accesses: true, from: '1900-01-01T00:00:00Z', before: '2026-01-01T00:00:00Z' })).toEqual(
    tooLong,
  )
  expect(
    refusalOf({ kind: 'case.act', from: '2026-02-01T00:00:00Z', before: '2026-01-01T00:00:00Z' }),
  ).toEqual(['bad-filter', '截止时间须晚于起始时间'])
})

it('keeps what no index answers to thirty days, or to the time that is named', () => {
  const usual = { from: '2026-03-01T02:00:00.001Z', before: '2026-03-31T02:00:00.001Z', usual: true }
  for (const asked of [
    { kind: 'case.act' },
    { accesses: true },
    { outcome: 'answered' },
    { article: '26' },
    { key: 'k' },
    { scenario: '核验' },
  ])
    expect(periodOf(asked, now)).toEqual(usual)
  expect(periodOf({ outcome: 'answered', before: '2020-01-31T00:00:00Z' }, now)).toEqual({
    from: '2020-01-01T00:00:00.000Z',
    before: '2020-01-31T00:00:00.000Z',
    usual: true,
  })
  expect(periodOf({ outcome: 'answered', from: '2025-04-01T00:00:00+08:00' }, now)).toMatchObject({
    from: '2025-03-31T16:00:00.000Z',
    usual: false,
  })
})

it('leaves all times to what an index answers', () => {
  expect(periodOf({}, now)).toBeNull()
  expect(periodOf({ accesses: false, from: '1990-01-01T00:00:00Z' }, now)).toBeNull()
  expect(periodOf({ case: 'c', kind: 'case.act' }, now)).toBeNull()
})
