import { hash } from 'node:crypto'
import type { Refusal } from '@tiaoli/kernel/decisions'
import type { Instant } from '@tiaoli/kernel/instants'
import type { ReceiverMarks } from '../lake/lake.types.ts'
import type { RecordInput } from '../ledger/index.ts'
import type { Act, Caller, GrantUse, Plan, PlannedField, Purpose } from './gateway.types.ts'
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
  readonly collects?: {
    readonly recordId: string
    readonly sha256: string
    readonly bytes?: { readonly first: number; readonly last: number } | undefined
  }
  /** The earlier snapshot that the one of the record is compared with. */
  readonly comparedWith?: string
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
  decidedAt: decidedAt ?? undefined,
  facts: facts ?? undefined,
  keyEntries: caller.keyEntryIds,
  keyGrant: caller.keyGrantId ?? undefined,
  publicBody: caller.publicBody || undefined,
  stated:
    purpose.grantId === undefined && purpose.scenario === undefined
      ? undefined
      : { grant: purpose.grantId, scenario: purpose.scenario },
  usedBefore: used !== undefined && used.size > 0 ? Object.fromEntries(used) : undefined,
})

/** What a record says of the fields of a plan. */
type FieldsOnRecord = {
  readonly names: readonly string[]
  /** In the order of their names; undefined where all are in clear. */
  readonly masks: Readonly<Record<string, PlannedField['mask']>> | undefined
}

/** Plans of one ground have one list of fields, and many records say the same of it. */
const onRecordBefore = new WeakMap<readonly PlannedField[], FieldsOnRecord>()

function onRecord(fields: readonly PlannedField[]): FieldsOnRecord {
  const before = onRecordBefore.get(fields)
  if (before !== undefined) return before
  const masks = fields.flatMap(({ name, mask }) => (mask === 'none' ? [] : [[name, mask] as const]))
  const said = {
    names: fields.map(({ name }) => name),
    masks: masks.length === 0 ? undefined : Object.fromEntries(masks.sort(([a], [b]) => (a < b ? -1 : 1))),
  }
  onRecordBefore.set(fields, said)
  return said
}

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
  const { names, masks } = onRecord(plan.fields)
  const explained = toExplain(access, on)
  const signs = signsOnRecord(marksOf(access, plan))
  return {
    ...common(access),
    kind: kindOfAct[access.act],
    grantId: plan.grantId,
    snapshotId,
    article: plan.article,
    outcome: access.act === 'export' ? 'begun' : 'answered',
    // In the order in which the ledger writes them, which spares it the ordering.
    payload: {
      act: access.act,
      aggregated: access.act === 'aggregate' ? aggregatedOf(access, names) : undefined,
      apiKeyId: access.caller.apiKeyId,
      basis: plan.basis,
      bytes: access.collects?.bytes,
      comparedWith: access.comparedWith,
      decidedAt: explained.decidedAt,
      facts: explained.facts,
      fields: names,
      handDigest: signs?.handDigest,
      keyEntries: explained.keyEntries,
      keyGrant: explained.keyGrant,
      made: access.collects?.recordId,
      markDigest: signs?.markDigest,
      masks,
      publicBody: explained.publicBody,
      rows,
      scenario: plan.scenario,
      sha256: access.collects?.sha256,
      stated: explained.stated,
      supersedes,
      used: access.used,
      usedBefore: explained.usedBefore,
      withheld: withheld || undefined,
      within: plan.rowFilter,
    },
  }
}

/** Fields that were used and of which only aggregates were shown. */
function aggregatedOf({ used }: Access, shown: readonly string[]): readonly string[] | undefined {
  const aggregated = used.filter((name) => !shown.includes(name))
  return aggregated.length === 0 ? undefined : aggregated
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
      supersedes,
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
