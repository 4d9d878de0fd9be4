import { expect, test } from 'vitest'
import { questionOf } from './question-of.ts'

const questions = ['url', 'table', 'table.columns']

test.each([
  ['url', 'url'],
  ['table', 'table'],
  ['table.name', 'table'],
  ['table.columns.0.field', 'table.columns'],
  ['urls', undefined],
  ['body', undefined],
])('a fault at %s is about the question %s', (path, question) => {
  expect(questionOf(path, questions)).toBe(question)
})
