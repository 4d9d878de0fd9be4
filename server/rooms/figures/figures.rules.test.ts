import { expect, it } from 'vitest'
import { loadRulebook } from '../../foundations/rulebook/index.ts'
import { answeredProcedures, givesAccess, monthsOf, periodOf } from './figures.rules.ts'

it('takes the last twelve months, a year at its turn too, where nothing else is asked', () => {
  expect(periodOf({}, '2026-11-22')).toEqual({ from: '2025-12-01', until: '2026-11-22' })
  expect(periodOf({}, '2026-01-05')).toEqual({ from: '2025-02-01', until: '2026-01-05' })
  expect(periodOf({ from: '2024-02-29' }, '2026-01-05')).toEqual({ from: '2024-02-29', until: '2026-01-05' })
})

it('names every month of the time, once', () => {
  expect(monthsOf({ from: '2025-11-30', until: '2026-02-01' })).toEqual([
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02',
  ])
  expect(monthsOf({ from: '2026-02-01', until: '2026-02-01' })).toEqual(['2026-02'])
})

it('counts in every city its requests for data, and neither cataloguing nor what is ordered of somebody', () => {
  for (const city of ['chongqing-2022', 'tianjin-2018', 'beijing-2022', 'suzhou-2022', 'xiamen-2022']) {
    const rulebook = loadRulebook(new URL(`../../../law/${city}/`, import.meta.url))
    const counted = answeredProcedures(rulebook)
    expect(counted.filter(givesAccess).map(({ key }) => key)).toEqual(['opening-request', 'sharing-request'])
    expect(counted.map(({ key }) => key)).not.toContain('catalogue-entry')
    expect(counted.map(({ key }) => key)).not.toContain('correction-order')
  }
})
