import type { Refusal, Verdict } from '@tiaoli/kernel/decisions'
import type { Clock } from '@tiaoli/kernel/instants'
import type {
  AggregateQuery,
  CsvEncoding,
  DiffPage,
  ExportFormat,
  Filter,
  Row,
  RowPage,
  RowQuery,
} from '../lake/lake.types.ts'
import type { Ledger } from '../ledger/index.ts'
import type { CommitmentRules } from '../rulebook/rooms.schema.ts'
import type { UseRules } from '../rulebook/rulebook.types.ts'
import type { Access } from './access-records.ts'
import type { Allowance, Standing } from './allowance.ts'
import type { Caller, GrantUse, Plan, Purpose } from './gateway.types.ts'
import type { GrantStanding } from './grant-meter.rules.ts'
import type { GrantMeter } from './grant-meter.ts'
import type { FactsKeeper } from './kept-facts.ts'
import type { DeliveriesPort, FactsPort, LakePort, ReaderFile, RowKey, SubjectsPort } from './ports.ts'
import type { GroupGuard } from './small-groups.ts'

/** A page of rows. Without `fields` it asks for all that the caller may see. */
export type PageRequest = Omit<RowQuery, 'fields'> & {
  readonly fields?: readonly string[]
  readonly snapshotId?: string
}

/** How rows of `snapshotId`, the live one where absent, differ from those of an earlier snapshot of the entry. */
export type DiffRequest = {
  readonly earlier: string
  readonly snapshotId?: string
  readonly fields?: readonly string[]
  readonly limit: number
  readonly cursor?: string
}

export type AggregateRequest = AggregateQuery & { readonly snapshotId?: string }

export type ExportRequest = {
  readonly fields?: readonly string[]
  /** Headings by name of field; a field without one is headed by its name. */
  readonly titles?: Readonly<Record<string, string>>
  readonly filters: readonly Filter[]
  readonly format: ExportFormat
  readonly encoding?: CsvEncoding
  readonly snapshotId?: string
  /** Ends the export early; the record then says so. */
  readonly signal: AbortSignal
}

/** A file that was made by an export and has lain since: under which plan, of which snapshot, by which record. */
export type MadeExport = {
  readonly plan: Pick<Plan, 'basis' | 'grantId' | 'fields' | 'rowFilter'>
  readonly snapshotId: string
  readonly rows: number
  readonly recordId: string
  readonly sha256: string
  /** Which of its bytes are asked for, both ends inclusive; all of them where absent. */
  readonly bytes?: { readonly first: number; readonly last: number }
  /** Fields by which its rows were chosen. */
  readonly used: readonly string[]
}

/** What was answered, under which plan, from which snapshot, and the record that says so. */
export type Answer<T> = {
  readonly value: T
  readonly plan: Plan
  readonly snapshotId: string
  readonly recordId: string
  /** Groups were held back because they are too small. */
  readonly withheld?: boolean
}

/**
 * How a call ended. A refusal names the record that was made of it, so that whoever was refused can prove it.
 * `standing`: how the limits of the grant stand after it, where it has any.
 */
export type Outcome<A> = { readonly standing?: readonly GrantStanding[] } & (
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly refusal: Refusal; readonly recordId: string }
)

/** `value` is null where no row has the key. */
export type RowAnswer = Answer<Row | null>
export type PageAnswer = Answer<RowPage>
/** `notCompared`: fields that are shown masked; that their values changed is not told. */
export type DiffAnswer = Answer<DiffPage & { readonly notCompared: readonly string[] }>
export type AggregateAnswer = Answer<readonly Row[]>
/** When the bytes end, or are given up, the number of rows is recorded. */
export type ExportAnswer = Answer<Omit<ReaderFile, 'rowsForeseen'>>

/**
 * The one door to rows. Each call decides, reads, masks, records, and answers only once the record is durable.
 * A refusal is an answer and is recorded too.
 *
 * Each throws GatewayUnavailable when it could not be recorded, and GatewayError `snapshot-missing` when there is
 * nothing to read.
 */
export type Gateway = {
  /** `key` names values for exactly the entry's key fields; `wanted` undefined asks for all that may be seen. */
  row(
    caller: Caller,
    entryId: string,
    key: RowKey,
    wanted: readonly string[] | undefined,
    purpose: Purpose,
  ): Promise<Outcome<RowAnswer>>
  /** Never more rows than the plan's `maxRowsPerPage`; what remains is reached by `nextCursor`. */
  page(caller: Caller, entryId: string, request: PageRequest, purpose: Purpose): Promise<Outcome<PageAnswer>>
  /** What was added, changed and removed, as far as the caller may see the rows; both sides under the same plan. */
  diff(caller: Caller, entryId: string, request: DiffRequest, purpose: Purpose): Promise<Outcome<DiffAnswer>>
  aggregate(
    caller: Caller,
    entryId: string,
    request: AggregateRequest,
    purpose: Purpose,
  ): Promise<Outcome<AggregateAnswer>>
  /**
   * Whether an export would be begun now, as to its limits too: a refusal is recorded, no row is read. Throws what the export would throw
   * for the sake of its fields and filters.
   */
  consider(
    caller: Caller,
    entryId: string,
    request: Pick<ExportRequest, 'fields' | 'filters' | 'snapshotId'> & { readonly format?: ExportFormat },
    purpose: Purpose,
  ): Promise<Outcome<Plan>>
  /** Recorded before the first byte, and again with the number of rows when the file has ended or broken off. */
  export(
    caller: Caller,
    entryId: string,
    request: ExportRequest,
    purpose: Purpose,
  ): Promise<Outcome<ExportAnswer>>
  /**
   * Gives out a file that was made before: decided anew, counted and recorded as if it were read now. Refused where
   * what would be given now is not what the file holds. `open` is called once that it is given out is on record.
   */
  collect<T>(
    caller: Caller,
    entryId: string,
    made: MadeExport,
    purpose: Purpose,
    open: () => Promise<T>,
  ): Promise<Outcome<Answer<T>>>
  /** What would be decided now, from facts as they are now; reads no row and records nothing. */
  plan(
    caller: Caller,
    entryId: string,
    wanted: readonly string[] | undefined,
    purpose: Purpose,
  ): Promise<Verdict<Plan>>
  /** Tells the pseudonyms that were made under a grant from all other texts; one in 16 million passes by chance. */
  namedUnder(grantId: string): (text: string) => boolean
  /** What is left to a caller of the limits of the platform; undefined where there are none. */
  standing(caller: Caller): Standing | undefined
  /** What was taken today and in this minute of the grants that were called under and have limits. */
  useOfGrants(grantIds: readonly string[]): Promise<ReadonlyMap<string, GrantUse>>
}

export type GatewayDependencies = {
  readonly ledger: Pick<Ledger, 'append' | 'epoch'>
  readonly lake: LakePort
  readonly facts: FactsPort
  readonly use: UseRules
  /** Absent where the regulation asks no commitment of those who receive data. */
  readonly commitment?: CommitmentRules | undefined
  readonly clock: Clock
  /** Keeps what decisions are made on; absent where nobody will ask. */
  readonly keeper?: FactsKeeper | undefined
  /** Of the installation: pseudonyms of grants are made under it. */
  readonly pseudonymSecret: string
  /** Gives aggregates of guarded fields; without it none are given. */
  readonly groups?: GroupGuard | undefined
  /** What callers may take in a window; unlimited where absent. */
  readonly allowance?: Allowance | undefined
  /** Counts what is taken under grants with limits; without it these give nothing. */
  readonly meter?: GrantMeter | undefined
  readonly deliveries?: DeliveriesPort | undefined
  /** Absent where the regulation gives nobody the right to know who looked them up. */
  readonly subjects?: SubjectsPort | undefined
  /** Told of every refusal once it is recorded. */
  readonly onRefused?: ((access: Access, refusal: Refusal) => Promise<void>) | undefined
}
