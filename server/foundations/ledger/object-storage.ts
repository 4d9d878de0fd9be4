import type { ObjectStore } from '../objects/index.ts'
import type { LedgerStorage } from './storage.ts'

/** The public files of the log in object storage, where every node finds those of the others. */
export function objectStorage(objects: ObjectStore): LedgerStorage {
  const keyOf = (path: string): string => `ledger/${path}`
  return {
    read: (path) => objects.read(keyOf(path)),
    write: (path, bytes) => objects.write(keyOf(path), bytes),
    removeFolder: async (path) => {
      const inside = await objects.list(`${keyOf(path)}/`)
      await objects.remove(inside.map(({ key }) => key))
    },
  }
}
