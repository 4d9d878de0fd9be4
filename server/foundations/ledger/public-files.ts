import { checkpointPath, witnessedPath } from './checkpoint.ts'
import { latestIndexPath } from './index-note.ts'
import type { PublicFile } from './ledger.types.ts'
import type { LedgerStorage } from './storage.ts'

const logFolder = '(?:nodes/[a-z0-9-]{1,32}/)?(?:sm3/)?'
const index = String.raw`(?:x\d{3}/)*\d{3}(?:\.p/[1-9]\d{0,2})?`
const tile = new RegExp(String.raw`^${logFolder}tile/(?:entries|\d{1,2})/${index}$`)
const checkpoint = new RegExp(`^${logFolder}(?:${checkpointPath}|${witnessedPath.replace('.', '\\.')})$`)
const dailyIndex = /^index\/[1-9]\d{0,9}$/

/** Serves the logs' own files and no other path of the disk (C2SP tlog-tiles, "APIs"). */
export async function readPublicFile(storage: LedgerStorage, path: string): Promise<PublicFile | null> {
  const isNewest = checkpoint.test(path) || path === latestIndexPath
  const isNote = isNewest || dailyIndex.test(path)
  if (!isNote && !tile.test(path)) return null
  const bytes = await storage.read(path)
  if (bytes === null) return null
  return {
    bytes,
    contentType: isNote ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    immutable: !isNewest,
  }
}
