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

/** Revoking is an act of the contract itself, not of a procedure, so its two questions stand here. */
export const revokeQuestions: ContentField[] = [
  { ...question, key: 'reasons', title: text('撤销理由', 'Reasons'), maxLength: 2000 },
  { ...question, key: 'basis', title: text('撤销依据', 'Legal basis'), maxLength: 200 },
]
