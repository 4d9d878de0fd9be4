import type { ContentField } from '@tiaoli/contract/rulebook'
import { text } from '@tiaoli/kernel/text'

const question = {
  kind: 'text',
  help: null,
  required: true,
  article: null,
  minLength: null,
  choices: null,
  ranks: null,
} as const

/** These are acts of the contract itself, not of a procedure, so their two questions stand here. */
export const groundQuestions: ContentField[] = [
  { ...question, key: 'reasons', title: text('理由', 'Reasons'), maxLength: 2000 },
  { ...question, key: 'basis', title: text('依据', 'Basis'), maxLength: 500 },
]
