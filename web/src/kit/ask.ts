import type { ContentField } from '@tiaoli/contract/rulebook'
import type { Text } from '@tiaoli/kernel/text'
import { question } from './questions.ts'

type More = Partial<Pick<ContentField, 'help' | 'required' | 'maxLength' | 'ranks' | 'article'>>

export const textQuestion = (key: string, title: Text, more: More = {}): ContentField =>
  question(key, title, { maxLength: 200, ...more })
export const dateQuestion = (key: string, title: Text, more: More = {}): ContentField =>
  question(key, title, { kind: 'date', maxLength: null, ...more })
export const choiceQuestion = (
  key: string,
  title: Text,
  choices: { key: string; term: Text }[],
  more: More = {},
): ContentField => question(key, title, { kind: 'choice', maxLength: null, choices, ...more })

/** An answer as a text; questions that were left empty give an empty one. */
export const answerOf = (content: Readonly<Record<string, unknown>>, key: string): string =>
  typeof content[key] === 'string' ? (content[key] as string) : ''

/** The lines of an answer that hold anything. */
export const linesOf = (value: string): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
