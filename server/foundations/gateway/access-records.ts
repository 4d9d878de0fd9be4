import { hash } from 'node:crypto'
import type { Refusal } from '@tiaoli/kernel/decisions'
import type { Instant } from '@tiaoli/kernel/instants'
import type { ReceiverMarks } from '../lake/lake.types.ts'
import type { RecordInput } from '../ledger/index.ts'
import type { Act, Caller, GrantUse, Plan, Purpose } from './gateway.types.ts'
import { entryNotAvailable } from './refusals.ts'

/** One call to the gateway, as far as it has to be answered for. */
export type Access = {
  readonly act: Act
  readonly caller: Caller
  readonly entryId: string
  readonly purpose: Purpose
  readonly wanted: readonly string[] | undefined
  /** Fields looked up, filtered, sorted or grouped by. Their values are nobody's business and are not recorded. */
  readonly used: readonly string[]
  /** The file that is collected: the record by which it was made, and its digest. */
  readonly collects?: { readonly recordId: string; readonly sha256: string }
  /** Values that rows are picked by. They go into no record. */
  readonly picked?: readonly { readonly field: string; readonly values: readonly string[] }[]
  /** Of a file; its receiver's is made of the plan, where there is a receiver in particular. */
  readonly mark?: { readonly ofFile: string; ofHand(plan: Plan): string }
}

const kindOfAct = {
  row: 'access.rows',
  page: 'access.rows',
  aggregate: 'access.aggregate',
  export: 'access.export',
  collect: 'access.collected',
} as const satisfies Record<Act, string>

const common = ({ caller, entryId }: Access) => ({
  userId: caller.userId,
  organisationId: caller.organisationId,
  entryId,
})

/** On what an access was decided, and when where the hour counts. */
export type DecidedOn = {
  readonly facts: string | null
  readonly decidedAt: Instant | null
  /** What was used of the grants with limits; absent where there are none. */
  readonly used?: ReadonlyMap<string, GrantUse> | undefined
}

/** What a decision is made again by, when somebody asks why. Little of it stands in most records. */
const toExplain = ({ caller, purpose }: Access, { facts, decidedAt, used }: DecidedOn) => ({
  ...(facts !== null && { facts }),
  ...(decidedAt !== null && { decidedAt }),
  ...(used !== undefined && used.size > 0 && { usedBefore: Object.fromEntries(used) }),
  ...(caller.publicBody && { publicBody: true }),
  ...(caller.keyEntryIds !== undefined && { keyEntries: caller.keyEntryIds }),
  ...(caller.keyGrantId !== null && { keyGrant: caller.keyGrantId }),
  ...((purpose.grantId !== undefined || purpose.scenario !== undefined) && {
    stated: {
      ...(purpose.grantId !== undefined && { grant: purpose.grantId }),
      ...(purpose.scenario !== undefined && { scenario: purpose.scenario }),
    },
  }),
})

/**
 * What is recorded of an access that was granted. `rows` is null where it is not known yet (an export that begins).
 * `supersedes` names the record of this same call that was written before what it rests on changed: nothing was
 * answered on that one. `withheld`: groups of it were too small to be shown.
 */
export function grantedRecord(
  access: Access,
  plan: Plan,
  snapshotId: string,
  rows: number | null,
  on: DecidedOn,
  supersedes: string | undefined,
  withheld = false,
): RecordInput {
  const masked = plan.fields.filter(({ mask }) => mask !== 'none')
  const shown = new Set(plan.fields.map(({ name }) => name))
  const aggregated = access.used.filter((name) => !shown.has(name))
  return {
    ...common(access),
    kind: kindOfAct[access.act],
    grantId: plan.grantId,
    snapshotId,
    article: plan.article,
    outcome: access.act === 'export' ? 'begun' : 'answered',
    payload: {
      act: access.act,
      basis: plan.basis,
      scenario: plan.scenario,
      apiKeyId: access.caller.apiKeyId,
      fields: plan.fields.map((field) => field.name),
      ...(masked.length > 0 && { masks: Object.fromEntries(masked.map(({ name, mask }) => [name, mask])) }),
      used: access.used,
      ...(plan.rowFilter !== undefined && { within: plan.rowFilter }),
      ...(access.act === 'aggregate' && aggregated.length > 0 && { aggregated }),
      rows,
      ...(withheld && { withheld }),
      ...toExplain(access, on),
      ...signsOnRecord(marksOf(access, plan)),
      ...(access.collects !== undefined && {
        made: access.collects.recordId,
        sha256: access.collects.sha256,
      }),
      ...(supersedes !== undefined && { supersedes }),
    },
  }
}

/**
 * The record proves the signs of a file by their digests: whoever is told a sign can hold it against the record, and
 * nobody learns one from the record, or from its receipt, by which a file could be forged.
 */
const signsOnRecord = (marks: ReceiverMarks | undefined) =>
  marks && { markDigest: signDigest(marks.mark), handDigest: signDigest(marks.hand) }

/** SHA-256 in hex over the digits of a sign: of 96 random bits, which cannot be tried through. */
export const signDigest = (sign: string): string => hash('sha256', sign, 'hex')

/** What goes into the file so that it can be traced. */
export const marksOf = (access: Access, plan: Plan): ReceiverMarks | undefined =>
  access.mark !== undefined && plan.watermark.includes('file')
    ? { mark: access.mark.ofFile, hand: access.mark.ofHand(plan) }
    : undefined

export function refusedRecord(
  access: Access,
  refusal: Refusal,
  on: DecidedOn,
  supersedes: string | undefined,
): RecordInput {
  return {
    ...common(access),
    kind: 'access.refused',
    grantId: access.caller.keyGrantId ?? access.purpose.grantId ?? null,
    article: refusal.article ?? null,
    outcome: refusal.code,
    payload: {
      act: access.act,
      scenario: access.purpose.scenario ?? null,
      apiKeyId: access.caller.apiKeyId,
      wanted: access.wanted ?? null,
      // The caller gave values of a key; how its fields are called it would read here.
      used: access.act === 'row' && tellsNothing(refusal) ? [] : access.used,
      outside: refusal.paths ?? [],
      ...toExplain(access, tellsNothing(refusal) ? { facts: null, decidedAt: null } : on),
      ...(supersedes !== undefined && { supersedes }),
    },
  }
}

/** An unpublished entry and an unknown one are told apart by nothing that the caller can read. */
const tellsNothing = ({ code }: Refusal): boolean => code === entryNotAvailable.code

/**
 * Who had used up what there is was told no more than that. Nothing was decided of the entry, so it is not named: who
 * reads the record learns of it nothing that an answer would have kept.
 */
export const limitedRecord = ({ act, caller }: Access): RecordInput => ({
  kind: 'access.refused',
  userId: caller.userId,
  organisationId: caller.organisationId,
  article: null,
  outcome: 'limit-reached',
  payload: { act, apiKeyId: caller.apiKeyId },
})

/** How an export ended, with the digest of a whole file: `rows` went out, whether or not it was all; null where a file broke off uncounted. */
export function exportEndedRecord(
  access: Access,
  plan: Plan,
  snapshotId: string,
  begun: string,
  rows: number | null,
  sha256: string | null,
): RecordInput {
  return {
    ...common(access),
    kind: 'access.exported',
    grantId: plan.grantId,
    snapshotId,
    article: plan.article,
    outcome: sha256 === null ? 'broken-off' : 'complete',
    payload: { begun, rows, sha256 },
  }
}
