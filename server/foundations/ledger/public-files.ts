import { checkpointPath } from './checkpoint.ts'
import type { PublicFile } from './ledger.types.ts'
import type { LedgerStorage } from './storage.ts'

const index = String.raw`(?:x\d{3}/)*\d{3}(?:\.p/[1-9]\d{0,2})?`
const publicPath = new RegExp(String.raw`^tile/(?:entries|\d{1,2})/${index}$`)

/** Serves the log's own files and no other path of the disk (C2SP tlog-tiles, "APIs"). */
export async function readPublicFile(storage: LedgerStorage, path: string): Promise<PublicFile | null> {
  const isCheckpoint = path === checkpointPath
  if (!isCheckpoint && !publicPath.test(path)) return null
  const bytes = await storage.read(path)
  if (bytes === null) return null
  return {
    bytes,
    contentType: isCheckpoint ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    immutable: !isCheckpoint,
  }
}
