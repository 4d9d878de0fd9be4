import type { RowsAnswer } from '@tiaoli/contract/gateway'

export type Row = RowsAnswer['rows'][number]
type Page = Pick<RowsAnswer, 'rows' | 'nextCursor' | 'total' | 'totalIsEstimate' | 'columns'>

/** What is known of a list of rows that is read page by page. */
export type RowsKnown = {
  readonly columns: RowsAnswer['columns'] | null
  readonly total: number | null
  /** Rows up to the furthest page read: as many can be shown, whether or not they are still kept. */
  readonly reached: number
  readonly ended: boolean
  readonly error: Error | null
}

export type RowPages = {
  known(): RowsKnown
  row(index: number): Row | undefined
  /** Has the rows from `first` to `last` read where their pages can be found, and the page after them. */
  want(first: number, last: number): void
  retry(): void
  subscribe(listener: () => void): () => void
  close(): void
}

/** Pages kept on either side of the last one that was looked at. */
const keptBeside = 4

/**
 * Rows of any number in the memory of a few pages: where each page starts is kept (a cursor of a hundred bytes or so),
 * its rows only as long as they are near. A page that was dropped is read again from its own cursor, so going back
 * costs what going forward costs. Pages are found one after the other: nothing is counted off by the server.
 */
export function createRowPages(
  load: (cursor: string | null, signal: AbortSignal) => Promise<Page>,
): RowPages {
  const cursors: (string | null)[] = [null]
  const pages = new Map<number, readonly Row[]>()
  const loading = new Set<number>()
  const listeners = new Set<() => void>()
  const abort = new AbortController()
  let pageRows = 0
  let wanted: readonly [number, number] = [0, 0]
  let known: RowsKnown = { columns: null, total: null, reached: 0, ended: false, error: null }

  function tell(change: Partial<RowsKnown>): void {
    known = { ...known, ...change }
    for (const listener of listeners) listener()
  }

  const pageOf = (index: number): number => (pageRows === 0 ? 0 : Math.floor(index / pageRows))

  function take(place: number, page: Page): void {
    // A page may be shorter than was asked for; all but the last are as long as the first.
    if (place === 0) pageRows = page.rows.length
    pages.set(place, page.rows)
    const furthest = place === cursors.length - 1
    if (furthest && page.nextCursor !== null) cursors.push(page.nextCursor)
    tell({
      ...(known.columns === null ? { columns: page.columns } : {}),
      // A height that is scrolled over, and a number that is read out, have to be true.
      total: page.totalIsEstimate ? null : page.total,
      ...(furthest ? { reached: place * pageRows + page.rows.length, ended: page.nextCursor === null } : {}),
      error: null,
    })
  }

  async function read(place: number): Promise<void> {
    if (pages.has(place) || loading.has(place) || place >= cursors.length) return
    loading.add(place)
    try {
      take(place, await load(cursors[place]!, abort.signal))
    } catch (error) {
      if (!abort.signal.aborted) tell({ error: error as Error })
      return
    } finally {
      loading.delete(place)
    }
    readWanted()
  }

  function readWanted(): void {
    if (known.error !== null || abort.signal.aborted) return
    const [first, last] = wanted.map(pageOf) as [number, number]
    for (const place of pages.keys())
      if (place < first - keptBeside || place > last + keptBeside) pages.delete(place)
    // One page ahead of the reader; further ones follow as the reader does.
    for (let place = first; place <= last + 1; place += 1) void read(place)
  }

  return {
    known: () => known,
    row: (index) => pages.get(pageOf(index))?.[index - pageOf(index) * pageRows],
    want(first, last) {
      wanted = [first, last]
      readWanted()
    },
    retry() {
      tell({ error: null })
      readWanted()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => abort.abort(),
  }
}
