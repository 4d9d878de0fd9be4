import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedField } from './gateway.types.ts'
import { maskerOf, showingOf } from './masks.ts'
import { namesUnder, pseudonymsUnder } from './pseudonyms.ts'

const pseudonyms = pseudonymsUnder('for tests', 'grant')

/** What a field shows of a value. */
const shownOf = (field: PlannedField, value: string | number) =>
  maskerOf([field], pseudonyms)({ [field.name]: value })[field.name]

const partial = (type: PlannedField['type'], personal?: PlannedField['personal']): PlannedField => ({
  name: 'field',
  type,
  mask: 'partial',
  personal,
})

describe('partial masks', () => {
  it.each<[PlannedField, string, string]>([
    [partial('identity-number'), '500000190001010015', '500***********0015'],
    [partial('identity-number'), '50000019000101004X', '500***********004X'],
    [partial('identity-number'), '500000000101001', '500********1001'],
    [partial('identity-number'), 'not one', 'n******'],
    [partial('phone'), '13800000000', '138****0000'],
    [partial('phone'), '023-00000000', '023-0000****'],
    [partial('phone'), '110', '1**'],
    [partial('text', 'name'), '示例甲', '示*甲'],
    [partial('text', 'name'), '示例', '示*'],
    [partial('text', 'name'), '示例人甲', '示**甲'],
    [partial('text', 'name'), '示', '*'],
    [partial('text', 'name'), '𠮷例甲', '𠮷*甲'],
    [partial('text', 'address'), '重庆市渝中区示例街道示例路1号', '重庆市渝中区***'],
    [partial('text', 'address'), '广西壮族自治区南宁市青秀区示例大道1号', '广西壮族自治区南宁市青秀区***'],
    [partial('text', 'address'), '浙江省义乌市示例街道1号', '浙江省义乌市***'],
    [partial('text', 'address'), '上海市浦东新区示例大道1号', '上海市浦东新区***'],
    [partial('text', 'address'), '广东省东莞市示例路示例小区3栋', '广东省东莞市***'],
    [partial('text', 'address'), '示例路3号', '***'],
    [partial('text', 'bank-card'), '6222000000000000000', '622200*********0000'],
    [partial('text'), '肝炎病史', '肝***'],
    [partial('credit-code'), '91500000MA0000001B', '91500000MA0000001B'],
    [partial('division-code'), '500103001002', '500103******'],
    [partial('division-code'), '500103', '500103'],
  ])('%o %s becomes %s', (field, value, shown) => {
    expect(shownOf(field, value)).toBe(shown)
  })

  it('never show a longer value whole', () => {
    const fields = [
      partial('identity-number'),
      partial('phone'),
      partial('text'),
      partial('text', 'name'),
      partial('text', 'address'),
      partial('text', 'bank-card'),
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        // A value that holds the mark itself may look the same when it is hidden.
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.includes('*')),
        (field, value) => {
          const shown = String(shownOf(field, value))
          expect(shown).toContain('*')
          expect(shown).not.toBe(value)
        },
      ),
    )
  })

  it('cut a row to the fields of the plan', () => {
    const fields: PlannedField[] = [
      { name: 'phone', type: 'phone', mask: 'partial' },
      { name: 'missing', type: 'text', mask: 'none' },
    ]
    expect(maskerOf(fields, pseudonyms)({ phone: '13800000000', illness: '肝炎' })).toEqual({
      phone: '138****0000',
      missing: null,
    })
  })
})

describe('coarser values', () => {
  const field = (
    type: PlannedField['type'],
    mask: PlannedField['mask'],
    personal?: PlannedField['personal'],
  ) => ({
    name: 'field',
    type,
    mask,
    ...(personal && { personal }),
  })

  it.each<[PlannedField, string | number, unknown]>([
    [field('date', 'year'), '1990-03-07', '1990'],
    [field('date', 'month'), '1990-03-07', '1990-03'],
    [field('instant', 'month'), '1990-03-07T01:02:03Z', '1990-03'],
    [field('date', 'year'), 'in March', null],
    [field('division-code', 'district'), '500103001002', '500103'],
    [field('text', 'district', 'address'), '重庆市渝中区示例路1号', '重庆市渝中区***'],
    [field('integer', 'band:5000'), 12_345, '10000–15000'],
    [field('integer', 'band:5000'), 10_000, '10000–15000'],
    [field('integer', 'band:5000'), -1, '-5000–0'],
    [field('decimal', 'round:0.5'), 0.8, 1],
    [field('decimal', 'round:0.1'), 0.30000000000000004, 0.3],
    [field('integer', 'round:100'), -49, 0],
  ])('%o %s becomes %s', (planned, value, shown) => {
    expect(shownOf(planned, value)).toBe(shown)
  })

  it.each<[PlannedField['type'], PlannedField['mask']]>([
    ['text', 'year'],
    ['text', 'band:10'],
    ['date', 'round:10'],
    ['integer', 'band:0'],
    ['integer', 'round:-5'],
    ['integer', 'band:NaN' as 'band:1'],
    ['text', 'district'],
    ['integer', 'partial'],
    ['text', 'unheard-of' as 'partial'],
  ])('a field of type %s under %s shows nothing', (type, mask) => {
    expect(showingOf({ name: 'field', type }, mask)).toBeUndefined()
    expect(shownOf(field(type, mask), 12)).toBeNull()
  })

  it('a band tells no more than its ends, and a value lies in its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 1e6 }), (value, step) => {
        const [from, to] = String(shownOf(field('integer', `band:${step}`), value))
          .split('–')
          .map(Number)
        expect(Math.abs(from! % step)).toBe(0)
        expect(to! - from!).toBe(step)
        expect(from! <= value && value < to!).toBe(true)
      }),
    )
  })
})

describe('pseudonyms', () => {
  const id = { name: 'id', type: 'identity-number', mask: 'pseudonym' } as const
  const other = { name: 'guardian', type: 'identity-number', mask: 'pseudonym' } as const
  const under = (secret: string, grant: string, field: PlannedField, value: string) =>
    maskerOf([field], pseudonymsUnder(secret, grant))({ [field.name]: value })[field.name]

  it('are the same for the same value under one grant, and another under any other, field or installation', () => {
    fc.assert(
      fc.property(fc.string(), fc.uuid(), fc.uuid(), (value, grant, stranger) => {
        fc.pre(grant !== stranger)
        const name = under('secret', grant, id, value)
        expect(under('secret', grant, id, value)).toBe(name)
        expect(under('secret', stranger, id, value)).not.toBe(name)
        expect(under('secret', grant, other, value)).not.toBe(name)
        expect(under('other', grant, id, value)).not.toBe(name)
        expect(name).toMatch(/^[\w-]{16}$/)
      }),
    )
  })

  it('of different values differ', () => {
    const names = Array.from({ length: 20_000 }, (_, n) => under('secret', 'grant', id, String(n)))
    expect(new Set(names).size).toBe(names.length)
  })

  it('of nothing are nothing', () => {
    expect(maskerOf([id], pseudonyms)({ id: null })).toEqual({ id: null })
  })

  it('tell the grant they were made under, and no other', () => {
    const made = Array.from({ length: 500 }, (_, n) => pseudonymsUnder('for tests', 'one')(`value ${n}`))
    expect(made.every(namesUnder('for tests', 'one'))).toBe(true)
    expect(made.filter(namesUnder('for tests', 'two'))).toEqual([])
    expect(made.filter(namesUnder('elsewhere', 'one'))).toEqual([])
  })
})
