import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedField } from './gateway.types.ts'
import { maskRow, maskValue } from './masks.ts'

const partial = (type: PlannedField['type'], personal?: PlannedField['personal']): PlannedField => ({
  name: 'field',
  type,
  mask: 'partial',
  personal,
})

describe('partial masks', () => {
  it.each<[PlannedField, string, string]>([
    [partial('identity-number'), '110101199003071234', '110***********1234'],
    [partial('identity-number'), '11010119900307123X', '110***********123X'],
    [partial('identity-number'), '110101900307123', '110********7123'],
    [partial('identity-number'), 'not one', 'n******'],
    [partial('phone'), '13812345678', '138****5678'],
    [partial('phone'), '023-63812345', '023-6381****'],
    [partial('phone'), '110', '1**'],
    [partial('text', 'name'), '王小明', '王*明'],
    [partial('text', 'name'), '王明', '王*'],
    [partial('text', 'name'), '欧阳小明', '欧**明'],
    [partial('text', 'name'), '王', '*'],
    [partial('text', 'name'), '𠮷田明', '𠮷*明'],
    [partial('text', 'address'), '重庆市渝中区解放碑街道民权路1号', '重庆市渝中区***'],
    [partial('text', 'address'), '广西壮族自治区南宁市青秀区民族大道1号', '广西壮族自治区南宁市青秀区***'],
    [partial('text', 'address'), '浙江省义乌市稠城街道1号', '浙江省义乌市***'],
    [partial('text', 'address'), '上海市浦东新区世纪大道1号', '上海市浦东新区***'],
    [partial('text', 'address'), '广东省东莞市解放路阳光小区3栋', '广东省东莞市***'],
    [partial('text', 'address'), '解放路3号', '***'],
    [partial('text', 'bank-card'), '6222021234567891234', '622202*********1234'],
    [partial('text'), '肝炎病史', '肝***'],
    [partial('credit-code'), '91500000MA5U0000XX', '91500000MA5U0000XX'],
    [partial('division-code'), '500103001002', '500103******'],
    [partial('division-code'), '500103', '500103'],
  ])('%o %s becomes %s', (field, value, shown) => {
    expect(maskValue(field, value)).toBe(shown)
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
          const shown = String(maskValue(field, value))
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
    expect(maskRow(fields, { phone: '13812345678', illness: '肝炎' })).toEqual({
      phone: '138****5678',
      missing: null,
    })
  })
})
