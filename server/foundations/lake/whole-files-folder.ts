import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { newId } from '@tiaoli/kernel/ids'

const begins = `whole-${hostname()}-`

/** A name for the folder of this process: others that share the folder around it leave it alone. */
export const wholeFilesFolder = (): string => `${begins}${process.pid}-${newId()}`

/** Removes what processes of this machine left that were killed: whole files, of snapshots that may be gone by now. */
export async function removeLeftBehind(temp: string): Promise<void> {
  for (const name of (await readdir(temp)).filter((each) => each.startsWith(begins))) {
    const pid = Number.parseInt(name.slice(begins.length), 10)
    const path = join(temp, name)
    if (await isLeft(pid, path)) await rm(path, { recursive: true, force: true })
  }
}

/** A container begins with the same number each time: what is older than this process is then not its own. */
async function isLeft(pid: number, path: string): Promise<boolean> {
  if (pid !== process.pid) return !isRunning(pid)
  const { birthtime } = await stat(path)
  return birthtime.getTime() < Date.now() - process.uptime() * 1000
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs for somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
