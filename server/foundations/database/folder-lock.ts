import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Held while a folder is open; whoever ends without giving it back has given it back all the same. */
export type FolderLock = { release(): void }

/**
 * Keeps a second process out of a folder that only one can write to: two in one embedded store spoil it. The lock is the
 * operating system's own on a file beside the folder, held through SQLite (which Node brings), so a process that was
 * killed leaves none behind, and there is no number of a process to be mistaken for another's.
 *
 * @throws Error where another process, or this one, has the folder open
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(dirname(folder), { recursive: true })
  const file = new DatabaseSync(`${folder}.lock`, { timeout: 0 })
  try {
    file.exec('pragma journal_mode = memory; begin exclusive')
  } catch (cause) {
    file.close()
    throw new Error(
      `数据文件夹正由另一个进程使用，平台没有启动：${folder} (another process has this data folder open)`,
      { cause },
    )
  }
  return { release: () => file.close() }
}
