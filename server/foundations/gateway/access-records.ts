import type { Refusal } from '@tiaoli/kernel/decisions'
import type { ReceiverMarks } from '../lake/lake.types.ts'
import type { RecordInput } from '../ledger/index.ts'
import type { Caller, Plan, Purpose } from './gateway.types.ts'

/** One call to the gateway, as far as it has to be answered for. */
export type Access = {
  readonly act: 'row' | 'page' | 'aggregate' | 'export' | 'collect'
  readonly caller: Caller
  readonly entryId: string
  readonly purpose: Purpose
  readonly wanted: readonly string[] | undefined
  /** Fields looked up, filtered, sorted or grouped by. Their values are nobody's business and are not recorded. */
  readonly used: readonly string[]
  /** The file that is collected: the record by which it was made, and its digest. */
  readonly collects?: { readonly recordId: string; readonly sha256: string }
  /** Of a file; its receiver's is made of the plan, where there is a receiver in particular. */
  readonly mark?: { readonly ofFile: string; ofHand(plan: Plan): string }
}

const kindOfAct = {
  row: 'access.rows',
  page: 'access.rows',
  aggregate: 'access.aggregate',
  export: 'access.export',
  collect: 'access.collected',
} as const satisfies Record<Access['act'], string>

const common = ({ caller, entryId }: Access) => ({
  userId: caller.userId,
  organisationId: caller.organisationId,
  entryId,
})

/**
 * What is recorded of an access that was granted. `rows` is null where it is not known yet (an export that begins).
 * `supersedes` names the record of this same call that was written before what it rests on changed: nothing was
 * answered on that one.
 */
export function grantedRecord(
  access: Access,
  plan: Plan,
  snapshotId: string,
  rows: number | null,
  supersedes: string | undefined,
): RecordInput {
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
      masked: plan.fields.filter((field) => field.mask !== 'none').map((field) => field.name),
      used: access.used,
      rows,
      ...marksOf(access, plan),
      ...(access.collects !== undefined && {
        made: access.collects.recordId,
        sha256: access.collects.sha256,
      }),
      ...(supersedes !== undefined && { supersedes }),
    },
  }
}

/** Open data are for everybody and one's own are one's own: only what is shared or granted has a receiver. */
const isMarked = ({ basis }: Plan): boolean => basis === 'shared' || basis === 'granted'

/** What goes into the file so that it can be traced, and into its record so that the record can prove it. */
export const marksOf = (access: Access, plan: Plan): ReceiverMarks | undefined =>
  access.mark !== undefined && isMarked(plan)
    ? { mark: access.mark.ofFile, hand: access.mark.ofHand(plan) }
    : undefined

export function refusedRecord(access: Access, refusal: Refusal, supersedes: string | undefined): RecordInput {
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
      used: access.used,
      outside: refusal.paths ?? [],
      ...(supersedes !== undefined && { supersedes }),
    },
  }
}

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
