import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, link, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes what was written to a file last through a loss of power. */
export async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the names in a folder last through a loss of power. */
export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Flushes each file of a folder, then the folder. */
export async function flushAll(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await flushFile(join(folder, name))
  await flushFolder(folder)
}

/** Lower-case hex. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('hex')
}

/**
 * Gives files that never change a second name, so that they last until the last of their names is taken away; a disk
 * that knows no second names gets copies. Files that are not there are passed over.
 */
export async function shareFiles(from: readonly string[], to: readonly string[]): Promise<void> {
  for (const [at, path] of from.entries()) {
    const failed = await link(path, to[at]!).then(
      () => null,
      (error: NodeJS.ErrnoException) => error,
    )
    if (failed === null || failed.code === 'ENOENT') continue
    if (!unlinkable.has(failed.code ?? '')) throw failed
    await copyFile(path, to[at]!, constants.COPYFILE_FICLONE)
  }
}

/** What a disk answers that cannot give a file a second name. */
const unlinkable = new Set(['EPERM', 'EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'])
