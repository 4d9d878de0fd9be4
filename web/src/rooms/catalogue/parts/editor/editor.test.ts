import { expect, it } from 'vitest'
import { en } from '../../../../text/en.ts'
import { zh } from '../../../../text/zh.ts'
import { anchorOf } from './draft.ts'
import { parseFields } from './parse-fields.ts'

it('reads fields from a sheet, in either language, and leaves its heading out', () => {
  const pasted =
    '名称\t类型\t含义\t敏感程度\n器具编号\t文本\t唯一编号\t公开\n\nphone\tphone\tcontact\tPersonal information'
  expect(parseFields(pasted, [zh, en])).toMatchObject([
    { name: '器具编号', type: 'text', meaning: '唯一编号', sensitivity: 'public' },
    { name: 'phone', type: 'phone', meaning: 'contact', sensitivity: 'personal' },
  ])
})

it('takes what it does not know as internal text', () => {
  expect(parseFields('备注，随笔', [zh])).toMatchObject([
    { name: '备注', type: 'text', sensitivity: 'internal' },
  ])
})

it.each([
  ['sharing.conditions', 'sharing-conditions'],
  ['sharingType', 'sharing'],
  ['opening.basis', 'opening-basis'],
  ['updateCycle', 'update-cycle'],
  ['fields', 'fields'],
])('leads from %s to #%s', (path, anchor) => {
  expect(anchorOf(path)).toBe(anchor)
})
