import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Filing, PublicationCheck } from './publication.model.ts'

type CheckRow = {
  id: string
  entry_id: string
  kind: string
  passed: boolean
  note: string
  content: string
  user_id: string
  user_name: string
  organisation_id: string
  checked_at: Date
  record_id: string
}

type FilingRow = {
  id: string
  number: string
  entry_id: string
  sharing_type: string
  basis: Filing['basis']
  provider_id: string
  authority_id: string
  user_id: string
  filed_at: Date
  record_id: string
}

const checkOf = (row: CheckRow): PublicationCheck => ({
  id: row.id,
  entryId: row.entry_id,
  kind: row.kind,
  passed: row.passed,
  note: row.note,
  content: row.content,
  userId: row.user_id,
  userName: row.user_name,
  organisationId: row.organisation_id,
  checkedAt: row.checked_at,
  recordId: row.record_id,
})

const filingOf = (row: FilingRow): Filing => ({
  id: row.id,
  number: row.number,
  entryId: row.entry_id,
  sharingType: row.sharing_type,
  basis: row.basis,
  providerId: row.provider_id,
  authorityId: row.authority_id,
  userId: row.user_id,
  filedAt: row.filed_at,
  recordId: row.record_id,
})

export async function insertCheck(tx: Store | Tx, check: PublicationCheck): Promise<void> {
  await sql`insert into publication_check (id, entry_id, kind, passed, note, content, user_id, user_name, organisation_id, checked_at, record_id)
    values (${check.id}, ${check.entryId}, ${check.kind}, ${check.passed}, ${check.note}, ${check.content}, ${check.userId},
      ${check.userName}, ${check.organisationId}, ${check.checkedAt}, ${check.recordId})`.execute(tx)
}

/** The newest checks of an entry first; older ones than the two hundred newest are in the ledger. */
export async function findChecks(db: Store | Tx, entryId: string): Promise<PublicationCheck[]> {
  const { rows } =
    await sql<CheckRow>`select * from publication_check where entry_id = ${entryId} order by id desc limit 200`.execute(
      db,
    )
  return rows.map(checkOf)
}

export async function nextFilingNumber(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: string }>`select nextval('type_filing_number') as n`.execute(tx)
  return Number(rows[0]!.n)
}

export async function insertFiling(tx: Tx, filing: Filing): Promise<void> {
  await sql`insert into type_filing (id, number, entry_id, sharing_type, basis, provider_id, authority_id, user_id, filed_at, record_id)
    values (${filing.id}, ${filing.number}, ${filing.entryId}, ${filing.sharingType}, ${JSON.stringify(filing.basis)},
      ${filing.providerId}, ${filing.authorityId}, ${filing.userId}, ${filing.filedAt}, ${filing.recordId})`.execute(
    tx,
  )
}

/** Filings of these entries, the newest first. */
export async function findFilingsOf(db: Store | Tx, entryIds: readonly string[]): Promise<Filing[]> {
  const { rows } =
    await sql<FilingRow>`select * from type_filing where entry_id = any(${entryIds}::text[]) order by id desc`.execute(
      db,
    )
  return rows.map(filingOf)
}

export type FilingSearch = {
  /** Filed with the organisation, or by it. */
  readonly organisationId: string
  readonly entryId: string | undefined
  readonly before: string | undefined
  readonly limit: number
}

export async function findFilings(
  db: Store | Tx,
  { organisationId, entryId, before, limit }: FilingSearch,
): Promise<Filing[]> {
  const { rows } =
    await sql<FilingRow>`select * from type_filing where (authority_id = ${organisationId} or provider_id = ${organisationId})
    and (${entryId ?? null}::text is null or entry_id = ${entryId ?? null})
    and (${before ?? null}::text is null or id < ${before ?? null}) order by id desc limit ${limit}`.execute(
      db,
    )
  return rows.map(filingOf)
}

export async function findResponsible(db: Store | Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{
    field: string
    organisation_id: string
  }>`select field, organisation_id from priority_field`.execute(db)
  return new Map(rows.map((row) => [row.field, row.organisation_id]))
}

export async function writeResponsible(
  tx: Tx,
  field: string,
  organisationId: string,
  userId: string,
  at: Date,
): Promise<void> {
  await sql`insert into priority_field (field, organisation_id, assigned_by, assigned_at)
    values (${field}, ${organisationId}, ${userId}, ${at})
    on conflict (field) do update set organisation_id = ${organisationId}, assigned_by = ${userId}, assigned_at = ${at}`.execute(
    tx,
  )
}
