import { ObjectError, type ObjectStore } from '../objects/index.ts'
import type { StoredFile } from './file-cache.ts'
import type { SnapshotManifest } from './lake.types.ts'

/** A snapshot as object storage has it: its manifest, and which files are its own or shared with earlier ones. */
export type StoredSnapshot = {
  readonly manifest: SnapshotManifest
  readonly files: readonly StoredFile[]
}

/** Said before anything else is done to a snapshot, struck out after everything: what a killed process left is found by it. */
type Note = {
  /** Keys of files of other snapshots that it holds. */
  readonly holds: readonly string[]
}

/** For how long it is said that a snapshot is destroyed, for nodes that have files of it in their cache. */
export const toldForMs = 7 * 24 * 3_600_000

/** Writes of small objects that are under way at the same time. */
const atOnce = 8

/**
 * The objects of snapshots, by key:
 *
 * - `snapshots/<id>` says what the snapshot is; it exists if and only if the snapshot does.
 * - `files/<id>/<name>` is a file that was made for the snapshot.
 * - `held/<id>/<name>/<other>` says that another snapshot reads that file too: it goes with the last that does.
 * - `unfinished/<id>` says that the snapshot is being made or removed, or is not known to be live.
 * - `destroyed/<id>` says that its files are gone.
 */
export function createStoredSnapshots(objects: ObjectStore) {
  const nameOf = (id: string): string => `snapshots/${id}`
  const noteOf = (id: string): string => `unfinished/${id}`
  const heldBy = (key: string, id: string): string => `held/${key.slice('files/'.length)}/${id}`
  const ownerOf = (key: string): string => key.split('/')[1]!

  const writeJson = (key: string, content: unknown): Promise<void> =>
    objects.write(key, Buffer.from(JSON.stringify(content)))

  async function readJson<T>(key: string): Promise<T | null> {
    const bytes = await objects.read(key)
    if (bytes === null) return null
    try {
      return JSON.parse(bytes.toString('utf8')) as T
    } catch (cause) {
      throw new ObjectError('storage-damaged', cause)
    }
  }

  const isHeld = async (key: string): Promise<boolean> => (await objects.list(heldBy(key, ''))).length > 0

  /** Takes away the files that nobody reads any more once a snapshot does not exist; gives their keys. */
  async function clear(id: string, { holds }: Note): Promise<readonly string[]> {
    const gone: string[] = []
    for (const key of holds) {
      await objects.remove([heldBy(key, id)])
      // Whose file it is looks for holders after it has ceased to exist: one of the two finds that nobody is left.
      if ((await objects.read(nameOf(ownerOf(key)))) === null && !(await isHeld(key))) gone.push(key)
    }
    for (const { key } of await objects.list(`files/${id}/`)) if (!(await isHeld(key))) gone.push(key)
    await objects.remove(gone)
    await writeJson(`destroyed/${id}`, gone)
    await objects.remove([noteOf(id)])
    return gone
  }

  return {
    keyOf: (id: string, name: string): string => `files/${id}/${name}`,

    /** Null where there is no such snapshot. */
    read: (id: string): Promise<StoredSnapshot | null> => readJson(nameOf(id)),

    /**
     * Stores a snapshot whose own files lie at `paths`, in their order; those of others it holds. It is noted as
     * unfinished until `keep`.
     */
    async write(
      id: string,
      snapshot: StoredSnapshot,
      own: readonly { readonly file: StoredFile; readonly path: string }[],
    ): Promise<void> {
      const holds = snapshot.files.map(({ key }) => key).filter((key) => ownerOf(key) !== id)
      await writeJson(noteOf(id), { holds })
      try {
        for (let at = 0; at < holds.length; at += atOnce)
          await Promise.all(
            holds.slice(at, at + atOnce).map((key) => objects.write(heldBy(key, id), Buffer.from(id))),
          )
        for (const { file, path } of own) await objects.writeFile(file.key, path)
        await writeJson(nameOf(id), snapshot)
      } catch (error) {
        // What cannot be taken away now either is found by its note.
        await objects
          .remove([nameOf(id)])
          .then(() => clear(id, { holds }))
          .catch(() => undefined)
        throw error
      }
    },

    keep: (id: string): Promise<void> => objects.remove([noteOf(id)]),

    /** Gives the keys of the files that are gone with it. */
    async remove(id: string): Promise<readonly string[]> {
      const stored = await readJson<StoredSnapshot>(nameOf(id))
      const noted = await readJson<Note>(noteOf(id))
      if (stored === null && noted === null) return []
      const note: Note =
        stored === null
          ? noted!
          : { holds: stored.files.map(({ key }) => key).filter((key) => ownerOf(key) !== id) }
      await writeJson(noteOf(id), note)
      await objects.remove([nameOf(id)])
      return clear(id, note)
    },

    /** Ids of snapshots that were noted before a moment, at any time where none is given. */
    async unfinished(olderThan: Date | undefined): Promise<string[]> {
      const noted = await objects.list('unfinished/')
      return noted
        .filter(({ writtenAt }) => olderThan === undefined || writtenAt < olderThan)
        .map(({ key }) => key.slice('unfinished/'.length))
    },

    /** Ids of snapshots whose files were taken away of late. */
    async destroyed(): Promise<string[]> {
      return (await objects.list('destroyed/')).map(({ key }) => key.slice('destroyed/'.length))
    },

    /** Keys of the files that went with it. */
    filesGone: async (id: string): Promise<readonly string[]> =>
      (await readJson<string[]>(`destroyed/${id}`)) ?? [],

    async endTelling(olderThan: Date): Promise<void> {
      const told = await objects.list('destroyed/')
      await objects.remove(told.filter(({ writtenAt }) => writtenAt < olderThan).map(({ key }) => key))
    },
  }
}
