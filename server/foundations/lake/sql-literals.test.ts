import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { literalOf, quoteName, withLiterals } from './sql-literals.ts'
import { microsecondsOf } from './trino-dialect.ts'

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom("'", '"', '?', '\\', '-', '\n', '\0', '%'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
})

/** Reads a literal as standard SQL does; undefined where it ends before its text does. */
function textOf(literal: string): string | undefined {
  return /^'(?:[^']|'')*'$/.test(literal) ? literal.slice(1, -1).replaceAll("''", "'") : undefined
}

describe('literals of SQL', () => {
  it('are one literal each, of the text that went in', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(textOf(literalOf(text))).toBe(text.toWellFormed())
      }),
    )
    expect([null, true, -1.5, 1e21].map(literalOf)).toEqual(['null', 'true', '-1.5', '1e+21'])
    expect(() => literalOf(Number.NaN)).toThrow(TypeError)
  })

  it('take the place of question marks, and of no others than those of the statement', () => {
    fc.assert(
      fc.property(nasty, fc.array(nasty, { maxLength: 4 }), nasty, (name, values, own) => {
        const [before, after] = [`select ${quoteName(name)} where ${literalOf(own)} in (`, `)`]
        const sql = `${before}${values.map(() => '?').join(', ')}${after}`
        expect(withLiterals(sql, values)).toBe(`${before}${values.map(literalOf).join(', ')}${after}`)
      }),
    )
  })

  it('are as many as the question marks', () => {
    expect(() => withLiterals('select ?', [])).toThrow('a value is missing')
    expect(() => withLiterals('select ?', [1, 2])).toThrow('a value is left over')
  })
})

describe('times of day', () => {
  it.each([
    ['00:00', 0],
    ['09:30:00.5', 34_200_500_000],
    ['23:59:59.999999', 86_399_999_999],
  ])('%s are %i microseconds', (text, micros) => {
    expect(microsecondsOf(text)).toBe(micros)
  })
})
