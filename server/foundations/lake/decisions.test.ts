import { describe, expect, it } from 'vitest'
import { csvRow } from './csv-cells.ts'
import { cursorAfter, rowOfCursor } from './cursors.ts'
import { formatOf } from './decode-json.ts'
import { findDelimiter } from './delimiter.ts'
import { headerIndex, nameHeaders } from './headers.ts'
import { inferType } from './infer.ts'
import { compareKeys } from './key-order.ts'
import { looksPersonal } from './personal.ts'
import { dateText, isDateCode } from './xlsx-formats.ts'

describe('headers', () => {
  it('names what is empty or double, and marks it', () => {
    expect(nameHeaders([' a ', '', 'a', 'column_2', null])).toEqual([
      { source: 'a' },
      { source: 'column_2_2', renamedFrom: '' },
      { source: 'a_2', renamedFrom: 'a' },
      { source: 'column_2' },
      { source: 'column_5', renamedFrom: '' },
    ])
  })

  it('steps over a title above a wider table, but not over the only column', () => {
    expect(
      headerIndex([
        ['企业名录', '', ''],
        ['代码', '名称', '电话'],
      ]),
    ).toBe(1)
    expect(headerIndex([['code'], ['1']])).toBe(0)
  })

  it('refuses too many columns and a header without any name', () => {
    expect(() => nameHeaders(Array.from({ length: 2_001 }, (_, index) => `c${index}`))).toThrow(
      'too-many-columns',
    )
    expect(() => nameHeaders(['', ' '])).toThrow('not-a-table')
  })
})

describe('delimiter', () => {
  it.each([',', ';', '\t', '|'])('finds %j', (delimiter) => {
    expect(
      findDelimiter([`a${delimiter}b${delimiter}c`, `1${delimiter}"x, ; y"${delimiter}3`, ''].join('\n')),
    ).toBe(delimiter)
  })
})

describe('types', () => {
  const digits = (values: number, digitsOfCode = 0) => ({
    values,
    digitsOfCode,
    fits: { integer: values - digitsOfCode, decimal: values - digitsOfCode },
  })

  it('keeps digits with a meaning as text', () => {
    expect(inferType('人数', digits(100))).toBe('integer')
    expect(inferType('人数', digits(100, 1))).toBe('text')
    expect(inferType('企业编码', digits(100))).toBe('text')
  })

  it('takes what nearly all values are, if there are enough of them', () => {
    expect(inferType('n', { values: 1000, digitsOfCode: 0, fits: { decimal: 990 } })).toBe('decimal')
    expect(inferType('n', { values: 1000, digitsOfCode: 0, fits: { decimal: 989 } })).toBe('text')
    expect(inferType('n', { values: 10, digitsOfCode: 0, fits: { decimal: 9 } })).toBe('text')
    expect(inferType('n', { values: 0, digitsOfCode: 0, fits: {} })).toBe('text')
  })

  it('takes eight digits for a date only under a header that says so', () => {
    const counts = { values: 50, digitsOfCode: 0, fits: { integer: 50, date: 50 } }
    expect(inferType('成立日期', counts)).toBe('date')
    expect(inferType('数量', counts)).toBe('integer')
  })
})

describe('personal data', () => {
  it('is noticed by its values', () => {
    expect(looksPersonal('x', 'text', ['王示例', '李示', '欧阳示例'])).toBe('name')
    expect(looksPersonal('x', 'text', ['重庆市渝中区示例路1号', '重庆市江北区示例路88号'])).toBe('address')
    expect(looksPersonal('x', 'text', ['4111111111111111', '6011111111111117'])).toBe('bank-card')
    expect(looksPersonal('企业名称', 'text', ['示例商贸有限公司'])).toBeUndefined()
  })
})

describe('cursor', () => {
  const scope = { snapshotId: 's', filters: [], sort: [{ field: 'a', descending: false }] }

  it('comes back as the row it was made for', () => {
    expect(rowOfCursor(cursorAfter(4_999_999, scope), scope)).toBe(4_999_999)
  })

  it('is refused when garbled, cut, or of another query', () => {
    const cursor = cursorAfter(7, scope)
    for (const wrong of ['', 'x', cursor.slice(1), `${cursor}A`, `${cursor} `])
      expect(() => rowOfCursor(wrong, scope)).toThrow('bad-cursor')
    expect(() => rowOfCursor(cursor, { ...scope, snapshotId: 't' })).toThrow('bad-cursor')
    expect(() => rowOfCursor(cursor, { ...scope, sort: [] })).toThrow('bad-cursor')
  })
})

describe('cells for spreadsheets', () => {
  it('never run as a formula, while negative numbers stay numbers', () => {
    expect(csvRow(['=1+1', '+1', '-1', '@x', '\tx', -1.5, null, 'a"b,c'])).toBe(
      `'=1+1,'+1,'-1,'@x,'\tx,-1.5,,"a""b,c"\r\n`,
    )
  })
})

describe('dates of a sheet', () => {
  it('knows formats that show a date', () => {
    for (const code of ['yyyy-mm-dd', 'yyyy"年"m"月"d"日"', 'h:mm', '[h]:mm', 'yyyy年mm月'])
      expect(isDateCode(code)).toBe(true)
    for (const code of ['General', '0.00', '[Red]0', '"day"0', '#,##0']) expect(isDateCode(code)).toBe(false)
  })

  it('counts days from 1900 and from 1904', () => {
    expect(dateText(45_292, false)).toBe('2024-01-01')
    expect(dateText(45_292.395833333336, false)).toBe('2024-01-01 09:30:00')
    expect(dateText(0.5, false)).toBe('12:00:00')
    expect(dateText(43_830, true)).toBe('2024-01-01')
    expect(dateText(-1, false)).toBeNull()
  })
})

describe('JSON', () => {
  it('tells a list from one object a line', () => {
    expect(formatOf(' [{"a":1}]')).toBe('json')
    expect(formatOf('{"data":[{"a":1}]}')).toBe('json')
    expect(formatOf('{\n "code": 0,\n "data": [\n')).toBe('json')
    expect(formatOf('{"a":1}\n{"a":2}\n')).toBe('ndjson')
    expect(formatOf('{"a":1}')).toBe('ndjson')
  })
})

describe('order of keys', () => {
  it('is that of the engine: numbers by size, texts by bytes', () => {
    expect(compareKeys([9], [10])).toBeLessThan(0)
    expect(compareKeys(['10'], ['9'])).toBeLessThan(0)
    // By UTF-16 units the first would come later.
    expect(compareKeys(['\uffee'], ['😀'])).toBeLessThan(0)
    expect(compareKeys(['a', 2], ['a', 1])).toBeGreaterThan(0)
  })
})
