import type { Refusal } from '@tiaoli/kernel/decisions'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Caller, ExportRequest, MadeExport } from '../../foundations/gateway/index.ts'

export type ExportState = 'waiting' | 'making' | 'ready' | 'refused' | 'failed'

/** What is asked for: an export, for a purpose. */
export type Asked = Omit<ExportRequest, 'signal'> & {
  readonly grantId?: string | undefined
  readonly scenario?: string | undefined
}

export type ExportFile = {
  readonly id: string
  readonly entryId: string
  readonly userId: string
  readonly organisationId: string | null
  readonly caller: Caller
  readonly request: Asked
  readonly grantId: string | null
  readonly state: ExportState
  readonly refusal: Refusal | null
  /** Null until the file is ready. */
  readonly made: MadeExport | null
  readonly recordId: string | null
  readonly sizeBytes: number | null
  readonly askedAt: Date
  readonly readyAt: Date | null
  readonly expiresAt: Date | null
}

type Row = {
  id: string
  entry_id: string
  user_id: string
  organisation_id: string | null
  caller: Caller
  request: Asked
  grant_id: string | null
  state: ExportState
  refusal: Refusal | null
  plan: MadeExport['plan'] | null
  snapshot_id: string | null
  record_id: string | null
  rows: string | null
  size_bytes: string | null
  sha256: string | null
  asked_at: Date
  ready_at: Date | null
  expires_at: Date | null
}

const exportOf = (row: Row): ExportFile => ({
  id: row.id,
  entryId: row.entry_id,
  userId: row.user_id,
  organisationId: row.organisation_id,
  caller: row.caller,
  request: row.request,
  grantId: row.grant_id,
  state: row.state,
  refusal: row.refusal,
  made: madeOf(row),
  recordId: row.record_id,
  sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
  askedAt: row.asked_at,
  readyAt: row.ready_at,
  expiresAt: row.expires_at,
})

function madeOf({ plan, snapshot_id, record_id, rows, sha256, request }: Row): MadeExport | null {
  if (plan === null || snapshot_id === null || record_id === null || sha256 === null) return null
  const used = usedIn(request)
  return { plan, snapshotId: snapshot_id, recordId: record_id, rows: Number(rows ?? 0), sha256, used }
}

/** Fields by which the rows of a file are chosen. */
const usedIn = ({ filters }: Asked): string[] => [...new Set(filters.map(({ field }) => field))]

export async function insertExport(
  tx: Tx,
  file: Pick<ExportFile, 'id' | 'entryId' | 'userId' | 'organisationId' | 'caller' | 'request' | 'grantId'>,
  at: Date,
): Promise<void> {
  await sql`insert into export_file (id, entry_id, user_id, organisation_id, caller, request, grant_id, state, asked_at)
    values (${file.id}, ${file.entryId}, ${file.userId}, ${file.organisationId}, ${JSON.stringify(file.caller)},
      ${JSON.stringify(file.request)}, ${file.grantId}, 'waiting', ${at})`.execute(tx)
}

export async function findExport(db: Store | Tx, id: string): Promise<ExportFile | undefined> {
  const { rows } = await sql<Row>`select * from export_file where id = ${id}`.execute(db)
  return rows[0] && exportOf(rows[0])
}

/** A user's files, the newest first. */
export async function findExportsOf(db: Store | Tx, userId: string, grantId?: string): Promise<ExportFile[]> {
  const { rows } = await sql<Row>`select * from export_file
    where user_id = ${userId} and (${grantId ?? null}::text is null or grant_id = ${grantId ?? null})
    order by asked_at desc, id desc`.execute(db)
  return rows.map(exportOf)
}

/** Held by the transaction: of two requests at the same moment one counts the other. */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`export ${userId}`}))`.execute(tx)
}

/** False where the file is no longer wanted. */
export async function writeState(
  tx: Store | Tx,
  id: string,
  state: ExportState,
  refusal: Refusal | null = null,
): Promise<boolean> {
  const result = await sql`update export_file set state = ${state},
    refusal = ${refusal === null ? null : JSON.stringify(refusal)} where id = ${id}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** False where the file is no longer wanted. */
export async function writeReady(
  tx: Tx,
  id: string,
  made: Omit<MadeExport, 'used'>,
  sizeBytes: number,
  readyAt: Date,
  expiresAt: Date,
): Promise<boolean> {
  const result = await sql`update export_file set state = 'ready', refusal = null,
    plan = ${JSON.stringify(made.plan)}, snapshot_id = ${made.snapshotId}, record_id = ${made.recordId},
    grant_id = coalesce(grant_id, ${made.plan.grantId}), rows = ${made.rows}, size_bytes = ${sizeBytes},
    sha256 = ${made.sha256}, ready_at = ${readyAt}, expires_at = ${expiresAt} where id = ${id}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function deleteExport(tx: Store | Tx, id: string): Promise<void> {
  await sql`delete from export_file where id = ${id}`.execute(tx)
}
