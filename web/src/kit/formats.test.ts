import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatMoment, formatNumber } from './formats.ts'

const asBefore = { zh: new Intl.NumberFormat('zh-CN'), en: new Intl.NumberFormat('en-GB') }

it.each(['zh', 'en'] as const)(
  'writes every number as the customs of the language (%s) have it',
  (language) => {
    const numbers = fc.oneof(
      fc.maxSafeInteger(),
      fc.integer({ min: -9_999_999, max: 9_999_999 }).map((thousandths) => thousandths / 1000),
      fc.double(),
    )
    fc.assert(
      fc.property(numbers, (value) => {
        // Nothing is written as nothing, from whichever side it was reached.
        fc.pre(!Object.is(value, -0))
        expect(formatNumber(value, language)).toBe(asBefore[language].format(value))
      }),
    )
  },
)

it('writes a moment in the hours of China', () => {
  expect(formatMoment('2026-10-14T01:30:59.999Z')).toBe('2026-10-14 09:30')
  expect(formatMoment('2026-12-31T16:00:00.000Z')).toBe('2027-01-01 00:00')
})
