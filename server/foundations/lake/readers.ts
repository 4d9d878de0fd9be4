import type { Duck } from './duck.ts'
import type { SnapshotReader } from './lake.types.ts'
import { openReader } from './reader.ts'
import { createBlockCache } from './row-index.ts'
import type { Scans } from './scan-engine.ts'
import { readManifest, snapshotFolder } from './snapshot-folder.ts'

/** Snapshots whose open file and index beginnings are held at once. */
const heldReaders = 64

type Held = ReturnType<typeof openReader>

/** Keeps the readers used last, so that asking again costs nothing. */
export function createReaders(duck: Duck, scans: Scans, home: string, tempFolder: string) {
  const held = new Map<string, Held>()
  const blocks = createBlockCache()

  const forget = (snapshotId: string): void => {
    held.get(snapshotId)?.close()
    held.delete(snapshotId)
  }

  return {
    async open(snapshotId: string): Promise<SnapshotReader> {
      const manifest = held.get(snapshotId)?.manifest ?? (await readManifest(home, snapshotId))
      // Somebody else may have opened it while the manifest was read.
      const reader =
        held.get(snapshotId) ??
        openReader({ duck, scans }, snapshotFolder(home, snapshotId), tempFolder, manifest, blocks)
      // The map keeps the order of setting: the first is the one not used for longest.
      held.delete(snapshotId)
      held.set(snapshotId, reader)
      const oldest = held.keys().next().value
      if (held.size > heldReaders && oldest !== undefined) forget(oldest)
      return reader
    },
    forget,
    close: () => [...held.keys()].forEach(forget),
  }
}
