import { expect, it } from 'vitest'
import { fieldSchema } from './catalogue.ts'

it.each([
  ['PM2.5（µg/m³）', true],
  ["O'Neil", true],
  ['口径"', false],
  ['长\\宽', false],
  ['第一行\n第二行', false],
  ['_line', false],
])('takes %j as the name of a field: %s', (name, taken) => {
  expect(fieldSchema.safeParse({ name, type: 'text', sensitivity: 'public' }).success).toBe(taken)
})
