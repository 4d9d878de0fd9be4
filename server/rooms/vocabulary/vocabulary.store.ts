import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type VersionRow = {
  readonly value: number
  readonly indexed: number
  readonly changedAt: Date | null
  readonly changedBy: string | null
}

/** Locked where it is read to be changed: versions follow one another. */
export async function readVersion(db: Store | Tx, toChange = false): Promise<VersionRow> {
  const { rows } = await sql<VersionRow>`
    select value, indexed, changed_at as "changedAt", changed_by as "changedBy" from vocabulary_version
    ${toChange ? sql`for update` : sql``}`.execute(db)
  return rows[0]!
}

export async function writeVersion(tx: Tx, value: number, at: Date, by: string): Promise<void> {
  await sql`update vocabulary_version set value = ${value}, changed_at = ${at}, changed_by = ${by}`.execute(
    tx,
  )
}

export async function writeIndexedVersion(db: Store | Tx, value: number): Promise<void> {
  await sql`update vocabulary_version set indexed = greatest(indexed, ${value})`.execute(db)
}

export async function readWords(db: Store | Tx): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`select word from vocabulary_word order by word`.execute(db)
  return rows.map(({ word }) => word)
}

export type SynonymGroup = { readonly id: string; readonly words: readonly string[] }

export async function readSynonyms(db: Store | Tx): Promise<SynonymGroup[]> {
  const { rows } = await sql<SynonymGroup>`select id, words from vocabulary_synonyms order by id`.execute(db)
  return rows
}

export async function insertWords(tx: Tx, words: readonly string[], recordId: string): Promise<void> {
  for (const word of words)
    await sql`insert into vocabulary_word (word, record_id) values (${word}, ${recordId}) on conflict do nothing`.execute(
      tx,
    )
}

export async function deleteWords(tx: Tx, words: readonly string[]): Promise<void> {
  await sql`delete from vocabulary_word where word = any(${[...words]}::text[])`.execute(tx)
}

export async function insertSynonyms(tx: Tx, group: SynonymGroup, recordId: string): Promise<void> {
  await sql`insert into vocabulary_synonyms (id, words, record_id) values (${group.id}, ${[...group.words]}, ${recordId})`.execute(
    tx,
  )
}

export async function deleteSynonyms(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from vocabulary_synonyms where id = any(${[...ids]}::text[])`.execute(tx)
}
