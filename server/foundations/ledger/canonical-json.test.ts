import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import type { Json } from './ledger.types.ts'

describe('canonical JSON', () => {
  it('orders members by the UTF-16 code units of their names, at every depth', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }], a: { 数: 1, é: 2, e: 3 } })).toBe(
      '{"a":{"e":3,"é":2,"数":1},"b":[{"a":2,"z":1}]}',
    )
  })

  it('is not led by the order in which an engine keeps names that look like numbers', () => {
    expect(canonicalJson({ 10: 'ten', 2: 'two', b: 1 })).toBe('{"10":"ten","2":"two","b":1}')
  })

  it('leaves out what is undefined, as the database will', () => {
    expect(canonicalJson({ a: undefined, b: 1 } as unknown as Json)).toBe('{"b":1}')
    expect(canonicalJson({ b: 1, a: undefined } as unknown as Json)).toBe('{"b":1}')
  })

  it('is what writing member by member gives, in whatever order the members were set', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = writtenOut(value)
        expect(canonicalJson(value as Json)).toBe(text)
        expect(canonicalJson(turned(value) as Json)).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })
})

/** The rule itself, without any of the short ways: names sorted, each member written, at every depth. */
function writtenOut(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(writtenOut).join(',')}]`
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${writtenOut(inner)}`).join(',')}}`
}

/** The same value with the members of every object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, turned(inner)]),
  )
}
