import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Store } from '../../foundations/database/index.ts'
import type { Entry } from './catalogue.model.ts'
import { findEntries } from './catalogue.store.ts'

type Held = { readonly version: string; readonly entry: Entry }

/** Fields in all entries that are held, with one for the entry itself: some kilobytes each at most. */
const mostFields = 60_000

/**
 * Reads entries for lists: those that are the same as when they were last read are asked for their version alone,
 * as reading the content of a page of them costs more than finding it. The version is PostgreSQL's own of the row
 * (`xmin`): whatever is written to an entry, by whichever room, gives it another.
 */
export function createEntryReader(db: Store) {
  const held = new LRUCache<string, Held>({
    maxSize: mostFields,
    sizeCalculation: ({ entry }) => 1 + entry.content.fields.length + (entry.pending?.fields.length ?? 0),
  })
  return async (ids: readonly string[]): Promise<Entry[]> => {
    if (ids.length === 0) return []
    const { rows } = await sql<{ id: string; version: string }>`
      select id, xmin::text as version from entry where id = any(${[...ids]}::text[])`.execute(db)
    const entries = new Map(
      rows.flatMap(({ id, version }) => {
        const before = held.get(id)
        return before?.version === version ? [[id, before.entry]] : []
      }),
    )
    const missing = new Map(rows.filter(({ id }) => !entries.has(id)).map(({ id, version }) => [id, version]))
    for (const entry of await findEntries(db, [...missing.keys()])) {
      // One that is written between the two questions is newer than its version here, and is read again next time.
      held.set(entry.id, { version: missing.get(entry.id)!, entry })
      entries.set(entry.id, entry)
    }
    return [...entries.values()]
  }
}
