import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Rejection } from './finding.ts'
import type { Subtree, Tree } from './tree.ts'

/** The public files of a log: C2SP tlog-tiles under a URL or in a folder. */
export type LogSource = {
  /** A note by its path; undefined where there is none. */
  note(path: string): Promise<string | undefined>
  checkpoint(): Promise<string>
  /** Hashes of a tile, `width` of them. */
  tile(level: number, index: number, width: number): Promise<Buffer[]>
  /** Entries of a bundle, `width` of them. */
  entries(index: number, width: number): Promise<Buffer[]>
}

export const tileWidth = 256
const hashBytes = 32

export function openLog(urlOrFolder: string): LogSource {
  const read = /^https?:\/\//.test(urlOrFolder) ? readerOfUrl(urlOrFolder) : readerOfFolder(urlOrFolder)

  /** A partial file may be gone once the full one is there, which begins with the same content. */
  async function readWide(
    path: string,
    width: number,
  ): Promise<{ bytes: Buffer; width: number; path: string }> {
    if (width < tileWidth) {
      const partial = `${path}.p/${width}`
      const bytes = await read(partial)
      if (bytes !== undefined) return { bytes, width, path: partial }
    }
    const bytes = await read(path)
    if (bytes === undefined)
      throw new Rejection('file-missing', width < tileWidth ? `${path}.p/${width}` : path)
    return { bytes, width: tileWidth, path }
  }

  const note = async (path: string) => (await read(path))?.toString('utf8')

  return {
    note,
    checkpoint: async () => {
      const text = await note('checkpoint')
      if (text === undefined) throw new Rejection('file-missing', 'checkpoint')
      return text
    },
    tile: async (level, index, width) => {
      const file = await readWide(tilePath(level, index), width)
      if (file.bytes.length !== file.width * hashBytes) throw new Rejection('file-truncated', file.path)
      return Array.from({ length: width }, (_, at) =>
        file.bytes.subarray(at * hashBytes, (at + 1) * hashBytes),
      )
    },
    entries: async (index, width) => {
      const file = await readWide(`tile/entries/${numberPath(index)}`, width)
      const entries = splitBundle(file.bytes)
      if (entries?.length !== file.width) throw new Rejection('file-truncated', file.path)
      return entries.slice(0, width)
    },
  }
}

/** Subtree hashes from the hash tiles of a log of `size` entries; each tile is fetched once. */
export function subtreesFrom(tree: Tree, source: LogSource, size: number): Subtree {
  const fetched = new Map<string, Promise<Buffer[]>>()
  return async (height, start) => {
    const level = Math.floor(height / 8)
    const first = start / tileWidth ** level
    const index = Math.floor(first / tileWidth)
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth)
    const name = `${level}/${index}`
    const hashes = fetched.get(name) ?? source.tile(level, index, width)
    fetched.set(name, hashes)
    const from = first % tileWidth
    let row = (await hashes).slice(from, from + 2 ** (height % 8))
    while (row.length > 1) row = pairUp(tree, row)
    return row[0]!
  }
}

export const pairUp = (tree: Tree, row: readonly Buffer[]): Buffer[] =>
  Array.from({ length: row.length / 2 }, (_, at) => tree.nodeHash(row[2 * at]!, row[2 * at + 1]!))

/** Path of the full tile. */
export const tilePath = (level: number, index: number): string => `tile/${level}/${numberPath(index)}`

function numberPath(index: number): string {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, '0')
    .match(/\d{3}/g)!
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
}

function splitBundle(bytes: Buffer): Buffer[] | undefined {
  const entries: Buffer[] = []
  let at = 0
  while (at < bytes.length) {
    if (at + 2 > bytes.length) return undefined
    const end = at + 2 + bytes.readUInt16BE(at)
    if (end > bytes.length) return undefined
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries
}

type Read = (path: string) => Promise<Buffer | undefined>

const readerOfFolder =
  (folder: string): Read =>
  (path) =>
    readFile(join(folder, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
      throw new Rejection('file-missing', `${path} (${error.code})`)
    })

/** The place of another log beside this one. */
export function placeUnder(urlOrFolder: string, path: string): string {
  if (!/^https?:\/\//.test(urlOrFolder)) return join(urlOrFolder, path)
  const base = baseOf(urlOrFolder)
  return new URL(path === '.' ? './' : `${path}/`, base).href
}

function baseOf(url: string): URL {
  const base = new URL(url)
  if (base.pathname === '/') base.pathname = '/ledger/'
  else if (!base.pathname.endsWith('/')) base.pathname += '/'
  return base
}

function readerOfUrl(url: string): Read {
  const base = baseOf(url)
  return async (path) => {
    let response: Response
    try {
      response = await fetch(new URL(path, base))
    } catch (error) {
      throw new Rejection(
        'file-missing',
        `${path} (${error instanceof Error ? error.message : 'unreachable'})`,
      )
    }
    if (response.status === 404) return undefined
    if (!response.ok) throw new Rejection('file-missing', `${path} (HTTP ${response.status})`)
    return Buffer.from(await response.arrayBuffer())
  }
}
