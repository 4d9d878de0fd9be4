import { type Text, text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import { Problem } from '../problems/index.ts'
import { findUnstorable, type Unstorable } from './storable.ts'

/** Parses one part of a request; what does not fit is told by path and in both languages, without repeating the value. */
export function parsePart<T extends z.ZodType>(
  schema: T,
  value: unknown,
  part: 'params' | 'query' | 'body',
): z.output<T> {
  const unstorable = findUnstorable(value)
  if (unstorable !== undefined)
    throw partProblem(part, [{ path: unstorable.path || part, message: unstorableMessage[unstorable.why] }])
  // With what was given, so that what is there but of another kind is not told as missing; it is never repeated.
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, 50)
  throw partProblem(
    part,
    issues.map((issue) => ({ path: issue.path.join('.') || part, message: messageOfIssue(issue) })),
  )
}

type Fault = { readonly path: string; readonly message: Text }

/** A path that does not fit names nothing; a query is malformed; a body can be completed. */
function partProblem(part: 'params' | 'query' | 'body', errors: readonly Fault[]): Problem {
  if (part === 'params') return new Problem('not-found')
  const code = part === 'body' ? 'content-incomplete' : 'bad-request'
  return new Problem(code, { condition: errors[0]!.message, errors })
}

const unstorableMessage: Record<Unstorable['why'], Text> = {
  text: text('含有无法保存的字符', 'Contains characters that cannot be kept'),
  depth: text('嵌套层次过深', 'Nested too deeply'),
}

type Issue = z.core.$ZodIssue

export function messageOfIssue(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      // What was written as no number is there all the same.
      if ('received' in issue && issue.received === 'NaN') return text('须填写数字', 'This must be a number')
      return issue.input === undefined
        ? text('此项必填', 'This is required')
        : text('此项的类型不符合要求', `This must be of type ${issue.expected}`)
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? text('此项必填', 'This is required')
        : text(`不得少于 ${issue.minimum}`, `At least ${issue.minimum}`)
    case 'too_big':
      return text(`不得超过 ${issue.maximum}`, `At most ${issue.maximum}`)
    case 'invalid_value':
      return text(`只能是：${issue.values.join('、')}`, `One of: ${issue.values.join(', ')}`)
    case 'unrecognized_keys':
      return text(
        `没有此项：${issue.keys.join('、').slice(0, 200)}`,
        `Unknown: ${issue.keys.join(', ').slice(0, 200)}`,
      )
    default:
      return text('此项的格式不符合要求', 'This is not in the expected form')
  }
}
