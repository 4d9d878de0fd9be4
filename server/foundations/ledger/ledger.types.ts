import type { KeyObject } from 'node:crypto'
import type { ArticleId } from '@tiaoli/kernel/decisions'
import type { Clock, Instant } from '@tiaoli/kernel/instants'
import type { Database, Tx } from '../database/index.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { HashAlgorithm } from './merkle.ts'
import type { Sm2Key } from './sm2.ts'
import type { LedgerStorage } from './storage.ts'

/** A value that JSON can carry without loss. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }
/** The same before it is written: as in JSON.stringify, a member that is undefined is not there. */
export type JsonMembers = { readonly [key: string]: Json | JsonMembers | undefined }

/** What is to be recorded. Only what is needed to answer for the act: never a value of somebody's data. */
export type RecordInput = {
  /** What happened, as a dotted word: `case.act`, `access.rows`, `access.refused`, `snapshot.live`, `entry.act`. */
  readonly kind: string
  readonly userId?: string | null
  readonly organisationId?: string | null
  readonly entryId?: string | null
  readonly caseId?: string | null
  readonly grantId?: string | null
  readonly snapshotId?: string | null
  readonly article?: ArticleId | null
  readonly outcome?: string | null
  /** A member that is undefined is not recorded. */
  readonly payload?: JsonMembers
}

export type RecordRef = { readonly id: string; readonly at: Instant }

/** A record that is on disk, and the epoch that held when it was written (see `turnEpoch`). */
export type DurableRecord = RecordRef & { readonly epoch: number }

/** A record as a view shows it. `payload` is null once it has been erased. */
export type RecordView = {
  readonly id: string
  readonly at: Instant
  readonly kind: string
  readonly userId: string | null
  readonly organisationId: string | null
  readonly entryId: string | null
  readonly caseId: string | null
  readonly grantId: string | null
  readonly snapshotId: string | null
  readonly article: ArticleId | null
  readonly outcome: string | null
  readonly payload: JsonObject | null
  readonly erasedAt: Instant | null
  /** Index of its leaf in the log, from 0; null for the moment until it is sequenced. */
  readonly position: number | null
}

export type RecordFilter = {
  readonly entryId?: string
  readonly caseId?: string
  readonly organisationId?: string
  /** Of any of these organisations. */
  readonly organisationIds?: readonly string[]
  /** A user who acted for no organisation. */
  readonly personId?: string
  readonly grantId?: string
  readonly kind?: string
  /** Of accesses to data and of nothing else. */
  readonly accesses?: boolean
  /** Of this organisation, or an access to data by anybody: what a provider sees of its entry. */
  readonly ownOrAccesses?: string
  readonly outcome?: string
  readonly article?: ArticleId
  /** Of the key by which data were called for. */
  readonly apiKeyId?: string
  /** A part of the scenario or duty that was stated. */
  readonly scenario?: string
  /** From this moment on, and before that one. */
  readonly from?: Date
  readonly before?: Date
  /** From a former page's `nextCursor`. */
  readonly cursor?: string
  /** At most 200. */
  readonly limit?: number
}

/** `rows`: that went out by the interface, and in files as far as they were sent. */
export type GrantUse = { readonly times: number; readonly rows: number; readonly lastAt: Date }

/** How often an organisation was given data of an entry in a time; `recordId` is of the last of them. */
export type AccessCount = {
  readonly organisationId: string
  readonly entryId: string
  readonly times: number
  readonly lastAt: Date
  readonly recordId: string
}

/** What an organisation, or (null) persons and the public together, were given of an entry on a day. */
export type UseOfDay = {
  /** The civil date in China. */
  readonly on: string
  readonly entryId: string
  readonly organisationId: string | null
  /** Calls and files that were answered. */
  readonly calls: number
  readonly rows: number
}

/** Newest first. */
export type RecordPage = { readonly records: readonly RecordView[]; readonly nextCursor: string | null }

/** What an entry of the log was made of; null once it has been erased. */
export type LogContent = {
  readonly index: number
  /** Canonical JSON, byte for byte as it is hashed. */
  readonly record: string | null
  readonly salt: Buffer | null
}

/** How many there are; with `more` there are more than were counted. */
export type RecordCount = { readonly count: number; readonly more: boolean }

/**
 * What a stranger needs, with the log's public key, to see that a record is in the log. Binary values are
 * standard Base64 (RFC 4648, section 4).
 */
export type Receipt = {
  readonly format: 'tiaoli-receipt-1'
  /** The canonical JSON text (RFC 8785) that was hashed, byte for byte; null after erasure. */
  readonly record: string | null
  readonly salt: string | null
  /** SHA-256 of salt and record: the entry of the log. */
  readonly entry: string
  readonly index: number
  /** Audit path of RFC 6962, section 2.1.1, for the tree of the checkpoint, leaf's neighbour first. */
  readonly proof: readonly string[]
  /** The signed checkpoint (C2SP tlog-checkpoint). */
  readonly checkpoint: string
  /** The same in the SM3 tree, where one is kept: entry by SM3 of salt and record, checkpoint signed with SM2. */
  readonly sm3?: { readonly entry: string; readonly proof: string[]; readonly checkpoint: string }
}

export type PublicFile = {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** False for what is the newest of its kind; all else may be cached for ever. */
  readonly immutable: boolean
}

export type Ledger = {
  /** Records in the caller's transaction: the act and its record stand or fall together. */
  record(tx: Tx, input: RecordInput): Promise<RecordRef>
  /** The same for several that happened in one act, by one statement; in the order in which they are given. */
  recordAll(tx: Tx, inputs: readonly RecordInput[]): Promise<RecordRef[]>
  /**
   * Records by itself and resolves once that is durable. Callers that come together share one insert.
   * @throws LedgerError `ledger-full` when too many wait, `ledger-failed` when the write failed, and
   *   `record-invalid` when the input cannot be recorded. In each case nothing may be answered on the record's strength.
   */
  append(input: RecordInput): Promise<DurableRecord>
  /**
   * Says, in the transaction that changes them, that facts on which answers rest have changed (a grant issued or
   * revoked, an entry published or retyped). Every append that begins after the commit tells a higher epoch.
   */
  turnEpoch(tx: Tx): Promise<void>
  /** The epoch now, by a query of its own. */
  epoch(): Promise<number>
  /** Gives this node's waiting records their place in its log and publishes a new checkpoint. Safe at any time. */
  sequence(): Promise<void>
  /**
   * Of a record of any node.
   *
   * @throws LedgerError `record-unknown`, or `record-pending` when the record could not be sequenced now; that of
   *   another node is sequenced by that node.
   */
  receipt(recordId: string): Promise<Receipt>
  find(filter: RecordFilter): Promise<RecordPage>
  /** How many a search would find, counted up to `most`. */
  count(filter: RecordFilter, most: number): Promise<RecordCount>
  /** What the entries of this node's log were made of, by index from one on, `most` at once. */
  contents(from: number, most: number): Promise<readonly LogContent[]>
  /** Answered accesses from a moment to before another, by organisation and entry. */
  accessesBetween(from: Date, before: Date): Promise<readonly AccessCount[]>
  /** Answered accesses under each of the grants since a moment; a grant without any is not in it. */
  usesOfGrants(grantIds: readonly string[], since: Date): Promise<ReadonlyMap<string, GrantUse>>
  /** People who had rows of an entry as somebody: of visitors nobody knows who they are. */
  usersOf(entryId: string): Promise<readonly string[]>
  /** What the records at these places of a node's log answered, `from` inclusive to `to` exclusive, by day. */
  useBetween(node: string, from: number, to: number): Promise<readonly UseOfDay[]>
  /** Names of the nodes that write logs; the first node of an installation has the empty name. */
  nodes(): Promise<readonly string[]>
  /** Number of records of a node that have a place. */
  length(node: string): Promise<number>
  /** One record, or null. */
  get(recordId: string): Promise<RecordView | null>
  /**
   * Forgets payload and salt of a record, and records that, in the caller's transaction. Its leaf and every proof stay
   * valid. Nothing happens where it has been done.
   */
  erasePayload(tx: Tx, recordId: string, by: Omit<RecordInput, 'kind'>): Promise<void>
  /**
   * A public file by its path: that of C2SP tlog-tiles (`checkpoint`, `tile/0/000`, `tile/entries/x001/234.p/17`),
   * under `nodes/<name>/` for a named node and `sm3/` for an SM3 tree, and the daily indexes (`index/latest`).
   */
  publicFile(path: string): Promise<PublicFile | null>
  /** The verifier key of this node's log in the signed-note format: `<origin>+<hash>+<key>`. */
  publicKey(): string
  /** The logs of all nodes, SM3 trees after the tree of the same records. */
  logs(): Promise<readonly LogView[]>
  /** Proof that a log of some size begins the same log of a greater size. @throws LedgerError `log-unknown` */
  consistencyProof(path: string, older: number, newer: number): Promise<readonly Buffer[]>
  /**
   * Publishes a checkpoint with the cosignatures of witnesses. The caller has checked those.
   *
   * @throws LedgerError `log-unknown`, or `ledger-forked` where the log itself has not signed it
   */
  publishCosigned(path: string, note: string): Promise<void>
  /**
   * Makes this node known by its keys and publishes what waits: a start with keys or files that do not fit the log fails
   * here.
   *
   * @throws LedgerError `ledger-forked`
   */
  open(): Promise<void>
  /** Why the log cannot be signed any further, as it was found last; undefined while it can. */
  fault(): unknown
  /** Sequences in the background from now on. */
  start(): void
  /** Ends the background work after what is under way; what was accepted by `append` is still written. */
  stop(): Promise<void>
}

/** What is on disk under a log's folder, and what the log is called. */
export type LedgerConfig = {
  readonly database: Database
  readonly storage: LedgerStorage
  /** From `openSigningKey`. */
  readonly signingKey: KeyObject
  /** Name of the installation's ledger: a URL without scheme, spaces or plus signs, e.g. `data.cq.example/ledger`. */
  readonly origin: string
  /** Name of this node, of small letters, digits and hyphens; none for the first or only one. */
  readonly node?: string
  /** Where it is given, a second tree by SM3 is kept, its checkpoints signed with SM2. */
  readonly sm2Key?: Sm2Key | undefined
  readonly clock: Clock
  /** Told when sequencing in the background fails; it is tried again by itself. Where absent, standard error. */
  readonly onFailure?: (cause: unknown) => void
}

/** A log of the installation as anybody may know it. */
export type LogView = {
  /** Empty for the first node. */
  readonly node: string
  /** Folder of the log under the public address of the ledger; empty for the root. */
  readonly path: string
  readonly algorithm: HashAlgorithm
  /** Key of its checkpoints; its name is the origin of the log. */
  readonly verifierKey: string
  /** The newest published checkpoint, undefined before the first. */
  readonly checkpoint: Checkpoint | undefined
  /** The newest checkpoint that a witness has cosigned. */
  readonly witnessed: Checkpoint | undefined
  /** Why its files cannot be read; then neither checkpoint is known, and the other logs stand. */
  readonly fault?: unknown
}
