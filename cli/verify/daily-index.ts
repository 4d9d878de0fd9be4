import { requirePrefix } from './consistency.ts'
import { type Finding, finding, Rejection } from './finding.ts'
import { exactBase64, parseVerifierKey, type VerifierKey } from './keys.ts'
import { verifyLog } from './log.ts'
import { type LogSource, openLog, placeUnder } from './log-source.ts'
import { type Checkpoint, openCheckpoint, openNote } from './note.ts'
import { sha256Tree } from './tree.ts'

export type IndexFinding = Finding<{
  /** How many indexes hang together, the last of them being of this date. */
  readonly indexes: number
  readonly on: string
  readonly logs: readonly { readonly path: string; readonly origin: string; readonly size: number }[]
  /** Logs that the newest index could not read: it vouches for nothing of them. */
  readonly unread: readonly string[]
}>

export type IndexOptions = {
  /** An index that was kept earlier: it has to be in the chain as it was. */
  readonly since?: string
  /** Derives every log again from its entries. */
  readonly full?: boolean
}

type Listed = {
  readonly path: string
  readonly key: string
  readonly verifier: VerifierKey
  readonly head: Checkpoint
}
type Index = {
  readonly text: string
  readonly number: number
  readonly on: string
  readonly previous: Buffer
  readonly logs: readonly Listed[]
  /** Logs that could not be read on that day, and their keys. */
  readonly unread: ReadonlyMap<string, string>
}

/**
 * Checks the daily indexes from the first to the newest: that each holds the digest of the one before, that no log was
 * left out, exchanged or cut from one day to the next, and that every listed checkpoint is one of the log as it is now.
 */
export function verifyIndex(
  urlOrFolder: string,
  indexKey: string,
  { since, full = false }: IndexOptions = {},
): Promise<IndexFinding> {
  return finding(async () => {
    const verifier = parseVerifierKey(indexKey)
    const chain = await readChain(openLog(urlOrFolder), verifier)
    if (since !== undefined) requireInChain(chain, readIndex(since, verifier))
    const last = chain.at(-1)!
    requireChained(chain)
    for (const { path, key, verifier: log } of last.logs) {
      const place = placeUnder(urlOrFolder, path)
      const source = openLog(place)
      const now = openCheckpoint(await source.checkpoint(), log)
      let older: Checkpoint | undefined
      for (const head of [...headsOf(chain, path), now]) {
        if (older !== undefined) await requirePrefix(log.tree, source, older, head)
        older = head
      }
      if (!full) continue
      const derived = await verifyLog(place, key)
      if (!derived.ok) throw new Rejection(derived.reason, `${path}: ${derived.detail}`)
    }
    return {
      indexes: chain.length,
      on: last.on,
      logs: last.logs.map(({ path, head }) => ({ path, origin: head.origin, size: head.size })),
      unread: [...last.unread.keys()],
    }
  })
}

async function readChain(source: LogSource, verifier: VerifierKey): Promise<readonly Index[]> {
  const newest = await source.note('index/latest')
  if (newest === undefined) throw new Rejection('index-missing', 'index/latest')
  const chain = [readIndex(newest, verifier)]
  while (chain[0]!.number > 1) {
    const number = chain[0]!.number - 1
    const note = await source.note(`index/${number}`)
    if (note === undefined) throw new Rejection('file-missing', `index/${number}`)
    const index = readIndex(note, verifier)
    if (index.number !== number) throw new Rejection('index-broken', `index/${number} is ${index.number}`)
    chain.unshift(index)
  }
  if (!chain[0]!.previous.equals(Buffer.alloc(32)))
    throw new Rejection('index-broken', 'the first names one before it')
  return chain
}

const digestOf = ({ text }: Index): Buffer => sha256Tree.hashOf(Buffer.from(text))

/** No log is left out, exchanged or cut from one index to the next; one that could not be read keeps its place. */
function requireChained(chain: readonly Index[]): void {
  const known = new Map<string, { readonly key: string; readonly size: number }>()
  for (const [place, index] of chain.entries()) {
    const at = `index/${index.number}`
    const before = chain[place - 1]
    if (before !== undefined) requireFollows(before, index)
    for (const [path, { key, size }] of known) {
      const next = index.logs.find((log) => log.path === path)
      const keyNow = next?.key ?? index.unread.get(path)
      if (keyNow === undefined) throw new Rejection('log-left-out', `${at}: ${path}`)
      if (keyNow !== key) throw new Rejection('log-exchanged', `${at}: ${path}`)
      if (next !== undefined && next.head.size < size)
        throw new Rejection('log-shrunk', `${at}: ${path} ${size} → ${next.head.size}`)
    }
    for (const { path, key, head } of index.logs) known.set(path, { key, size: head.size })
  }
}

function requireFollows(before: Index, index: Index): void {
  const at = `index/${index.number}`
  if (!index.previous.equals(digestOf(before)))
    throw new Rejection('index-broken', `${at} follows another one`)
  if (index.on <= before.on) throw new Rejection('index-broken', `${at}: ${before.on} → ${index.on}`)
}

function requireInChain(chain: readonly Index[], kept: Index): void {
  const same = chain[kept.number - 1]
  if (same?.text !== kept.text) throw new Rejection('index-rewritten', `index/${kept.number}`)
}

const headsOf = (chain: readonly Index[], path: string): Checkpoint[] =>
  chain.flatMap(({ logs }) => logs.filter((log) => log.path === path).map(({ head }) => head))

const form =
  /^([^\n]+)\nnumber ([1-9]\d{0,9})\non (\d{4}-\d{2}-\d{2})\nprevious ([^\n]+)\n((?:log [^\n]+\n)*)((?:unread [^\n]+\n)*)$/
const unreadLine = /^unread (\.|[a-z0-9][a-z0-9/-]*) (\S+)$/
const line = /^log (\.|[a-z0-9][a-z0-9/-]*) (0|[1-9]\d{0,15}) (\S+) (\S+) (\S+)$/

function readIndex(note: string, verifier: VerifierKey): Index {
  const text = openNote(note, verifier)
  const [, name, number, on, digest, lines, others] = form.exec(text) ?? []
  const previous = exactBase64(digest ?? '')
  if (name === undefined || previous?.length !== 32) throw new Rejection('index-malformed')
  if (name !== verifier.name) throw new Rejection('origin-differs', name)
  const logs = lines!.split('\n').slice(0, -1).map(readLine)
  if (new Set(logs.map(({ path }) => path)).size !== logs.length) throw new Rejection('index-malformed')
  const unread = new Map<string, string>()
  for (const each of others!.split('\n').slice(0, -1)) {
    const [, path, key] = unreadLine.exec(each) ?? []
    if (path === undefined || key === undefined || unread.has(path) || logs.some((log) => log.path === path))
      throw new Rejection('index-malformed')
    unread.set(path, key)
  }
  return { text, number: Number(number), on: on!, previous, logs, unread }
}

/** The checkpoint has to be what the line says of it, signed by the key that the line names. */
function readLine(text: string): Listed {
  const [, path, size, root, key, checkpoint] = line.exec(text) ?? []
  const note = exactBase64(checkpoint ?? '')
  if (path === undefined || key === undefined || note === undefined) throw new Rejection('index-malformed')
  const verifier = parseVerifierKey(key)
  const head = openCheckpoint(note.toString('utf8'), verifier)
  if (head.size !== Number(size) || head.root.toString('base64') !== root)
    throw new Rejection('index-malformed', path)
  return { path, key, verifier, head }
}
