import { expect, it } from 'vitest'
import { parseDays } from './parse-days.ts'

it('reads a break from its first day to its last, and single days', () => {
  const { days, badLines } = parseDays('2027-02-05 至 2027-02-07 春节\n\n2027-01-01 元旦\n')
  expect(days.map(({ on }) => on)).toEqual(['2027-02-05', '2027-02-06', '2027-02-07', '2027-01-01'])
  expect(days[0]!.name).toEqual({ zh: '春节', en: 'Spring Festival' })
  expect(badLines).toEqual([])
})

it('keeps a name it does not know in both languages', () => {
  expect(parseDays('2027-09-03 纪念日').days[0]!.name).toEqual({ zh: '纪念日', en: '纪念日' })
})

it('tells the lines that it cannot read', () => {
  const text = '2027-02-30 春节\n2027-01-01\n2027-01-03 至 2027-01-01 元旦\n2027-01-01~2027-12-31 全年\n元旦'
  expect(parseDays(text)).toEqual({ days: [], badLines: [1, 2, 3, 4, 5] })
})
