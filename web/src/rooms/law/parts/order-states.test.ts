import type { ProcedureView } from '@tiaoli/contract/rulebook'
import { expect, it } from 'vitest'
import { orderStates } from './order-states.ts'

const state = (key: string, outcome: string | null = null): ProcedureView['states'][number] => ({
  key,
  title: { zh: key, en: key },
  summary: { zh: key, en: key },
  waitsFor: [],
  outcome,
})
const act = (key: string, from: string[], to: string | null): ProcedureView['acts'][number] => ({
  key,
  title: { zh: key, en: key },
  summary: { zh: key, en: key },
  article: null,
  tone: 'default',
  by: [],
  from,
  to,
  content: [],
  together: false,
})

it('reads from the start to the ends, whatever the order of the data', () => {
  const states = [state('granted', 'granted'), state('consulting'), state('asked'), state('answered')]
  const acts = [
    act('file', [], 'asked'),
    act('consult', ['asked'], 'consulting'),
    act('answer', ['consulting'], 'answered'),
    act('grant', ['asked', 'answered'], 'granted'),
  ]
  expect(orderStates({ states, acts }).map(({ key }) => key)).toEqual([
    'asked',
    'consulting',
    'answered',
    'granted',
  ])
})
