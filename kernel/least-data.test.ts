import { expect, it } from 'vitest'
import { leastDataQuestions } from './least-data.ts'

const fields = [
  { name: '代码', sensitivity: 'public' },
  { name: '名称', sensitivity: 'public' },
  { name: '电话', sensitivity: 'personal' },
  { name: '病史', sensitivity: 'sensitive' },
  { name: '备注', sensitivity: 'internal' },
]
const codesOf = (wanted: string[], stated: string) =>
  leastDataQuestions(fields, wanted, stated).map(({ code, field }) => [code, field])

it('asks about personal and sensitive fields that are wanted and not spoken of', () => {
  expect(codesOf(['代码', '电话', '病史'], '回访')).toEqual([
    ['personal-unexplained', '电话'],
    ['sensitive-unexplained', '病史'],
  ])
  expect(codesOf(['代码', '电话', '病史'], '用电话回访，按病史分组')).toEqual([])
  expect(codesOf(['代码', '备注'], '')).toEqual([])
})

it('asks about an entry that is wanted whole, where there is something to choose', () => {
  const all = fields.map(({ name }) => name)
  expect(codesOf(all, '电话 病史')).toEqual([['whole-entry', null]])
  expect(leastDataQuestions(fields.slice(0, 2), ['代码', '名称'], '')).toEqual([])
})
