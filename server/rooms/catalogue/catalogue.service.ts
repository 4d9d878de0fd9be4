import type { EntryFacts as CaseEntryFacts } from '../../foundations/cases/index.ts'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { EntryFacts } from '../../foundations/gateway/index.ts'
import type { Area } from '../../foundations/identity/index.ts'
import { refusalProblem } from '../../foundations/problems/index.ts'
import { createActs } from './acts.service.ts'
import { createBeginning } from './beginning.ts'
import type { CatalogueDeps } from './catalogue.deps.ts'
import type { DraftInput, Entry, EntryContent } from './catalogue.model.ts'
import { checkDraft, defaultType, firstState } from './catalogue.rules.ts'
import * as store from './catalogue.store.ts'
import { decisionsOn } from './decisions.ts'
import * as counts from './entry-counts.store.ts'
import { caseFactsOf, gatewayFactsOf } from './entry-facts.rules.ts'
import * as lists from './entry-lists.store.ts'
import { createFollowing } from './following.ts'
import { createImported } from './imported.ts'
import { partFor, refusalOfDraft, refusalOfFile } from './opening.rules.ts'
import { createPublicList } from './public-list.store.ts'
import { createEntryReader } from './read-entries.ts'
import { createIndexing } from './search/indexing.ts'
import { createSearch, type EntryOrder, type EntryPosition } from './search/search.service.ts'
import { suggest } from './search/suggest.ts'
import type { WatchedSectors } from './sectors.ts'
import { createWrittenTogether } from './written-together.ts'

export type Catalogue = ReturnType<typeof createCatalogue>

/** The catalogue: what departments hold, described, confirmed and published (目录). */
export function createCatalogue(deps: CatalogueDeps) {
  const { database, rulebook, cases, identity, ledger, vocabulary, clock, watchers = () => [] } = deps
  const { db } = database
  const { index, indexAll, indexBehind, countBehind } = createIndexing({ database, identity, vocabulary })
  const begin = createBeginning({ rulebook, cases, clock, index: indexAll })
  const search = createSearch({ database, ledger, vocabulary })
  const readEntries = createEntryReader(db)

  /** Completes a draft with what the rulebook starts from, and refuses what it refuses at once. */
  function complete(draft: DraftInput, providerId: string): EntryContent {
    const roles = identity.organisation(providerId)?.roles ?? []
    const nothing = { conditions: '', basis: null }
    const content: EntryContent = {
      ...draft,
      part: draft.part ?? partFor(rulebook, roles),
      sharing: draft.sharing ?? { type: defaultType(rulebook, 'sharing'), ...nothing },
      opening: draft.opening ?? { type: defaultType(rulebook, 'opening'), ...nothing },
    }
    const verdict = checkDraft(rulebook, content)
    if (!verdict.ok)
      throw refusalProblem(verdict.refusal.article ? 'refused-by-law' : 'content-incomplete', verdict.refusal)
    const refusal = refusalOfDraft(rulebook, content, roles)
    if (refusal !== undefined)
      throw refusalProblem(refusal.article ? 'refused-by-law' : 'content-incomplete', refusal)
    return verdict.value
  }
  return {
    ...createFollowing({ ...deps, index }),
    ...createActs({ ...deps, begin, complete, index }),
    /** Entries of a dissolved body are its successor's. */
    async succeed(tx: Tx, fromId: string, toId: string): Promise<number> {
      const entries = await store.succeedProvider(tx, fromId, toId)
      for (const entry of entries) await index(tx, entry)
      return entries.length
    },
    /** Drafts of entries that were found in catalogues of others. */
    imported: createImported({ rulebook, clock, complete, begin, index }),
    /** Entries of one provider that are changed in one act. */
    together: createWrittenTogether({ clock, complete, index }),
    decisionsOn: (id: string) => decisionsOn(db, id),
    find: (id: string, tx: Store | Tx = db) => store.findEntry(tx, id),
    findAll: (ids: readonly string[], tx: Store | Tx = db) => store.findEntries(tx, ids),

    /** Titles of entries by their id; an id without an entry has none. */
    titlesOf: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
      new Map((await store.findEntries(db, ids)).map(({ id, content }) => [id, content.title])),
    published: (search: lists.PublishedSearch) => lists.findPublished(db, search),
    typeCounts: () => counts.countTypes(db),
    setHeldAt: async (tx: Tx, id: string, heldAt: NonNullable<Entry['heldAt']>): Promise<void> => {
      await store.writeHeldAt(tx, id, heldAt)
      await ledger.turnEpoch(tx)
    },

    setLive: async (tx: Tx, id: string, live: NonNullable<Entry['live']>): Promise<void> => {
      await store.writeLive(tx, id, live)
      await ledger.turnEpoch(tx)
      const entry = (await store.findEntry(tx, id))!
      for (const { followData } of watchers()) await followData?.(tx, entry)
    },

    /** At most `limit` of what a search finds, in an order and from a place on, with its counts. */
    async search(
      asked: lists.EntrySearch & { q?: string | undefined },
      order: EntryOrder | undefined,
      after: EntryPosition | undefined,
      limit: number,
    ) {
      const { ids, ...result } = await search.find(asked, order, after, limit)
      const entries = new Map((await readEntries(ids.map(({ id }) => id))).map((entry) => [entry.id, entry]))
      // What was withdrawn since the result was kept is not shown.
      const found = ids.flatMap(({ id, position }) => {
        const entry = entries.get(id)
        return entry === undefined || (asked.published && !entry.published) ? [] : [{ entry, position }]
      })
      return { ...result, found }
    },

    /** Which of some entries, published or not, a search has among what it finds. */
    foundAmong: search.foundAmong,

    suggest: (q: string) =>
      suggest(
        {
          db,
          best: async (words, limit) =>
            (await search.find({ q: words, published: true }, 'relevance', undefined, limit)).ids.map(
              ({ id }) => id,
            ),
          entriesOf: (ids) => store.findEntries(db, ids),
          organisations: () => identity.organisations(),
        },
        q,
      ),

    indexBehind,
    countBehind,

    /** Every published entry, or those of some providers. */
    publishedEntries: (providerIds: Area, sectors?: WatchedSectors) =>
      lists.briefPublished(db, { providerIds, sectors }),
    publishedEntry: async (id: string, tx?: Tx) => (await lists.briefPublished(tx ?? db, { id }))[0],
    /** Goes through entries by their ids, page by page. */
    walk: (wanted: lists.EntrySearch, after: string | undefined, limit: number, tx: Store | Tx = db) =>
      lists.entriesAfter(tx, wanted, after, limit),
    count: (wanted: lists.EntrySearch, tx: Store | Tx = db) => lists.countEntries(tx, wanted),
    /** How many published entries of a provider answer to each piece of its business. */
    countByBusiness: (providerId: string) => counts.countByBusiness(db, providerId),
    /** What the catalogue says to everybody, as programs ask for it. */
    publicList: createPublicList(db),
    /** Published entries of other bodies with a field of one of the names. */
    withField: (names: readonly string[], notOf: string, tx: Store | Tx = db) =>
      lists.entriesWithField(tx, names, notOf),

    counts: async () => ({
      byProvider: await counts.countByProvider(db),
      rows: await counts.sumRows(db),
      facets: await search.counts(),
    }),

    /** What the case engine has to know of an entry. */
    async caseFacts(id: string, tx: Store | Tx): Promise<CaseEntryFacts | undefined> {
      const entry = await store.findEntry(tx, id)
      return entry && caseFactsOf(rulebook, entry)
    },

    /** Why a file of that name may not be loaded into the entry, where the way it is opened forbids it. */
    refusalOfFile: (entry: Entry, fileName: string) =>
      refusalOfFile(rulebook, entry.pending ?? entry.content, fileName),
    /** What the sharing or the opening system offers: published entries of types that are not closed. */
    offered: async (
      axis: 'sharing' | 'opening',
      types: readonly string[],
      page: Partial<Omit<lists.Offer, 'having'>> & { q?: string | undefined } = {},
    ) =>
      lists.findOffered(db, axis, types, {
        withoutData: false,
        before: undefined,
        limit: 1,
        ...page,
        having: await search.having(page.q ?? ''),
      }),
    countPriority: () => counts.countPriority(db),
    /** At most so many entries of the sharing types that somebody but their provider has seen, the newest first. */
    ofSharingTypes: (types: readonly string[], before: string | undefined, limit: number): Promise<Entry[]> =>
      lists.findOfSharingTypes(db, types, firstState(rulebook), before, limit),

    /** What the gateway has to know of an entry. */
    async gatewayFacts(id: string): Promise<EntryFacts | undefined> {
      const entry = await store.findEntry(db, id)
      return entry && gatewayFactsOf(rulebook, entry)
    },
  }
}
