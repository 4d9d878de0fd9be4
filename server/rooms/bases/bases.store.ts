import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type BaseIdentifier = 'identity-number' | 'credit-code' | 'division-code'
export type KeptBase = {
  readonly key: string
  readonly titleZh: string | null
  readonly titleEn: string | null
  readonly identifier: BaseIdentifier | null
  readonly leadId: string | null
}
export type BaseEntry = {
  readonly baseKey: string
  readonly entryId: string
  readonly keyField: string
}

export async function findBases(db: Store | Tx): Promise<KeptBase[]> {
  const { rows } = await sql<{
    key: string
    title_zh: string | null
    title_en: string | null
    identifier: BaseIdentifier | null
    lead_id: string | null
  }>`select * from base_database order by key`.execute(db)
  return rows.map((row) => ({
    key: row.key,
    titleZh: row.title_zh,
    titleEn: row.title_en,
    identifier: row.identifier,
    leadId: row.lead_id,
  }))
}

/** False where there is one of this key. */
export async function insertBase(tx: Tx, base: KeptBase): Promise<boolean> {
  const result = await sql`insert into base_database (key, title_zh, title_en, identifier, lead_id)
    values (${base.key}, ${base.titleZh}, ${base.titleEn}, ${base.identifier}, ${base.leadId}) on conflict do nothing`.execute(
    tx,
  )
  return Number(result.numAffectedRows) === 1
}

export async function writeLead(tx: Tx, key: string, leadId: string): Promise<void> {
  await sql`update base_database set lead_id = ${leadId} where key = ${key}`.execute(tx)
}

export async function baseEntries(db: Store | Tx, key?: string): Promise<BaseEntry[]> {
  const { rows } = await sql<{ base_key: string; entry_id: string; key_field: string }>`
    select base_key, entry_id, key_field from base_entry
    where ${key ?? null}::text is null or base_key = ${key ?? null} order by at, entry_id`.execute(db)
  return rows.map((row) => ({ baseKey: row.base_key, entryId: row.entry_id, keyField: row.key_field }))
}

export async function writeBaseEntry(tx: Tx, entry: BaseEntry, at: Date): Promise<void> {
  await sql`insert into base_entry (base_key, entry_id, key_field, at) values (${entry.baseKey}, ${entry.entryId}, ${entry.keyField}, ${at})
    on conflict (base_key, entry_id) do update set key_field = excluded.key_field`.execute(tx)
}

/** False where it was not attached. */
export async function deleteBaseEntry(tx: Tx, key: string, entryId: string): Promise<boolean> {
  const result = await sql`delete from base_entry where base_key = ${key} and entry_id = ${entryId}`.execute(
    tx,
  )
  return Number(result.numAffectedRows) === 1
}
