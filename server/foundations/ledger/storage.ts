import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where the public files of the log lie. Paths are those of the C2SP tlog-tiles layout, relative and checked. */
export type LedgerStorage = {
  /** Null where there is no such file. */
  read(path: string): Promise<Buffer | null>
  /** Replaces the whole file, so that a reader or a crash sees the old bytes or the new; durable on return. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** Removes a folder and all in it; nothing happens where it is absent. */
  removeFolder(path: string): Promise<void>
}

export function folderStorage(root: string): LedgerStorage {
  const durableFolders = new Set<string>()
  return {
    read: (path) =>
      readFile(join(root, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return null
        throw error
      }),
    write: async (path, bytes) => {
      const target = join(root, path)
      await makeDurableFolder(dirname(target), durableFolders)
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
      durableFolders.delete(join(root, path))
      await rm(join(root, path), { recursive: true, force: true })
    },
  }
}

/** A new folder is durable only once the folder that names it has been flushed, so each new level is. */
async function makeDurableFolder(folder: string, known: Set<string>): Promise<void> {
  if (known.has(folder)) return
  const firstCreated = await mkdir(folder, { recursive: true })
  if (firstCreated !== undefined)
    for (let made = folder; made.length >= firstCreated.length; made = dirname(made))
      await syncFolder(dirname(made))
  known.add(folder)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
