import { mkdir, readdir, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { ObjectError, type ObjectStore } from '../objects/index.ts'
import { sha256Of } from './durable.ts'
import { createFileCache, type StoredFile } from './file-cache.ts'
import { LakeError } from './lake.errors.ts'
import {
  abandonSnapshot,
  beginSnapshot,
  copiedManifest,
  isKnownLayout,
  snapshotFolder,
} from './snapshot-folder.ts'
import { faceOf, type SnapshotStore } from './snapshot-store.ts'
import { createStoredSnapshots, type StoredSnapshot, toldForMs } from './stored-snapshots.ts'

export type ObjectSnapshotsConfig = {
  readonly objects: ObjectStore
  /** Of this process alone; emptied when it starts. */
  readonly folder: string
  readonly cacheBytes: number
  /** Told before a file leaves the disk that look-ups in these snapshots may hold open. */
  readonly onForgotten: (snapshotIds: readonly string[]) => void
}

/** Descriptions of snapshots that are held in memory: they never change. */
const heldDescriptions = 4_096

/**
 * Snapshots in object storage. The folder of a snapshot on this node has the names of its files, as links into a
 * cache: a file is fetched when it is read for the first time, and may leave when nobody reads it.
 */
export async function objectSnapshots(config: ObjectSnapshotsConfig): Promise<SnapshotStore> {
  const { objects } = config
  const home = join(config.folder, 'snapshots')
  const files = join(config.folder, 'files')
  await rm(config.folder, { recursive: true, force: true })
  for (const folder of [home, files]) await mkdir(folder, { recursive: true })
  const stored = createStoredSnapshots(objects)
  const known = new LRUCache<string, StoredSnapshot>({ max: heldDescriptions })
  const cache = createFileCache({
    folder: files,
    objects,
    maxBytes: config.cacheBytes,
    onForgotten: (key) => {
      if (faceOf(key) === 'keys') config.onForgotten(readersOf(key))
    },
  })
  /** Whose end this process knows of; what was destroyed before it began never came into its cache. */
  const ended = new Set(await stored.destroyed())
  let caughtUpAt = Date.now()

  const readersOf = (wanted: string): string[] =>
    [...known].filter(([, each]) => each.files.some(({ key }) => key === wanted)).map(([id]) => id)

  const folderOf = (snapshotId: string): string => snapshotFolder(home, snapshotId)

  async function describe(snapshotId: string): Promise<StoredSnapshot> {
    const held = known.get(snapshotId)
    if (held !== undefined) return held
    // An id comes from outside at times, and becomes part of a key.
    const folder = folderOf(snapshotId)
    const found = await stored.read(snapshotId)
    if (found === null || !isKnownLayout(found.manifest)) throw new LakeError('snapshot-missing')
    await link(folder, found.files)
    known.set(snapshotId, found)
    return found
  }

  /** Gives the files their names in a folder; whether they are there by now is another matter. */
  async function link(folder: string, named: readonly StoredFile[]): Promise<void> {
    await mkdir(folder, { recursive: true })
    for (const { name, key } of named)
      await symlink(cache.pathOf(key), join(folder, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
  }

  async function forget(snapshotId: string): Promise<void> {
    known.delete(snapshotId)
    await rm(folderOf(snapshotId), { recursive: true, force: true })
  }

  const store: SnapshotStore = {
    folderOf,
    begin: (snapshotId) => beginSnapshot(home, snapshotId),

    async seal(folder, tell, shared) {
      const names = new Set(shared?.names)
      const theirs =
        shared === undefined ? [] : (await describe(shared.from)).files.filter(({ name }) => names.has(name))
      const taken = new Set(theirs.map(({ name }) => name))
      const made: Omit<StoredFile, 'key'>[] = []
      for (const name of (await readdir(folder)).filter((each) => !taken.has(each)).sort()) {
        const path = join(folder, name)
        made.push({ name, sizeBytes: (await stat(path)).size, sha256: await sha256Of(path) })
      }
      const manifest = tell([...theirs, ...made].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
      const { snapshotId } = manifest
      const own = made.map((file) => ({ ...file, key: stored.keyOf(snapshotId, file.name) }))
      const snapshot = { manifest, files: [...theirs, ...own] }
      const placed = own.map((file) => ({ file, path: join(folder, file.name) }))
      await stored.write(snapshotId, snapshot, placed)
      for (const { file, path } of placed) await cache.adopt(file, path)
      await abandonSnapshot(folder)
      await link(folderOf(snapshotId), snapshot.files)
      known.set(snapshotId, snapshot)
      return manifest
    },

    async copy(from, to) {
      const { manifest, files: all } = await describe(from)
      const shared = all.filter(({ name }) => faceOf(name) !== 'report').map(({ name }) => name)
      const folder = await store.begin(to)
      try {
        return await store.seal(folder, (sizeBytes) => copiedManifest(manifest, to, sizeBytes), {
          from,
          names: shared,
        })
      } catch (error) {
        await abandonSnapshot(folder)
        throw error
      }
    },

    manifest: async (snapshotId) => (await describe(snapshotId)).manifest,

    hold: async (snapshotId, face) => {
      const { files: all } = await describe(snapshotId)
      return cache.hold(all.filter(({ name }) => faceOf(name) === face))
    },

    // The snapshot is live whatever becomes of the note: one that cannot be struck out now is asked about by `sweep`.
    keep: (snapshotId) =>
      stored.keep(snapshotId).catch((error: unknown) => {
        if (!(error instanceof ObjectError)) throw error
      }),

    async remove(snapshotId) {
      const keys = new Set(await stored.remove(snapshotId))
      ended.add(snapshotId)
      await forget(snapshotId)
      cache.drop((key) => keys.has(key))
      await cache.settled()
    },

    async sweep(isLive, olderThan) {
      for (const snapshotId of await stored.unfinished(olderThan))
        if (await isLive(snapshotId)) await stored.keep(snapshotId)
        else await store.remove(snapshotId)
      await stored.endTelling(new Date(Date.now() - toldForMs))
    },

    async catchUp() {
      const since = Date.now() - caughtUpAt
      const told = await stored.destroyed()
      caughtUpAt = Date.now()
      const news = told.filter((snapshotId) => !ended.has(snapshotId))
      for (const snapshotId of news) {
        const keys = new Set(await stored.filesGone(snapshotId))
        await forget(snapshotId)
        cache.drop((key) => keys.has(key))
        ended.add(snapshotId)
      }
      // After so long a silence of the storage some ends are no longer told.
      if (since > toldForMs / 2) cache.drop(() => true)
      for (const snapshotId of ended) if (!told.includes(snapshotId)) ended.delete(snapshotId)
      await cache.settled()
      return news
    },
  }
  return store
}
