import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Commitment, CommitmentText } from './commitment.model.ts'

type TextRow = { version: number; body: string; organisation_id: string; published_at: Date }

type Row = {
  id: string
  entry_id: string
  grant_id: string | null
  case_id: string | null
  provider_id: string
  organisation_id: string | null
  user_id: string | null
  text_version: number
  body: string
  signed_by: string
  signed_by_name: string
  signed_at: Date
  record_id: string
  broken_at: Date | null
  breach_reasons: string | null
  lifted_at: Date | null
}

const commitmentOf = (row: Row): Commitment => ({
  id: row.id,
  entryId: row.entry_id,
  grantId: row.grant_id,
  caseId: row.case_id,
  providerId: row.provider_id,
  organisationId: row.organisation_id,
  userId: row.user_id,
  text: { version: row.text_version, body: row.body },
  signedBy: row.signed_by,
  signedByName: row.signed_by_name,
  signedAt: row.signed_at,
  recordId: row.record_id,
  breach: row.broken_at === null ? null : { at: row.broken_at, reasons: row.breach_reasons ?? '' },
  liftedAt: row.lifted_at,
})

const textOf = (row: TextRow): CommitmentText => ({
  version: row.version,
  body: row.body,
  organisationId: row.organisation_id,
  publishedAt: row.published_at,
})

/** The version in force: the newest. */
export async function currentText(db: Store | Tx): Promise<CommitmentText | undefined> {
  const { rows } = await sql<TextRow>`select * from commitment_text order by version desc limit 1`.execute(db)
  return rows[0] && textOf(rows[0])
}

export async function insertText(
  tx: Store | Tx,
  text: Omit<CommitmentText, 'version'>,
): Promise<CommitmentText> {
  const { rows } =
    await sql<TextRow>`insert into commitment_text (version, body, organisation_id, published_at)
    select coalesce(max(version), 0) + 1, ${text.body}, ${text.organisationId}, ${text.publishedAt}::timestamptz
    from commitment_text returning *`.execute(tx)
  return textOf(rows[0]!)
}

const withText = sql`select c.*, t.body from commitment c join commitment_text t on t.version = c.text_version`

/** False where one stands already. */
export async function insertCommitment(tx: Store | Tx, each: Commitment): Promise<boolean> {
  const done =
    await sql`insert into commitment (id, entry_id, grant_id, case_id, provider_id, organisation_id, user_id,
      text_version, signed_by, signed_by_name, signed_at, record_id)
    values (${each.id}, ${each.entryId}, ${each.grantId}, ${each.caseId}, ${each.providerId}, ${each.organisationId},
      ${each.userId}, ${each.text.version}, ${each.signedBy}, ${each.signedByName}, ${each.signedAt}, ${each.recordId})
    on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows) === 1
}

export async function findCommitment(db: Store | Tx, id: string): Promise<Commitment | undefined> {
  const { rows } = await sql<Row>`${withText} where c.id = ${id}`.execute(db)
  return rows[0] && commitmentOf(rows[0])
}

export type Holder = { readonly organisationId: string | null; readonly userId: string | null }

/** Every commitment of the holder for the entry. */
export async function findOfHolder(db: Store | Tx, holder: Holder, entryId: string): Promise<Commitment[]> {
  const { rows } = await sql<Row>`${withText} where c.entry_id = ${entryId}
    and (c.organisation_id = ${holder.organisationId} or c.user_id = ${holder.userId})`.execute(db)
  return rows.map(commitmentOf)
}

export type CommitmentSearch = {
  /** Who looks, and the area whose providers' data the caller watches over: null for all, undefined for none. */
  readonly seenBy: Holder & { readonly area: readonly string[] | null | undefined }
  readonly entryId: string | undefined
  readonly grantId: string | undefined
  readonly before: string | undefined
  readonly limit: number
}

export async function findCommitments(
  db: Store | Tx,
  { seenBy, entryId, grantId, before, limit }: CommitmentSearch,
): Promise<Commitment[]> {
  const seen =
    seenBy.area === null
      ? sql`true`
      : sql`(c.organisation_id = ${seenBy.organisationId} or c.user_id = ${seenBy.userId} or c.provider_id = ${seenBy.organisationId}
          or c.provider_id = any(${[...(seenBy.area ?? [])]}::text[]))`
  const { rows } = await sql<Row>`${withText} where ${seen}
    and (${entryId ?? null}::text is null or c.entry_id = ${entryId ?? null})
    and (${grantId ?? null}::text is null or c.grant_id = ${grantId ?? null})
    and (${before ?? null}::text is null or c.id < ${before ?? null})
    order by c.id desc limit ${limit}`.execute(db)
  return rows.map(commitmentOf)
}

/** False where it was broken before. */
export async function writeBreach(tx: Store | Tx, id: string, at: Date, reasons: string): Promise<boolean> {
  const done = await sql`update commitment set broken_at = ${at}, breach_reasons = ${reasons}
    where id = ${id} and broken_at is null`.execute(tx)
  return Number(done.numAffectedRows) === 1
}

/** False where there is no stop to lift. */
export async function writeLifted(tx: Store | Tx, id: string, at: Date): Promise<boolean> {
  const done = await sql`update commitment set lifted_at = ${at}
    where id = ${id} and broken_at is not null and lifted_at is null`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
