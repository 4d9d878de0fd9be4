import { expect, it } from 'vitest'
import { zh } from '../../text/zh.ts'
import { parseExceptions, parseFields, writeExceptions, writeFields } from './plan-lines.ts'

const ranks = [{ key: 'law', term: { zh: '法律', en: 'law' } }]

it('reads the fields that it writes', () => {
  const written = '家庭住址|文本|个人信息|划片入学\n学生人数|整数|内部|'
  const { fields, badLine } = parseFields(written, zh)
  expect(badLine).toBeUndefined()
  expect(fields[0]).toEqual({ name: '家庭住址', type: 'text', sensitivity: 'personal', reason: '划片入学' })
  expect(writeFields(fields, zh)).toBe(written)
})

it('names a line whose type nobody knows', () => {
  expect(parseFields('家庭住址|地点|个人信息', zh).badLine).toBe('家庭住址|地点|个人信息')
})

it('reads the exceptions that it writes', () => {
  const written = '结婚证|法律|中华人民共和国民法典|第一千零四十九条\n住址|同意|书面同意留存'
  expect(writeExceptions(parseExceptions(written, ranks), ranks)).toBe(written)
})

it('takes a rank that the city does not know for no basis', () => {
  expect(parseExceptions('结婚证|口头通知|某通知|第一条', ranks)[0]?.basis).toBeNull()
})
