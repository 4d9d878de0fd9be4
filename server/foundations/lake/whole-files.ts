import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { newId } from '@tiaoli/kernel/ids'
import type { Download, ExportQuery, SnapshotManifest } from './lake.types.ts'

export type WholeFiles = {
  /** The file asked for: as it lies here, or as it is made, of which a copy is kept on its way out. */
  file(of: SnapshotManifest, query: ExportQuery, make: () => Promise<Download>): Promise<Download>
  /** Forgets the files of a snapshot that is no more. */
  forget(snapshotId: string): Promise<void>
  /** Forgets the files of all snapshots that are no more, as another node has destroyed them. */
  catchUp(): Promise<void>
  close(): Promise<void>
}

export type WholeFilesConfig = {
  /** Of this process alone; made when it is needed. */
  readonly folder: string
  /** Room for all; a file of more than a quarter of it is not kept. */
  readonly maxBytes: number
  /** The file of a smaller snapshot is made as fast as it is read. */
  readonly leastRows: number
  /** Whether there is still such a snapshot, here or on other nodes. */
  stands(snapshotId: string): Promise<boolean>
  /** Is told once why a copy could not be kept: nothing fails for it, but exports stay slow. */
  onFailure?(error: unknown): void
}

type Kept = Omit<Download, 'stream'> & {
  readonly snapshotId: string
  readonly path: string
  readonly sizeBytes: number
}

/** Written and read at once. */
const pieceBytes = 2 ** 18

/** Copies that are written at the same time, each by an export that goes out meanwhile. */
const mostAtOnce = 2

/**
 * Files of whole snapshots that are the same for whoever gets them: without filters, masks and marks. A snapshot never
 * changes, so that neither does its file. Who may have it is decided before anybody comes here, each time.
 */
export function createWholeFiles({
  folder,
  maxBytes,
  leastRows,
  stands,
  onFailure = console.error,
}: WholeFilesConfig): WholeFiles {
  /** In the order of their last use. */
  const files = new Map<string, Kept>()
  /** Names of files of which a copy is being written. */
  const making = new Set<string>()
  /** Names of files that turned out to be too large, with their snapshots. */
  const tooLarge = new Map<string, string>()
  let total = 0
  let hasFailed = false

  function failed(error: unknown): void {
    if (!hasFailed) onFailure(error)
    hasFailed = true
  }

  async function drop(name: string, { path, sizeBytes }: Kept): Promise<void> {
    if (files.delete(name)) total -= sizeBytes
    // Who reads it reads on: the file goes when the last has closed it.
    await rm(path, { force: true })
  }

  async function keep(name: string, file: Kept, draft: string): Promise<void> {
    await rename(draft, file.path)
    total += file.sizeBytes - (files.get(name)?.sizeBytes ?? 0)
    files.set(name, file)
    // Its snapshot may have gone while the file was made.
    if (!(await stands(file.snapshotId))) await drop(name, file)
    for (const [oldest, each] of files) if (total > maxBytes) await drop(oldest, each)
  }

  /** Undefined where there is none, or where somebody has emptied the folder. */
  async function opened(name: string, signal: AbortSignal | undefined): Promise<Download | undefined> {
    const kept = files.get(name)
    if (kept === undefined) return undefined
    if (!(await stands(kept.snapshotId))) {
      await drop(name, kept)
      return undefined
    }
    if (files.delete(name)) files.set(name, kept)
    const { contentType, fileExtension, path } = kept
    const stream = createReadStream(path, { highWaterMark: pieceBytes })
    try {
      await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject))
    } catch {
      await drop(name, kept)
      return undefined
    }
    return { stream: untilGivenUp(stream, signal), contentType, fileExtension }
  }

  /** The same bytes; once the last of them is out the copy is kept. */
  async function* copied(name: string, snapshotId: string, made: Download): AsyncGenerator<Uint8Array> {
    const { stream, contentType, fileExtension } = made
    const copy = await beginCopy(folder, maxBytes / 4, failed)
    let isWhole = false
    try {
      for await (const chunk of stream) {
        await copy.write(chunk)
        if (copy.isTooLarge() && !tooLarge.has(name)) {
          tooLarge.set(name, snapshotId)
          making.delete(name)
        }
        yield chunk
      }
      isWhole = true
    } finally {
      if (!isWhole) await copy.giveUp()
      else
        await copy.finish((draft, sizeBytes) =>
          keep(name, { snapshotId, path: join(folder, name), sizeBytes, contentType, fileExtension }, draft),
        )
      making.delete(name)
    }
  }

  async function forget(snapshotId: string): Promise<void> {
    for (const [name, id] of tooLarge) if (id === snapshotId) tooLarge.delete(name)
    for (const [name, file] of files) if (file.snapshotId === snapshotId) await drop(name, file)
  }

  return {
    async file({ snapshotId, rows }, query, make) {
      if (maxBytes === 0 || rows < leastRows || !isSameForAll(query)) return make()
      const name = nameOf(snapshotId, query)
      const kept = await opened(name, query.signal)
      if (kept !== undefined) return kept
      const made = await make()
      if (making.has(name) || tooLarge.has(name) || making.size >= mostAtOnce) return made
      making.add(name)
      const stream = Readable.from(copied(name, snapshotId, made), { objectMode: false })
      stream.once('close', () => {
        making.delete(name)
        made.stream.destroy()
      })
      return { ...made, stream: untilGivenUp(stream, query.signal) }
    },
    forget,
    async catchUp() {
      const ids = new Set([...tooLarge.values(), ...[...files.values()].map(({ snapshotId }) => snapshotId)])
      for (const snapshotId of ids) if (!(await stands(snapshotId))) await forget(snapshotId)
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

type Copy = {
  /** Whether it was given up for its size. */
  isTooLarge(): boolean
  write(chunk: Uint8Array): Promise<void>
  /** Has the copy, where it was not given up, put where it stays. */
  finish(keep: (draft: string, sizeBytes: number) => Promise<void>): Promise<void>
  giveUp(): Promise<void>
}

/** An export does not fail for want of a copy: where there is no room for one, the next export is made anew. */
async function beginCopy(
  folder: string,
  maxBytes: number,
  onFailure: (error: unknown) => void,
): Promise<Copy> {
  const draft = join(folder, `${newId()}.part`)
  const begin = async () => {
    await mkdir(folder, { recursive: true })
    return open(draft, 'wx')
  }
  let file = await begin().catch((error: unknown) => void onFailure(error))
  let sizeBytes = 0
  /** Forms that are written row by row come in small pieces. */
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    await file?.writeFile(bytes)
  }
  const giveUp = async (): Promise<void> => {
    const left = file
    file = undefined
    waiting = []
    await left?.close().catch(onFailure)
    await rm(draft, { force: true }).catch(onFailure)
  }
  const failed = async (error: unknown): Promise<void> => {
    onFailure(error)
    await giveUp()
  }
  return {
    giveUp,
    isTooLarge: () => sizeBytes > maxBytes,
    async write(chunk) {
      if (file === undefined) return
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) return giveUp()
      waiting.push(chunk)
      waitingBytes += chunk.length
      if (waitingBytes >= pieceBytes) await flush().catch(failed)
    },
    async finish(keep) {
      await flush()
        .then(async () => {
          if (file === undefined) return
          await file.close()
          await keep(draft, sizeBytes)
        })
        .catch(failed)
    },
  }
}

const isSameForAll = ({ filters, transform, marks }: ExportQuery): boolean =>
  filters.length === 0 && transform === undefined && marks === undefined

const nameOf = (snapshotId: string, { fields, format, encoding }: ExportQuery): string =>
  createHash('sha256')
    .update(JSON.stringify([snapshotId, format, encoding ?? null, fields]))
    .digest('hex')

/** What nobody is going to read does not stay open. */
function untilGivenUp(stream: Readable, signal: AbortSignal | undefined): Readable {
  if (signal?.aborted) stream.destroy()
  else signal?.addEventListener('abort', () => stream.destroy(), { once: true })
  return stream
}
