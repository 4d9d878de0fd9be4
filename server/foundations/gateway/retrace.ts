import { isDeepStrictEqual } from 'node:util'
import type { Refusal } from '@tiaoli/kernel/decisions'
import type { Mask } from '@tiaoli/kernel/masks'
import type { JsonObject, RecordView } from '../ledger/index.ts'
import { decide } from './decide.ts'
import type { Act, Caller, GrantUse, Plan } from './gateway.types.ts'
import type { KeptFacts } from './kept-facts.ts'
import type { Step } from './trace.ts'

/** A decision made again on what was known then. */
export type Retraced = {
  readonly steps: readonly Step[]
  readonly plan: Plan | null
  readonly refusal: Refusal | null
  /** Whether it comes to what the record says. */
  readonly agrees: boolean
}

/**
 * Makes the decision of an access again, from its record and from the facts that were kept with it. `after` holds the
 * codes of refusals that follow a decision that granted: of the key, of the source, of the size of groups.
 */
export function retrace(record: RecordView, facts: KeptFacts, after: ReadonlySet<string>): Retraced {
  const payload = record.payload ?? {}
  const refusedThen = record.kind === 'access.refused'
  const stated = asObject(payload.stated)
  const wanted = refusedThen ? payload.wanted : payload.fields
  const aggregated = names(payload.aggregated)
  const steps: Step[] = []
  const verdict = decide({
    caller: callerOf(record, payload),
    entry: facts.entry,
    grants: facts.grants,
    commitments: facts.commitments,
    use: facts.use,
    commitment: facts.commitment,
    purpose: {
      ...(typeof stated.grant === 'string' && { grantId: stated.grant }),
      ...(typeof stated.scenario === 'string' && { scenario: stated.scenario }),
    },
    act: payload.act as Act,
    ...(Array.isArray(wanted) && { wantedFields: [...names(wanted), ...aggregated] }),
    usedFields: names(payload.used),
    used: usedBefore(payload.usedBefore),
    now: new Date(typeof payload.decidedAt === 'string' ? payload.decidedAt : record.at),
    trace: (step) => steps.push(step),
  })
  if (!verdict.ok) {
    const agrees = refusedThen && verdict.refusal.code === record.outcome
    return { steps, plan: null, refusal: verdict.refusal, agrees }
  }
  const plan = verdict.value
  const agrees = refusedThen ? after.has(record.outcome ?? '') : isThePlanOf(record, payload, plan)
  return { steps, plan, refusal: null, agrees }
}

const isThePlanOf = (record: RecordView, payload: JsonObject, plan: Plan): boolean => {
  const masks = asObject(payload.masks)
  const given = names(payload.fields)
  return (
    plan.basis === payload.basis &&
    plan.article === record.article &&
    plan.grantId === record.grantId &&
    isDeepStrictEqual(plan.rowFilter ?? [], payload.within ?? []) &&
    given.length === plan.fields.length &&
    plan.fields.every(({ name, mask }) => given.includes(name) && ((masks[name] as Mask) ?? 'none') === mask)
  )
}

const callerOf = ({ userId, organisationId }: RecordView, payload: JsonObject): Caller => ({
  userId,
  organisationId,
  publicBody: payload.publicBody === true,
  apiKeyId: typeof payload.apiKeyId === 'string' ? payload.apiKeyId : null,
  keyGrantId: typeof payload.keyGrant === 'string' ? payload.keyGrant : null,
  ...(Array.isArray(payload.keyEntries) && { keyEntryIds: names(payload.keyEntries) }),
})

const usedBefore = (value: unknown): ReadonlyMap<string, GrantUse> =>
  new Map(Object.entries(asObject(value)).map(([id, use]) => [id, asObject(use) as GrantUse]))

const names = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
