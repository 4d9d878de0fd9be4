import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'
import type { KnownHead } from './add-checkpoint.rules.ts'

/** Until the transaction ends nobody else judges a checkpoint of this log. */
export async function lockHead(tx: Tx, origin: string): Promise<KnownHead | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tiaoli.witness.${origin}`}, 0))`.execute(tx)
  const { rows } = await sql<{ size: string; root: Uint8Array }>`
    select size::text, root from witnessed_log where origin = ${origin}`.execute(tx)
  const row = rows[0]
  return row && { size: Number(row.size), root: Buffer.from(row.root) }
}

export async function keepHead(tx: Tx, origin: string, { size, root }: KnownHead, at: Date): Promise<void> {
  await sql`insert into witnessed_log (origin, size, root, at) values (${origin}, ${size}, ${root}, ${at})
    on conflict (origin) do update set size = excluded.size, root = excluded.root, at = excluded.at`.execute(
    tx,
  )
}

/** False where this head is known as a fork already. */
export async function keepFork(tx: Tx, origin: string, { size, root }: KnownHead): Promise<boolean> {
  const result =
    await sql`insert into witnessed_fork (origin, size, root) values (${origin}, ${size}, ${root})
    on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows ?? 0n) === 1
}

export async function findHeads(db: Store): Promise<{ origin: string; size: number; at: Date }[]> {
  const { rows } = await sql<{ origin: string; size: string; at: Date }>`
    select origin, size::text, at from witnessed_log order by origin`.execute(db)
  return rows.map((row) => ({ ...row, size: Number(row.size) }))
}
