import { type AddressGuard, getText, OutboundError } from '../../../foundations/outbound/index.ts'
import type { HarvestFailure, ReadEntry, RemotePage, Source, Unreadable } from '../harvesting.model.ts'
import { ckanAddress, ckanPage } from './ckan.rules.ts'
import { dcatPage } from './dcat.rules.ts'
import { MalformedError } from './malformed.ts'
import { rdfTypes, readRdf } from './rdf.ts'
import { tiaoliAddress, tiaoliEntry, tiaoliEntryAddress, tiaoliList } from './tiaoli.rules.ts'

/** Why a source could not be read to its end, and where. */
export class HarvestError extends Error {
  override readonly name = 'HarvestError'
  readonly failure: HarvestFailure
  readonly address: string
  constructor(failure: HarvestFailure, address: string, cause?: unknown) {
    super(failure, { cause })
    this.failure = failure
    this.address = address
  }
}

/** Bounds of what is read of one source in one run; rules of the platform. */
export type ReadBounds = {
  readonly pages: number
  readonly entries: number
  readonly pageBytes: number
  readonly pageMs: number
}
export const usualBounds: ReadBounds = {
  pages: 20_000,
  entries: 500_000,
  pageBytes: 16 * 1024 * 1024,
  pageMs: 30_000,
}

export type Reading = {
  readonly source: Pick<Source, 'kind' | 'url'>
  readonly guard: AddressGuard
  readonly bounds: ReadBounds
  readonly signal: AbortSignal
}

/**
 * Reads a source page by page; no more than one page is held at a time.
 *
 * @throws HarvestError
 */
export async function* readSource(reading: Reading): AsyncGenerator<RemotePage> {
  const { source, bounds } = reading
  const pages = { ckan: ckanPages, dcat: dcatPages, tiaoli: tiaoliPages }[source.kind](reading)
  let read = 0
  let count = 0
  for await (const page of pages) {
    count += 1
    read += page.entries.length + page.unreadable.length
    if (count > bounds.pages || read > bounds.entries) throw new HarvestError('too-many', page.address)
    yield page
  }
}

async function* ckanPages(reading: Reading): AsyncGenerator<RemotePage> {
  for (let start = 0; ; ) {
    const address = ckanAddress(reading.source.url, start)
    const page = await ask(reading, address, 'application/json', ({ text }) => ckanPage(text, address.href))
    // A short page is no end: a source may give fewer at once than were asked for.
    if (page.listed === 0) return
    yield page
    start += page.listed
  }
}

async function* dcatPages(reading: Reading): AsyncGenerator<RemotePage> {
  const seen = new Set<string>()
  for (let next: string | null = reading.source.url; next !== null; ) {
    const address = new URL(next)
    if (seen.has(address.href)) throw new HarvestError('paging-loop', address.href)
    seen.add(address.href)
    const page: RemotePage & { next: string | null } = await ask(
      reading,
      address,
      rdfTypes,
      async ({ text, mediaType }) => dcatPage(await readRdf(text, mediaType, address.href), address.href),
    )
    yield page
    next = page.next
  }
}

/** So many entries of a page are asked for at once. */
const together = 4

async function* tiaoliPages(reading: Reading): AsyncGenerator<RemotePage> {
  const { url } = reading.source
  const seen = new Set<string>()
  for (let cursor: string | null = null; ; ) {
    const address = tiaoliAddress(url, cursor)
    const { ids, cursor: next }: { ids: readonly string[]; cursor: string | null } = await ask(
      reading,
      address,
      'application/json',
      ({ text }) => tiaoliList(text),
    )
    const entries: ReadEntry[] = []
    const unreadable: Unreadable[] = []
    for (let at = 0; at < ids.length; at += together)
      for (const read of await Promise.all(ids.slice(at, at + together).map((id) => oneOf(reading, id))))
        if (read === undefined) continue
        else if (read.entry.title === '')
          unreadable.push({ id: read.entry.id, title: '', reason: 'no-title' })
        else entries.push(read)
    yield { address: address.href, entries, unreadable }
    if (next === null) return
    if (seen.has(next)) throw new HarvestError('paging-loop', address.href)
    seen.add(next)
    cursor = next
  }
}

/** An entry in full; undefined where it was withdrawn since the list was read. */
async function oneOf(reading: Reading, id: string): Promise<ReadEntry | undefined> {
  const { url } = reading.source
  const page = new URL(`${new URL(url).pathname.replace(/\/+$/, '')}/entries/${id}`, url).href
  const address = tiaoliEntryAddress(url, id)
  try {
    return await ask(reading, address, 'application/json', ({ text }) => tiaoliEntry(text, page))
  } catch (error) {
    const { cause } = error as HarvestError
    if (cause instanceof OutboundError && cause.status === 404) return undefined
    throw error
  }
}

type Answer = { readonly text: string; readonly mediaType: string }

async function ask<T>(
  { guard, bounds, signal }: Reading,
  url: URL,
  accept: string,
  read: (answer: Answer) => T | Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  try {
    const { pageMs: timeoutMs, pageBytes: maxBytes } = bounds
    return await read(await getText({ url, accept, guard, timeoutMs, maxBytes, signal }))
  } catch (cause) {
    // The run has ended, not the source.
    signal.throwIfAborted()
    if (cause instanceof MalformedError) throw new HarvestError('malformed', url.href, cause)
    if (cause instanceof OutboundError) throw new HarvestError(failureOf(cause), url.href, cause)
    throw cause
  }
}

function failureOf({ code }: OutboundError): HarvestFailure {
  switch (code) {
    case 'address-not-allowed':
    case 'unreachable':
    case 'too-slow':
    case 'too-large':
    case 'refused':
      return code
    default:
      return 'unreachable'
  }
}
