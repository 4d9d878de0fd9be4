import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** Where the public files of the log lie. Paths are those of the C2SP tlog-tiles layout, relative and checked. */
export type LedgerStorage = {
  /** Null where there is no such file. */
  read(path: string): Promise<Buffer | null>
  /** Replaces the whole file, so that a reader or a crash sees the old bytes or the new; durable on return. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** Removes a folder and all in it; nothing happens where it is absent. */
  removeFolder(path: string): Promise<void>
}

/** The part of a storage that lies under a folder of it; an empty name means all. */
export function storageUnder(storage: LedgerStorage, folder: string): LedgerStorage {
  if (folder === '') return storage
  return {
    read: (path) => storage.read(`${folder}/${path}`),
    write: (path, bytes) => storage.write(`${folder}/${path}`, bytes),
    removeFolder: (path) => storage.removeFolder(`${folder}/${path}`),
  }
}

export function folderStorage(folderPath: string): LedgerStorage {
  const root = resolve(folderPath)
  /** Folders whose way from the root is known to be on disk. */
  const flushed = new Set<string>()

  /**
   * A folder is durable once each folder that names the next has been flushed. One that was there already may have
   * been made just before a crash, so it is flushed too when it is met for the first time.
   */
  async function makeDurable(folder: string): Promise<void> {
    const created = await mkdir(folder, { recursive: true })
    if (created === undefined && flushed.has(folder)) return
    for (let named = folder; named.length >= root.length; named = dirname(named))
      await syncFolder(dirname(named))
    flushed.add(folder)
  }

  return {
    read: (path) =>
      readFile(join(root, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return null
        throw error
      }),
    write: async (path, bytes) => {
      const target = join(root, path)
      await makeDurable(dirname(target))
      const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`
      const file = await open(draft, 'wx', 0o644)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, target)
      await syncFolder(dirname(target))
    },
    removeFolder: async (path) => {
      const folder = join(root, path)
      flushed.delete(folder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
