import { type DecideInput, decide } from '@tiaoli/server/foundations/gateway/index'
import type { BenchRow } from './bench.types.ts'
import { allowedByCedar, type CedarCall, cedarCallOf, prepareCedar } from './cedar-peer.ts'
import { benchDecision } from './gateway-world.ts'

const millisecondsPerTurn = 500
const turns = 5

/** What decide() takes with everything it explains, beside Cedar answering the same questions with yes or no. */
export async function decideBench(): Promise<BenchRow[]> {
  prepareCedar()
  const questions = situations()
  const calls = questions.map(cedarCallOf)
  for (const [index, question] of questions.entries())
    if (decide(question).ok !== allowedByCedar(calls[index]!))
      throw new Error(`the two rule sets differ over situation ${index}`)
  const ours: number[] = []
  const cedars: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    ours.push(perSecond(questions, (question: DecideInput) => decide(question)))
    cedars.push(perSecond(calls, (call: CedarCall) => allowedByCedar(call)))
  }
  const ratio = median(ours.map((rate, turn) => rate / cedars[turn]!))
  const rate = Math.round(median(ours))
  return [
    {
      name: 'decide(), with plan or explained refusal',
      value: rate,
      unit: 'decisions/s',
      target: '≥ 200000',
      met: rate >= 200_000,
    },
    { name: 'Cedar (wasm), policies parsed before', value: Math.round(median(cedars)), unit: 'decisions/s' },
    {
      name: 'decide() ÷ Cedar',
      value: Math.round(ratio * 10) / 10,
      unit: '×',
      target: '≥ 10',
      met: ratio >= 10,
    },
  ]
}

/** Granted and refused, in the proportion of a platform whose callers mostly know what they may do. */
function situations(): DecideInput[] {
  const now = new Date()
  const asked: DecideInput = { ...benchDecision, now, wantedFields: ['code', 'legal_person', 'phone'] }
  const [grant] = benchDecision.grants
  const bound = { ...benchDecision.caller, keyGrantId: null }
  const free = { effect: 'free', article: 'XX-24' } as const
  return [
    asked,
    { ...asked, purpose: { scenario: grant!.scenario } },
    { ...asked, wantedFields: ['code', 'name'], caller: bound },
    { ...asked, grants: [], caller: bound, entry: { ...asked.entry, opening: free }, wantedFields: ['code'] },
    {
      ...asked,
      grants: [],
      caller: bound,
      entry: { ...asked.entry, sharing: free },
      purpose: { scenario: grant!.scenario },
    },
    { ...asked, caller: { ...bound, organisationId: 'provider' }, grants: [] },
    { ...asked, purpose: { scenario: '其他用途' } },
    { ...asked, grants: [{ ...grant!, revokedAt: '2020-01-01T00:00:00.000Z' }] },
    { ...asked, grants: [{ ...grant!, fields: ['code'] }] },
    { ...asked, grants: [{ ...grant!, validUntil: '2020-01-01T00:00:00.000Z' }] },
  ]
}

function perSecond<Question>(
  questions: readonly Question[],
  answer: (question: Question) => unknown,
): number {
  let answered = 0
  const begin = performance.now()
  let now = begin
  for (; now - begin < millisecondsPerTurn; now = performance.now())
    for (let each = 0; each < 20; each++) {
      for (const question of questions) answer(question)
      answered += questions.length
    }
  return (answered * 1_000) / (now - begin)
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

if (import.meta.main) console.table(await decideBench())
