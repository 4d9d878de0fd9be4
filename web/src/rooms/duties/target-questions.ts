import type { ContentField } from '@tiaoli/contract/rulebook'
import { text } from '@tiaoli/kernel/text'

const question = {
  help: null,
  required: true,
  article: null,
  minLength: null,
  maxLength: null,
  choices: null,
  ranks: null,
} as const

const once = 'once'
const every = (months: number, zh: string, en: string) => ({ key: `m${months}`, term: text(zh, en) })

/** Setting a target is an act of the contract itself, not of a procedure, so its questions stand here. */
export const targetQuestions: ContentField[] = [
  { ...question, key: 'firstDueOn', kind: 'date', title: text('首个日期', 'First date') },
  {
    ...question,
    key: 'every',
    kind: 'choice',
    title: text('间隔', 'Interval'),
    choices: [
      { key: once, term: text('一次', 'once') },
      every(1, '每月', 'every month'),
      every(3, '每季度', 'every quarter'),
      every(6, '每半年', 'every half year'),
      every(12, '每年', 'every year'),
      every(24, '每两年', 'every two years'),
      every(60, '每五年', 'every five years'),
    ],
  },
  {
    ...question,
    key: 'zh',
    kind: 'text',
    title: text('依据的文件', 'Instrument it rests on, in Chinese'),
    help: text(
      '写明文件名称和条款；页面上会与“非法定”一并显示。',
      'Name and article; shown beside “not statutory”.',
    ),
    minLength: 4,
    maxLength: 200,
  },
  {
    ...question,
    key: 'en',
    kind: 'text',
    title: text('依据的文件（英文）', 'The same in English'),
    minLength: 4,
    maxLength: 200,
  },
]

/** What the answers mean for the contract. */
export const targetOf = (answers: Readonly<Record<string, unknown>>) => ({
  firstDueOn: String(answers['firstDueOn']),
  everyMonths: answers['every'] === once ? null : Number(String(answers['every']).slice(1)),
  instrument: { zh: String(answers['zh']), en: String(answers['en']) },
})
