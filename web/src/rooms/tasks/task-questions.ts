import type { ContentField } from '@tiaoli/contract/rulebook'
import { requirableCycles } from '@tiaoli/contract/tasks'
import { text } from '@tiaoli/kernel/text'
import { words as en } from '../../text/en/first/words.ts'
import { words as zh } from '../../text/zh/first/words.ts'

const question = {
  help: null,
  required: true,
  article: null,
  minLength: null,
  maxLength: null,
  choices: null,
  ranks: null,
} as const

/** Acts of the contract itself and of no procedure, so their questions stand here. */
export const requirementQuestions: ContentField[] = [
  {
    ...question,
    key: 'cycle',
    kind: 'choice',
    title: text('要求的更新周期', 'Cycle that is required'),
    choices: requirableCycles.map((key) => ({
      key,
      term: text(zh.cycles[key], en.cycles[key]),
    })),
  },
  {
    ...question,
    key: 'issuer',
    kind: 'text',
    title: text('提出要求的机关', 'Who required it'),
    maxLength: 200,
  },
  { ...question, key: 'instrument', kind: 'text', title: text('依据文件', 'Instrument'), maxLength: 300 },
  { ...question, key: 'on', kind: 'date', title: text('文件日期', 'Date of the instrument') },
]

export const sourceQuestions: ContentField[] = [
  {
    ...question,
    key: 'rows',
    kind: 'text',
    title: text('源端数据行数', 'Rows at the source'),
    help: text('填写整数。', 'A whole number.'),
    maxLength: 13,
  },
  {
    ...question,
    key: 'changedOn',
    kind: 'date',
    title: text('源端最近更新日期', 'Day on which the source last changed'),
  },
]
