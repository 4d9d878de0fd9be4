import { commonProblems, type ProblemCode, problemSchema, problems } from '@tiaoli/contract/problems'
import type { Route } from '@tiaoli/contract/route'
import { expect } from 'vitest'
import type { Answer } from './caller.ts'

/** Holds an answer that is not a success to the form of a problem document, and to what its route says it can be. */
export function expectProblem(answer: Answer, route?: Route): ProblemCode {
  expect(String(answer.headers['content-type'])).toMatch(/^application\/problem\+json/)
  const problem = problemSchema.strict().parse(answer.body)
  const code = problem.code as ProblemCode
  expect(problems[code], `the code ${code} is not in the list`).toBeDefined()
  expect(problem.status).toBe(answer.status)
  expect(answer.status).toBe(problems[code].status)
  expect(problem.message.zh).not.toBe('')
  if (route !== undefined)
    expect([...route.problems, ...commonProblems], `${route.id} does not name ${code}`).toContain(code)
  return code
}

/** A success, or a problem document that is no fault of ours. */
export function expectOrderly(answer: Answer, route?: Route): void {
  expect(answer.status, answer.text).toBeLessThan(500)
  if (answer.status >= 400 && route?.failures === undefined) expectProblem(answer, route)
}
