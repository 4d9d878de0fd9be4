import { LRUCache } from 'lru-cache'
import type { Database } from '../../../foundations/database/index.ts'
import type { Ledger } from '../../../foundations/ledger/index.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import type { EntrySearch } from '../catalogue.store.ts'
import { type Query, readQuery, required, searchOf } from './query.rules.ts'
import * as store from './search.store.ts'

export type EntryOrder = 'relevance' | store.Order
export type EntryPosition = store.Position

export type Search = ReturnType<typeof createSearch>

export type Result = {
  readonly order: EntryOrder
  readonly ids: readonly { readonly id: string; readonly position: EntryPosition }[]
  readonly facets: store.Facets
  /** True where no entry has all that was asked for, so that those are listed which have some of it. */
  readonly partly: boolean
  /** What was read; undefined where nothing was asked for. */
  readonly query: Query | undefined
}

/** Where words are asked for, so many are counted at most, and so many are weighed against each other. */
const countedAtMost = 3_000
const rankedAtMost = 1_000
/** Of an entry that is called just what was asked for, in millionths. */
const scoreOfNamed = 2_200_000

type Found = {
  readonly ranked: readonly store.Ranked[]
  readonly facets: store.Facets
  readonly partly: boolean
}

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
  /** By search; weighed by what they hold, some tens of megabytes at most. */
  const results = new LRUCache<string, Promise<Found>>({ max: 2_000 })
  const counts = new LRUCache<string, Promise<store.Facets>>({ max: 2_000 })

  /** Kept for published entries only: what else is listed changes with every act on a case. */
  async function kept<T>(
    cache: LRUCache<string, Promise<T>>,
    search: EntrySearch,
    query: Query | undefined,
    epoch: number,
    read: () => Promise<T>,
  ): Promise<T> {
    if (!search.published) return read()
    const key = JSON.stringify([epoch, search, query])
    const before = cache.get(key)
    if (before !== undefined) return before
    const reading = read()
    cache.set(key, reading)
    reading.catch(() => cache.delete(key))
    return reading
  }

  async function count(search: store.Asked): Promise<store.Facets> {
    return store.countFacets(db, search, search.having === undefined ? null : countedAtMost)
  }

  async function rankAll(search: EntrySearch, query: Query): Promise<Found> {
    const needed = required(query)
    const strict = { ...search, having: searchOf(needed, '&') }
    const all = await store.rank(db, strict, query, true, rankedAtMost)
    if (all.facets.total === 0 && needed.length > 1) return rankPartly(search, query)
    if (all.facets.exact) return { ...all, partly: false }
    // Too many to weigh: those that have it all in their titles come first, and one that is called just that.
    const inTitle = { ...search, having: searchOf(needed, '&', true) }
    const { ranked } = await store.rank(db, inTitle, query, true, rankedAtMost)
    const named = await store.titled(db, strict, query.core, 50)
    const seen = new Set(ranked.map(({ id }) => id))
    const missed = named.filter((id) => !seen.has(id))
    for (const id of missed) seen.add(id)
    const merged = [
      ...missed.map((id) => ({ id, score: scoreOfNamed })),
      ...ranked,
      ...all.ranked.filter(({ id }) => !seen.has(id)),
    ]
    return {
      ranked: merged.sort((a, b) => b.score - a.score).slice(0, rankedAtMost),
      facets: await count(strict),
      partly: false,
    }
  }

  /** Of what has a part only of what was asked for, that which has not much less of it than the best. */
  async function rankPartly(search: EntrySearch, query: Query): Promise<Found> {
    const some = { ...search, having: searchOf(required(query), '|') }
    const { ranked } = await store.rank(db, some, query, false, rankedAtMost)
    const near = ranked.filter(({ score }) => score > 0 && score >= ranked[0]!.score / 2)
    const among = near.map(({ id }) => id)
    const facets = await store.countFacets(db, { ...search, having: undefined, among }, null)
    return { ranked: near, facets, partly: near.length > 0 }
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
        if (query !== undefined) return { order: by, ids: [], facets: store.noFacets, partly: false, query }
        const asked = { ...filter, having: undefined }
        return {
          order: by,
          ids: await store.listInOrder(db, asked, by, after, limit),
          facets: await kept(counts, filter, undefined, epoch, () => count(asked)),
          partly: false,
          query,
        }
      }
      const found = await kept(results, filter, query, epoch, () => rankAll(filter, query))
      const { facets, partly } = found
      if (sorted === 'relevance')
        return { order: sorted, ids: pageOf(found.ranked, after, limit), facets, partly, query }
      const wanted = partly
        ? { having: undefined, among: found.ranked.map(({ id }) => id) }
        : { having: searchOf(required(query), '&') }
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
function pageOf(ranked: readonly store.Ranked[], after: EntryPosition | undefined, limit: number) {
  const at = after === undefined ? -1 : ranked.findIndex(({ id }) => id === after.id)
  const below = after === undefined || at >= 0 ? at + 1 : ranked.findIndex(({ score }) => score < after.rank)
  if (below < 0) return []
  return ranked
    .slice(below, below + limit)
    .map(({ id, score }) => ({ id, position: { rank: score, value: '', id } }))
}
