import type { ContentField } from '@tiaoli/contract/rulebook'
import { expect, it } from 'vitest'
import { checkContent, filled } from './check-content.ts'

const question = (
  key: string,
  kind: ContentField['kind'],
  part: Partial<ContentField> = {},
): ContentField => ({
  key,
  kind,
  title: { zh: key, en: key },
  help: null,
  required: true,
  article: null,
  minLength: null,
  maxLength: null,
  choices: null,
  ranks: null,
  ...part,
})
const questions = [
  question('reasons', 'text', { minLength: 5 }),
  question('basis', 'basis'),
  question('fields', 'fields'),
  question('until', 'date', { required: false }),
]

it('finds every answer that is missing, in the order of the form', () => {
  expect(checkContent(questions, {})).toEqual([
    { key: 'reasons', kind: 'missing' },
    { key: 'basis', kind: 'basis-incomplete', part: 'rank' },
    { key: 'fields', kind: 'unchosen' },
  ])
})

it('accepts complete answers', () => {
  const basis = { rank: 'law', instrument: '数据安全法', article: '第二十一条' }
  expect(checkContent(questions, { reasons: '超出所需范围', basis, fields: ['名称'] })).toEqual([])
})

it('asks for the rest of a basis that was begun, even where none is required', () => {
  const optional = [question('basis', 'basis', { required: false })]
  expect(checkContent(optional, {})).toEqual([])
  expect(checkContent(optional, { basis: { rank: 'law', instrument: '', article: '' } })).toEqual([
    { key: 'basis', kind: 'basis-incomplete', part: 'instrument' },
  ])
})

it('sends only what was answered', () => {
  expect(filled(questions, { reasons: '超出所需范围', until: '', fields: [] })).toEqual({
    reasons: '超出所需范围',
  })
})
