import type { FieldType } from '../foundations/lake/lake.types.ts'
import type { Aggregation } from '../rooms/aggregation/index.ts'
import { type Catalogue, type Entry, keyFieldsOf } from '../rooms/catalogue/index.ts'

/** What every call needs of an entry besides the decision: how it is called, keyed, and which snapshot is live. */
export type KnownEntry = {
  readonly title: string
  readonly keyFields: readonly string[]
  readonly liveSnapshotId: string | undefined
  /** Where the rows lie that are not on the platform. */
  readonly heldAt: Entry['heldAt']
  readonly fieldNames: readonly string[]
  readonly fieldTypes: ReadonlyMap<string, FieldType>
}

export type KnownSnapshot = { readonly id: string; readonly number: number; readonly liveAt: Date }

export type KnownEntries = {
  entry(id: string): Promise<KnownEntry | undefined>
  snapshot(id: string): Promise<KnownSnapshot | undefined>
  /** Asks anew: the entry has changed on this node. */
  forget(id: string): void
}

/** How long a newer snapshot of another node may go unnoticed; the older one is whole and right until then. */
const knownForMs = 500
const kept = 10_000

/**
 * Keeps what calls ask for again and again. Nothing here decides who may have what: that is the gateway's, whose
 * facts follow every change at once.
 */
export function createKnownEntries(catalogue: Catalogue, aggregation: Aggregation): KnownEntries {
  const entries = new Map<
    string,
    { readonly entry: Promise<KnownEntry | undefined>; readonly readAt: number }
  >()
  const snapshots = new Map<string, Promise<KnownSnapshot | undefined>>()

  async function readEntry(id: string): Promise<KnownEntry | undefined> {
    const entry = await catalogue.find(id)
    return (
      entry && {
        title: entry.content.title,
        keyFields: keyFieldsOf(entry.content),
        liveSnapshotId: entry.live?.snapshotId,
        heldAt: entry.live === null ? entry.heldAt : null,
        fieldNames: entry.content.fields.map(({ name }) => name),
        fieldTypes: new Map(entry.content.fields.map(({ name, type }) => [name, type])),
      }
    )
  }

  return {
    forget: (id) => void entries.delete(id),
    entry(id) {
      const found = entries.get(id)
      if (found !== undefined && Date.now() - found.readAt < knownForMs) return found.entry
      const entry = readEntry(id)
      put(entries, id, { entry, readAt: Date.now() })
      entry.catch(() => entries.delete(id))
      return entry
    },
    // A snapshot never changes, so what was read of it once holds.
    snapshot(id) {
      const found = snapshots.get(id)
      if (found !== undefined) return found
      const snapshot = aggregation.snapshot(id)
      put(snapshots, id, snapshot)
      snapshot.catch(() => snapshots.delete(id))
      return snapshot
    },
  }
}

/** Adds to a map that forgets what was added first once it holds too much. */
function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > kept) map.delete(map.keys().next().value!)
}
