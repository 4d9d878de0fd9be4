import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes what lies in a folder, is unwanted, and was last written before a moment; at any time where none is given. */
export async function sweepFolder(
  folder: string,
  isUnwanted: (name: string) => boolean,
  olderThan: Date | undefined,
): Promise<void> {
  for (const name of (await readdir(folder)).filter(isUnwanted)) {
    const path = join(folder, name)
    if (olderThan === undefined || (await lastWritten(path)) < olderThan)
      await rm(path, { recursive: true, force: true })
  }
}

/** What another process has removed meanwhile counts as written never. */
const lastWritten = (path: string): Promise<Date> =>
  stat(path).then(
    ({ mtime }) => mtime,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return new Date(0)
      throw error
    },
  )
