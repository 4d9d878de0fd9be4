import { expect, it } from 'vitest'
import { z } from 'zod'
import { Problem } from '../problems/index.ts'
import { parsePart } from './validation.ts'

const schema = z.object({
  title: z.string().min(1),
  fields: z.array(z.string()).optional(),
  state: z.enum(['live', 'gone']).optional(),
})

/** What is told of a body that does not fit. */
function told(body: unknown) {
  try {
    return parsePart(schema, body, 'body')
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.parts.errors?.map(({ path, message }) => [path, message.zh])
  }
}

it('tells what is missing from what is there and of another kind', () => {
  expect(told({})).toEqual([['title', '此项必填']])
  expect(told({ title: '' })).toEqual([['title', '此项必填']])
  expect(told({ title: 3, fields: '甲' })).toEqual([
    ['title', '此项的类型不符合要求'],
    ['fields', '此项的类型不符合要求'],
  ])
  expect(told({ title: '甲', state: 'elsewhere' })).toEqual([['state', '只能是：live、gone']])
})

it('repeats no value', () => {
  expect(JSON.stringify(told({ title: 424_242, fields: ['甲', 5_150] }))).not.toMatch(/424242|5150/)
})
