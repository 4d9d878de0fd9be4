import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'

export type ApiKeyRow = {
  id: string
  user_id: string
  name: string
  prefix: string
  grant_id: string | null
  created_at: Date
  expires_at: Date | null
  revoked_at: Date | null
  last_used_at: Date | null
  system: string | null
  addresses: string[]
  /** Entries that it is kept to; null where to none in particular. */
  entry_ids: string[] | null
}

const columns = sql.raw(
  'id, user_id, name, prefix, grant_id, created_at, expires_at, revoked_at, last_used_at, system, addresses, entry_ids',
)

export async function insertApiKey(db: Store | Tx, key: ApiKeyRow, sha256: Buffer): Promise<void> {
  await sql`insert into api_key (id, user_id, name, prefix, sha256, grant_id, created_at, expires_at, system, addresses, entry_ids)
    values (${key.id}, ${key.user_id}, ${key.name}, ${key.prefix}, ${sha256}, ${key.grant_id}, ${key.created_at}, ${key.expires_at}, ${key.system}, ${key.addresses}, ${key.entry_ids})`.execute(
    db,
  )
}

export async function findApiKeyByDigest(db: Store | Tx, sha256: Buffer): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`select ${columns} from api_key where sha256 = ${sha256}`.execute(db)
  return rows[0]
}

export async function findApiKeyById(db: Store | Tx, id: string): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`select ${columns} from api_key where id = ${id}`.execute(db)
  return rows[0]
}

export async function findApiKeys(
  db: Store | Tx,
  userId: string,
  after: string | undefined,
  limit: number,
): Promise<ApiKeyRow[]> {
  const { rows } = await sql<ApiKeyRow>`select ${columns} from api_key
    where user_id = ${userId} and (${after ?? null}::text is null or id < ${after ?? null}) order by id desc limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Marks the key as revoked; undefined where the user has no such key. */
export async function revokeApiKey(
  db: Store | Tx,
  userId: string,
  keyId: string,
  at: Date,
): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`update api_key set revoked_at = coalesce(revoked_at, ${at})
    where id = ${keyId} and user_id = ${userId} returning ${columns}`.execute(db)
  return rows[0]
}

export async function touchApiKeys(db: Store | Tx, ids: readonly string[], at: Date): Promise<void> {
  await sql`update api_key set last_used_at = ${at} where id = any(${ids}::text[])`.execute(db)
}

/** Keys of one grant work under another from now on: it goes on by it. */
export async function rebindApiKeys(tx: Tx, fromGrantId: string, toGrantId: string): Promise<void> {
  await sql`update api_key set grant_id = ${toGrantId} where grant_id = ${fromGrantId} and revoked_at is null`.execute(
    tx,
  )
}
