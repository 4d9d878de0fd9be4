import { type Text, text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import { Problem } from '../problems/index.ts'

/** Parses one part of a request; what does not fit is told by path and in both languages, without repeating the value. */
export function parsePart<T extends z.ZodType>(
  schema: T,
  value: unknown,
  part: 'params' | 'query' | 'body',
): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  if (part === 'params') throw new Problem('not-found')
  const errors = result.error.issues
    .slice(0, 50)
    .map((issue) => ({ path: issue.path.join('.') || part, message: messageOf(issue) }))
  throw new Problem(part === 'body' ? 'content-incomplete' : 'bad-request', {
    condition: errors[0]!.message,
    errors,
  })
}

type Issue = z.core.$ZodIssue

function messageOf(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
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
