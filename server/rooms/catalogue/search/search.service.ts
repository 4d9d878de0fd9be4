import { LRUCache } from 'lru-cache'
import type { Database } from '../../../foundations/database/index.ts'
import type { Ledger } from '../../../foundations/ledger/index.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import type { EntrySearch } from '../entry-lists.store.ts'
import {
  apart,
  type Facets,
  type Found,
  facetsOf,
  narrowed,
  noFacets,
  only,
  type Ranked,
} from './found.rules.ts'
import { inParts, type Query, readQuery, required, searchOf, wholly } from './query.rules.ts'
import * as store from './search.store.ts'

export type EntryOrder = 'relevance' | store.Order
export type EntryPosition = store.Position

export type Search = ReturnType<typeof createSearch>

export type Result = {
  readonly order: EntryOrder
  readonly ids: readonly { readonly id: string; readonly position: EntryPosition }[]
  readonly facets: Facets
  /** True where no entry has all that was asked for, so that those are listed which have some of it. */
  readonly partly: boolean
  /** What was read; undefined where nothing was asked for. */
  readonly query: Query | undefined
}

/** Where words are asked for, so many are counted and weighed against each other at most; */
const countedAtMost = 3_000
/** of more than that, so many of those that have the words in their titles. */
const rankedAtMost = 1_000
const namedAtMost = 50
/** Of what has a part only of what was asked for. */
const inPartAtMost = 500
/** Entries in all results that are kept: some 100 bytes each. */
const keptAtMost = 300_000
const nothing: Omit<Found, 'partly' | 'having'> = { ranked: [], whole: true, kinds: [], facets: noFacets }

export type SearchDeps = {
  readonly database: Database
  readonly ledger: Pick<Ledger, 'epoch'>
  readonly vocabulary: Pick<Vocabulary, 'analyserIn'>
}

/**
 * Search of the catalogue, in the database that holds it. What a query found is kept while the epoch lasts: the
 * epoch is turned in every transaction that changes what is published or the vocabulary, so that nothing kept is ever
 * older.
 */
export function createSearch({ database, ledger, vocabulary }: SearchDeps) {
  const { db } = database
  const results = new LRUCache<string, Promise<Found>>({ maxSize: keptAtMost })
  const counts = new LRUCache<string, Promise<Facets>>({ maxSize: 2_000 })

  /** Kept for published entries only: what else is listed changes with every act on a case. */
  function kept<T>(
    cache: LRUCache<string, Promise<T>>,
    search: EntrySearch,
    query: Query | undefined,
    epoch: number,
    read: () => Promise<T>,
    sizeOf: (read: T) => number = () => 1,
  ): Promise<T> {
    if (!search.published) return read()
    const key = JSON.stringify([epoch, search, query])
    const before = cache.get(key)
    if (before !== undefined) return before
    const reading = read()
    cache.set(key, reading, { size: 1 })
    reading.then(
      (value) => cache.peek(key) === reading && cache.set(key, reading, { size: sizeOf(value) }),
      () => cache.delete(key),
    )
    return reading
  }

  const count = async (search: store.Asked): Promise<Facets> =>
    facetsOf(await store.countKinds(db, search, null), null)

  /** What a search for words finds. What narrows it is looked for in what is kept of the search without it. */
  async function foundBy(asked: EntrySearch, query: Query, epoch: number): Promise<Found> {
    const read = (search: EntrySearch, rank: typeof rankAll) =>
      kept(
        results,
        search,
        query,
        epoch,
        () => rank(search, query),
        ({ ranked }) => 1 + ranked.length,
      )
    const { search, narrowing } = apart(asked)
    if (narrowing === undefined || !asked.published) return read(asked, rankAll)
    const found = await read(search, rankAll)
    if (!found.whole) return read(asked, rankAll)
    const part = narrowed(found, narrowing)
    return part.ranked.length > 0 || required(query).length < 2 ? part : read(asked, rankPartly)
  }

  async function rankAll(search: EntrySearch, query: Query): Promise<Found> {
    for (const [at, having] of wholly(query).entries()) {
      const { ranked, kinds } = await store.weigh(db, { ...search, having }, query, true, countedAtMost)
      const facets = facetsOf(kinds, countedAtMost)
      if (facets.total === 0) continue
      if (facets.exact) return { ranked, whole: true, kinds, facets, partly: false, having }
      return { ...(await rankMany(search, query, having, wholly(query, true)[at]!)), kinds, facets, having }
    }
    return rankPartly(search, query)
  }

  /** Of too many to weigh: what has it all in its title comes first, with what is called just that, then others. */
  async function rankMany(search: EntrySearch, query: Query, having: string, inTitle: string) {
    const weigh = async (asked: store.Asked, most: number) =>
      (await store.weigh(db, asked, query, true, most, true)).ranked
    const titled = await weigh({ ...search, having: inTitle }, rankedAtMost)
    const named = await weigh({ ...search, having, core: query.core }, namedAtMost)
    const others = titled.length < rankedAtMost ? await weigh({ ...search, having }, rankedAtMost) : []
    const distinct = new Map([...titled, ...named, ...others].map((each) => [each.id, each]))
    const ranked = [...distinct.values()].sort((a, b) => b.score - a.score).slice(0, rankedAtMost)
    return { ranked, whole: false, partly: false }
  }

  /** Of what has a part only of what was asked for, that which has not much less of it than the best. */
  async function rankPartly(search: EntrySearch, query: Query): Promise<Found> {
    if (required(query).length > 1)
      for (const having of inParts(query)) {
        const { ranked, kinds } = await store.weigh(
          db,
          { ...search, having },
          query,
          false,
          inPartAtMost,
          true,
        )
        const all = { ranked, whole: true, kinds, facets: noFacets, partly: true, having: undefined }
        const near = only(all, ({ score }) => score > 0 && score >= ranked[0]!.score / 2)
        if (near.ranked.length > 0) return near
      }
    return { ...nothing, partly: false, having: searchOf(required(query), '&') }
  }

  /** Condition under which an entry has the words of `q`, for lists of other kinds; undefined without words. */
  async function having(q: string): Promise<string | undefined> {
    if (q.trim() === '') return undefined
    const query = readQuery(q, await vocabulary.analyserIn(await ledger.epoch()))
    return query.concepts.length === 0 ? undefined : searchOf(required(query), '&')
  }

  return {
    /** At most `limit` of what a search finds, from a place on; nothing where no word of `q` can be searched for. */
    async find(
      search: EntrySearch & { readonly q?: string | undefined },
      order: EntryOrder | undefined,
      after: EntryPosition | undefined,
      limit: number,
    ): Promise<Result> {
      const { q = '', ...filter } = search
      const epoch = await ledger.epoch()
      const analyser = await vocabulary.analyserIn(epoch)
      const query = q.trim() === '' ? undefined : readQuery(q, analyser)
      const sorted = order ?? (query ? 'relevance' : filter.published ? 'updated' : 'newest')
      if (query === undefined || query.concepts.length === 0) {
        const by = sorted === 'relevance' ? 'updated' : sorted
        // Asked for words of which none can be searched, the honest answer is that nothing was found.
        if (query !== undefined) return { order: by, ids: [], facets: noFacets, partly: false, query }
        const asked = { ...filter, having: undefined }
        return {
          order: by,
          ids: await store.listInOrder(db, asked, by, after, limit),
          facets: await kept(counts, filter, undefined, epoch, () => count(asked)),
          partly: false,
          query,
        }
      }
      const found = await foundBy(filter, query, epoch)
      const { facets, partly } = found
      if (sorted === 'relevance')
        return { order: sorted, ids: pageOf(found.ranked, after, limit), facets, partly, query }
      const wanted =
        found.having === undefined
          ? { having: undefined, among: found.ranked.map(({ id }) => id) }
          : { having: found.having }
      const ids = await store.listInOrder(db, { ...filter, ...wanted }, sorted, after, limit)
      return { order: sorted, ids, facets, partly, query }
    },

    /** Of some entries those that a search finds, with all that was asked for; also such as are withdrawn by now. */
    async foundAmong(
      { q = '', ...filter }: Omit<EntrySearch, 'published'> & { readonly q?: string | undefined },
      among: readonly string[],
    ): Promise<ReadonlySet<string>> {
      const words = await having(q)
      if (q.trim() !== '' && words === undefined) return new Set()
      const asked = { ...filter, published: false, having: words, among }
      return new Set(
        (await store.listInOrder(db, asked, 'newest', undefined, among.length)).map(({ id }) => id),
      )
    },

    /** Counts of all that is published. */
    counts: async () =>
      kept(counts, { published: true }, undefined, await ledger.epoch(), () =>
        count({ published: true, having: undefined }),
      ),

    having,
  }
}

/** The entries after a place in the ranking; where that entry is gone from it, those that stand below its score. */
function pageOf(ranked: readonly Ranked[], after: EntryPosition | undefined, limit: number) {
  const at = after === undefined ? -1 : ranked.findIndex(({ id }) => id === after.id)
  const below = after === undefined || at >= 0 ? at + 1 : ranked.findIndex(({ score }) => score < after.rank)
  if (below < 0) return []
  return ranked
    .slice(below, below + limit)
    .map(({ id, score }) => ({ id, position: { rank: score, value: '', id } }))
}
