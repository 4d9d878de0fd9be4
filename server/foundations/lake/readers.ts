import type { Duck } from './duck.ts'
import { holding } from './holding.ts'
import type { SnapshotManifest, SnapshotReader } from './lake.types.ts'
import { openReader } from './reader.ts'
import { createBlockCache } from './row-index.ts'
import type { Scans } from './scan-engine.ts'
import type { SnapshotStore } from './snapshot-store.ts'
import type { WholeFiles } from './whole-files.ts'

/** Snapshots whose open file and index beginnings are held at once. */
const heldReaders = 64

type Held = ReturnType<typeof openReader>

export type Readers = ReturnType<typeof createReaders>

/** Keeps the readers used last, so that asking again costs nothing. */
export function createReaders(
  duck: Duck,
  scans: Scans,
  store: SnapshotStore,
  tempFolder: string,
  wholeFiles: WholeFiles,
) {
  const held = new Map<string, Held>()
  const blocks = createBlockCache()

  const forget = (snapshotId: string): void => {
    held.get(snapshotId)?.close()
    held.delete(snapshotId)
  }

  function opened(snapshotId: string, manifest: SnapshotManifest): Held {
    const reader = openReader({ duck, scans }, store.folderOf(snapshotId), tempFolder, manifest, blocks)
    const hold = store.hold?.bind(null, snapshotId)
    const held = hold === undefined ? reader : { ...holding(reader, hold), close: reader.close }
    return {
      ...held,
      export: (query) => wholeFiles.file(manifest, query, () => held.export(query)),
    }
  }

  return {
    async open(snapshotId: string): Promise<SnapshotReader> {
      const manifest = held.get(snapshotId)?.manifest ?? (await store.manifest(snapshotId))
      // Somebody else may have opened it while the manifest was read.
      const reader = held.get(snapshotId) ?? opened(snapshotId, manifest)
      // The map keeps the order of setting: the first is the one not used for longest.
      held.delete(snapshotId)
      held.set(snapshotId, reader)
      const oldest = held.keys().next().value
      if (held.size > heldReaders && oldest !== undefined) forget(oldest)
      return reader
    },
    forget,
    /** Gives the open files of a reader back; it opens them again for the next look-up. */
    letGo: (snapshotId: string): void => held.get(snapshotId)?.close(),
    close: () => [...held.keys()].forEach(forget),
  }
}
