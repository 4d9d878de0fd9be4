import { blankStatements } from '@tiaoli/contract/catalogue'
import { sql } from 'kysely'
import { lockName, type Store, type Tx } from '../../foundations/database/index.ts'
import type { EntryContent } from '../catalogue/index.ts'
import type { Held } from './editions.rules.ts'

export type EntryVersion = {
  readonly entryId: string
  readonly number: number
  readonly content: EntryContent
  readonly note: string
  readonly userId: string | null
  readonly publishedAt: Date
}

export type Edition = {
  readonly id: string
  readonly catalogue: string
  readonly organisationId: string | null
  readonly number: number
  readonly publisherId: string
  readonly userId: string
  readonly publishedAt: Date
  readonly note: string
  readonly entries: number
  readonly added: number
  readonly changed: number
  readonly withdrawn: number
  readonly recordId: string
}

const camel = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
const editionOf = (row: Record<string, unknown>) => camel(row) as Edition
const versionOf = (row: Record<string, unknown>): EntryVersion => {
  const version = camel(row) as EntryVersion
  return { ...version, content: { ...blankStatements(), ...version.content } }
}

export async function newestVersion(db: Store | Tx, entryId: string): Promise<EntryVersion | undefined> {
  const { rows } = await sql<Record<string, unknown>>`select * from entry_version
    where entry_id = ${entryId} order by number desc limit 1`.execute(db)
  return rows[0] && versionOf(rows[0])
}

export async function newestVersions(
  db: Store | Tx,
  ids: readonly string[],
): Promise<Map<string, EntryVersion>> {
  const { rows } = await sql<Record<string, unknown>>`select distinct on (entry_id) * from entry_version
    where entry_id = any(${[...ids]}::text[]) order by entry_id, number desc`.execute(db)
  return new Map(rows.map((row) => [String(row.entry_id), versionOf(row)]))
}

export async function versionsBelow(
  db: Store | Tx,
  entryId: string,
  below: number | undefined,
  limit: number,
): Promise<EntryVersion[]> {
  const { rows } = await sql<Record<string, unknown>>`select * from entry_version where entry_id = ${entryId}
    and (${below ?? null}::int is null or number < ${below ?? null}) order by number desc limit ${limit}`.execute(
    db,
  )
  return rows.map(versionOf)
}

export async function insertVersion(tx: Tx, version: EntryVersion): Promise<void> {
  await sql`insert into entry_version (entry_id, number, content, note, user_id, published_at)
    values (${version.entryId}, ${version.number}, ${JSON.stringify(version.content)}, ${version.note}, ${version.userId}, ${version.publishedAt})`.execute(
    tx,
  )
}

/** Whoever publishes an edition of a catalogue waits for the other who does. */
export const lockEditions = (tx: Tx, catalogue: string) => lockName(tx, `edition ${catalogue}`)

export async function newestEdition(
  db: Store | Tx,
  catalogue: string,
  organisationId: string | null,
): Promise<Edition | undefined> {
  return (await editionsBelow(db, catalogue, organisationId, undefined, 1))[0]
}

export async function editionsBelow(
  db: Store | Tx,
  catalogue: string,
  organisationId: string | null,
  below: number | undefined,
  limit: number,
): Promise<Edition[]> {
  const { rows } = await sql<Record<string, unknown>>`select * from edition
    where catalogue = ${catalogue} and organisation_id is not distinct from ${organisationId}
    and (${below ?? null}::int is null or number < ${below ?? null}) order by number desc limit ${limit}`.execute(
    db,
  )
  return rows.map(editionOf)
}

export async function findEdition(db: Store | Tx, id: string): Promise<Edition | undefined> {
  const { rows } = await sql<Record<string, unknown>>`select * from edition where id = ${id}`.execute(db)
  return rows[0] && editionOf(rows[0])
}

export async function insertEdition(tx: Tx, edition: Edition, held: readonly Held[]): Promise<void> {
  await sql`insert into edition (id, catalogue, organisation_id, number, publisher_id, user_id, published_at, note, entries, added, changed, withdrawn, record_id)
    values (${edition.id}, ${edition.catalogue}, ${edition.organisationId}, ${edition.number}, ${edition.publisherId}, ${edition.userId},
      ${edition.publishedAt}, ${edition.note}, ${edition.entries}, ${edition.added}, ${edition.changed}, ${edition.withdrawn}, ${edition.recordId})`.execute(
    tx,
  )
  await sql`insert into edition_entry (edition_id, entry_id, version)
    select ${edition.id}, held.id, held.version
    from unnest(${held.map((each) => each.entryId)}::text[], ${held.map((each) => each.version)}::int[]) as held (id, version)`.execute(
    tx,
  )
}

export async function heldBy(db: Store | Tx, editionId: string): Promise<Held[]> {
  const { rows } = await sql<{ entry_id: string; version: number }>`
    select entry_id, version from edition_entry where edition_id = ${editionId} order by entry_id`.execute(db)
  return rows.map((row) => ({ entryId: row.entry_id, version: row.version }))
}

/** Contents by entry and version: `id version`. */
export async function contentsOf(db: Store | Tx, held: readonly Held[]): Promise<Map<string, EntryContent>> {
  const { rows } = await sql<Record<string, unknown>>`select v.* from entry_version v
    join unnest(${held.map((each) => each.entryId)}::text[], ${held.map((each) => each.version)}::int[]) as held (id, version)
      on v.entry_id = held.id and v.number = held.version`.execute(db)
  return new Map(rows.map(versionOf).map((each) => [`${each.entryId} ${each.number}`, each.content]))
}

/** The first edition of the city that held the entry in its newest published version. */
export async function editionHolding(
  db: Store | Tx,
  entryId: string,
  catalogue: string,
): Promise<Edition | undefined> {
  const { rows } = await sql<Record<string, unknown>>`select edition.* from edition
    join edition_entry held on held.edition_id = edition.id
    where held.entry_id = ${entryId} and edition.organisation_id is null and edition.catalogue = ${catalogue}
    order by edition.number desc limit 1`.execute(db)
  return rows[0] && editionOf(rows[0])
}
