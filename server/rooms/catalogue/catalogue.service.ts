import { entryDraftSchema } from '@tiaoli/contract/catalogue'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import {
  type ActHappened,
  type EntryFacts as CaseEntryFacts,
  type CaseEvent,
  type Cases,
  type CaseView,
  roleNotEntitled,
} from '../../foundations/cases/index.ts'
import {
  actorIn,
  actorOf,
  type Casework,
  caseProblem,
  requirePowerForAct,
} from '../../foundations/casework/index.ts'
import type { Database, Store, Tx } from '../../foundations/database/index.ts'
import type { EntryFacts } from '../../foundations/gateway/index.ts'
import type { Area, Identity, Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import { type Act, type Procedure, procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import type { Vocabulary } from '../vocabulary/index.ts'
import { createBeginning } from './beginning.ts'
import {
  cataloguingProcedure,
  type DraftInput,
  type Entry,
  type EntryContent,
  type EntryFault,
  type EntryMoment,
  type EntryWatcher,
} from './catalogue.model.ts'
import { maySee, stewardOf } from './catalogue.policy.ts'
import { assessed, checkDraft, defaultType, faultsBeforeSubmission, firstState } from './catalogue.rules.ts'
import * as store from './catalogue.store.ts'
import { createDecisions, decisionsOn, requireDecidedType } from './decisions.ts'
import { caseFactsOf, gatewayFactsOf } from './entry-facts.rules.ts'
import { createImported } from './imported.ts'
import { partFor, refusalOfDraft, refusalOfFile } from './opening.rules.ts'
import { createPublicList } from './public-list.store.ts'
import { createEntryReader } from './read-entries.ts'
import { createIndexing } from './search/indexing.ts'
import { createSearch, type EntryOrder, type EntryPosition } from './search/search.service.ts'
import { suggest } from './search/suggest.ts'
import type { WatchedSectors } from './sectors.ts'
import { createWrittenTogether } from './written-together.ts'

export type CatalogueDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly cases: () => Cases
  readonly casework: () => Casework
  readonly identity: Identity
  readonly ledger: Ledger
  readonly vocabulary: Vocabulary
  readonly clock: Clock
  /** Rooms that have a say in cataloguing. */
  readonly watchers?: () => readonly EntryWatcher[]
}

export type Catalogue = ReturnType<typeof createCatalogue>

/** The catalogue: what departments hold, described, confirmed and published (目录). */
export function createCatalogue({
  database,
  rulebook,
  cases,
  casework,
  identity,
  ledger,
  vocabulary,
  clock,
  watchers = () => [],
}: CatalogueDeps) {
  const { db } = database
  const { index, indexAll, indexBehind, countBehind } = createIndexing({ database, identity, vocabulary })
  const begin = createBeginning({ rulebook, cases, clock, index: indexAll })
  const search = createSearch({ database, ledger, vocabulary })
  const readEntries = createEntryReader(db)

  async function requireEntry(session: Session, id: string): Promise<Entry> {
    const entry = await store.findEntry(db, id)
    const provider = entry && identity.organisation(entry.providerId)
    if (entry === undefined || !maySee(session, entry, firstState(rulebook), provider))
      throw new Problem('not-found')
    return entry
  }

  function requireSteward(session: Session, entry?: Entry): string {
    const organisationId = stewardOf(session)
    const { responsible } = rulebook.rooms.compilation ?? {}
    if (session.user !== null && session.user.organisation === null && responsible !== undefined)
      throw new Problem('refused-by-law', {
        ...responsible,
        remedy: text(
          '请以所在单位的账号登记。',
          'Register it with an account of the body that is responsible.',
        ),
      })
    if (organisationId === undefined || (entry !== undefined && entry.providerId !== organisationId))
      throw new Problem('not-allowed', {
        condition: text(
          '只有提供单位的数据管理员可以编制目录条目',
          'Only a data steward of the provider compiles its entries',
        ),
      })
    return organisationId
  }

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

  async function isEditable(entry: Entry, view?: CaseView): Promise<boolean> {
    const current = view ?? (await cases().get(entry.caseId, null))
    return current !== undefined && isWritable(current)
  }

  /** What leaves the provider's hands has to be complete, and a change has to change something. */
  function requireComplete(entry: Entry): void {
    if (entry.published && entry.pending === null)
      throw new Problem('content-incomplete', {
        condition: text('条目没有需要提交的修改', 'The entry has no change to submit'),
        remedy: text('请先修改条目内容，再提交变更。', 'Change its content first, then submit.'),
      })
    refuseFor(faultsBeforeSubmission(rulebook, entry.pending ?? entry.content))
  }

  /** What other rooms have to say of it; what they object to stops the act. */
  async function askWatchers(tx: Tx, entry: Entry, moment: EntryMoment, event: CaseEvent): Promise<void> {
    const faults: EntryFault[] = []
    for (const { check } of watchers()) faults.push(...((await check?.(tx, entry, moment, event)) ?? []))
    refuseFor(faults)
  }

  async function tellWatchers(tx: Tx, before: Entry, moment: EntryMoment, event: CaseEvent): Promise<void> {
    const entry = (await store.findEntry(tx, before.id))!
    for (const { follow } of watchers()) await follow?.(tx, entry, moment, event, before)
  }

  /** Decisions of bodies above the provider change an entry, whatever stage it is in. */
  const onDecision = createDecisions(rulebook, {
    findEntry: store.findEntry,
    cases,
    writeContent: async (tx, entry, content) => {
      const { pending } = entry
      // Whoever wrote the entry meanwhile comes first: a decision that did not reach it must not count as carried out.
      if (!(await store.writeContent(tx, entry.id, entry.version, content, clock.now())))
        throw new Problem('changed-meanwhile')
      await index(tx, { ...entry, content })
      // A change that waits goes on waiting, with the type that now holds.
      if (pending !== null)
        await store.writePending(
          tx,
          entry.id,
          entry.version + 1,
          { ...pending, sharing: content.sharing },
          clock.now(),
        )
      await ledger.turnEpoch(tx)
    },
    writeProvider: async (tx, entry, providerId) => {
      await store.writeProvider(tx, entry.id, providerId)
      await index(tx, { ...entry, providerId })
      await ledger.turnEpoch(tx)
    },
  })

  const service = {
    onDecision,
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
    requireEntry,
    isEditable,
    find: (id: string, tx: Store | Tx = db) => store.findEntry(tx, id),
    findAll: (ids: readonly string[], tx: Store | Tx = db) => store.findEntries(tx, ids),

    /** Titles of entries by their id; an id without an entry has none. */
    titlesOf: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
      new Map((await store.findEntries(db, ids)).map(({ id, content }) => [id, content.title])),
    published: (search: store.PublishedSearch) => store.findPublished(db, search),
    typeCounts: () => store.countTypes(db),

    async create(session: Session, draft: DraftInput): Promise<Entry> {
      const providerId = requireSteward(session)
      const content = assessed(complete(draft, providerId), undefined, session.user!.name, clock.now())
      const id = newId()
      await database.inTransaction(async (tx) => {
        const opened = await begin(tx, [{ id, content }], { providerId, actor: actorOf(session) })
        if (!opened.ok) throw caseProblem(opened.refusal)
      })
      return (await store.findEntry(db, id))!
    },

    async change(session: Session, id: string, change: Partial<DraftInput>, version: number): Promise<Entry> {
      const entry = await requireEntry(session, id)
      requireSteward(session, entry)
      if (!(await isEditable(entry)))
        throw new Problem('act-not-available', {
          condition: text(
            '条目不在编制环节，内容已固定',
            'The entry is not being compiled; its content is fixed',
          ),
          remedy: text('如需修改，请先撤回或发起修订。', 'To change it, take it back or begin a revision.'),
        })
      const before = entry.pending ?? entry.content
      const content = assessed(
        complete(entryDraftSchema.parse({ ...before, ...change }), entry.providerId),
        before,
        session.user!.name,
        clock.now(),
      )
      await requireDecidedType(db, id, content)
      await database.inTransaction(async (tx) => {
        const written = entry.published
          ? await store.writePending(tx, id, version, content, clock.now())
          : await store.writeContent(tx, id, version, content, clock.now())
        if (!written) throw new Problem('changed-meanwhile')
        if (!entry.published) await index(tx, { ...entry, content })
      })
      return (await store.findEntry(db, id))!
    },

    /** Does an act of the cataloguing procedure. */
    async act(
      session: Session,
      id: string,
      act: string,
      content: Record<string, unknown>,
      version: number | undefined,
    ): Promise<Entry> {
      const entry = await requireEntry(session, id)
      const actor = actorOf(session)
      const mine = await cases().get(entry.caseId, actor)
      const view = mine ?? (await cases().get(entry.caseId, null))
      if (view === undefined) throw new Problem('not-found')
      const rule = view.procedure.acts.find((each) => each.key === act)
      // Who sees the entry and has no part in its case is told whose act it is, as every party is.
      if (mine === undefined && rule !== undefined) {
        const roles = rule.by.map((role) => view.procedure.roles[role]!)
        const refusal = roleNotEntitled(rule, roles)
        await casework().recordRefusal(actor, view.state, act, refusal)
        throw caseProblem(refusal)
      }
      if (rule !== undefined) requirePowerForAct(session, view, rule)
      if (rule !== undefined && submits(view.procedure, rule)) requireSteward(session, entry)
      const done = await cases().act({
        caseId: entry.caseId,
        act,
        actor: actorIn(session, view, rule),
        content,
        version: version ?? view.state.version,
      })
      if (!done.ok) {
        await casework().recordRefusal(actor, view.state, act, done.refusal)
        throw caseProblem(done.refusal)
      }
      return (await store.findEntry(db, id))!
    },

    /**
     * Changes a published entry and hands the change in, both or neither. A change that waits already is not taken
     * along: whoever began it finishes it first.
     */
    async revise(session: Session, id: string, change: Partial<DraftInput>, note: string): Promise<Entry> {
      const entry = await requireEntry(session, id)
      requireSteward(session, entry)
      const procedure = procedureOf(rulebook, cataloguingProcedure)!
      const act = procedure.acts.find((each) => each.from.includes(entry.status) && submits(procedure, each))
      if (!entry.published || entry.pending !== null || act === undefined)
        throw new Problem('act-not-available', {
          condition: text(
            '条目有尚未完成的修改，或者当前环节不能提交变更',
            'Another change of the entry waits, or none can be handed in now',
          ),
          remedy: text('请先完成或者放弃该修改。', 'Finish that change first, or give it up.'),
        })
      const content = complete(entryDraftSchema.parse({ ...entry.content, ...change }), entry.providerId)
      await requireDecidedType(db, id, content)
      const asked = act.content.some((field) => field.key === 'note')
      await database.inTransaction(async (tx) => {
        if (!(await store.writePending(tx, id, entry.version, content, clock.now())))
          throw new Problem('changed-meanwhile')
        const view = (await cases().get(entry.caseId, null, tx))!
        const done = await cases().act({
          ...{ caseId: entry.caseId, act: act.key, actor: actorOf(session), tx },
          content: asked ? { note } : {},
          version: view.state.version,
        })
        if (!done.ok) throw caseProblem(done.refusal)
      })
      return (await store.findEntry(db, id))!
    },

    /** Hands an entry in by whichever act its state allows; `note` goes with it where the act asks for one. */
    async handIn(session: Session, id: string, note: string): Promise<Entry> {
      const entry = await requireEntry(session, id)
      const procedure = procedureOf(rulebook, cataloguingProcedure)!
      const act = procedure.acts.find((each) => each.from.includes(entry.status) && submits(procedure, each))
      if (act === undefined)
        throw new Problem('act-not-available', {
          condition: text('条目的当前环节不能提交', 'The entry cannot be handed in in this state'),
        })
      const asked = act.content.some((field) => field.key === 'note')
      return service.act(session, id, act.key, asked ? { note } : {}, undefined)
    },

    /** What an act of the cataloguing case changes in the catalogue, in the act's own transaction. */
    async onAct({ tx, procedure, state, event, effect }: ActHappened): Promise<void> {
      const now = clock.now()
      const act = procedure.acts.find((each) => each.key === event.act)
      const moments = act ? momentsOf(procedure, act) : []
      // Whoever opened the case has just written the entry in the state in which it begins.
      if (act?.from.length === 0 && effect === undefined && moments.length === 0) return
      // Written first, which holds the entry until the end: what is checked below is what is submitted or published.
      const entryId = state.entryId!
      await store.writeStatus(tx, entryId, state.state, now)
      const entry = await store.findEntry(tx, entryId)
      if (entry === undefined) return
      if (act && submits(procedure, act)) requireComplete(entry)
      for (const moment of moments) await askWatchers(tx, entry, moment, event)
      if (effect === 'publish') {
        const { pending, version } = entry
        if (pending !== null) {
          await store.writeContent(tx, entry.id, version, pending, now)
          await index(tx, { ...entry, content: pending })
        }
        await store.writePublished(tx, entry.id, true, now)
      }
      if (effect === 'unpublish') await store.writePublished(tx, entry.id, false, now)
      if (isBackAtPublished(procedure, state.state, effect)) await store.dropPending(tx, entry.id)
      if (effect !== undefined) await ledger.turnEpoch(tx)
      for (const moment of moments) await tellWatchers(tx, entry, moment, event)
    },

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
      asked: store.EntrySearch & { q?: string | undefined },
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
      store.briefPublished(db, { providerIds, sectors }),
    publishedEntry: async (id: string, tx?: Tx) => (await store.briefPublished(tx ?? db, { id }))[0],
    /** Goes through entries by their ids, page by page. */
    walk: (wanted: store.EntrySearch, after: string | undefined, limit: number, tx: Store | Tx = db) =>
      store.entriesAfter(tx, wanted, after, limit),
    count: (wanted: store.EntrySearch, tx: Store | Tx = db) => store.countEntries(tx, wanted),
    /** How many published entries of a provider answer to each piece of its business. */
    countByBusiness: (providerId: string) => store.countByBusiness(db, providerId),
    /** What the catalogue says to everybody, as programs ask for it. */
    publicList: createPublicList(db),
    /** Published entries of other bodies with a field of one of the names. */
    withField: (names: readonly string[], notOf: string, tx: Store | Tx = db) =>
      store.entriesWithField(tx, names, notOf),

    counts: async () => ({
      byProvider: await store.countByProvider(db),
      rows: await store.sumRows(db),
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
      page: Partial<Omit<store.Offer, 'having'>> & { q?: string | undefined } = {},
    ) =>
      store.findOffered(db, axis, types, {
        withoutData: false,
        before: undefined,
        limit: 1,
        ...page,
        having: await search.having(page.q ?? ''),
      }),
    countPriority: () => store.countPriority(db),
    /** At most so many entries of the sharing types that somebody but their provider has seen, the newest first. */
    ofSharingTypes: (types: readonly string[], before: string | undefined, limit: number): Promise<Entry[]> =>
      store.findOfSharingTypes(db, types, firstState(rulebook), before, limit),

    /** What the gateway has to know of an entry. */
    async gatewayFacts(id: string): Promise<EntryFacts | undefined> {
      const entry = await store.findEntry(db, id)
      return entry && gatewayFactsOf(rulebook, entry)
    },
  }
  return service
}

/** An act by which the provider lets go of the entry: to somebody who checks it, or, where nobody does, to everyone. */
const submits = (procedure: Procedure, act: Act): boolean => {
  const handsOver = procedure.states
    .find((each) => each.key === act.to)
    ?.waitsFor.some((role) => procedure.roles[role]?.from !== 'provider')
  const letsGo = handsOver === true || act.effect === 'publish'
  return act.by.some((role) => procedure.roles[role]?.from === 'provider') && letsGo
}

/** What an act means for the entry; nothing for acts that only send it back or change nothing outside. */
function momentsOf(procedure: Procedure, act: Act): EntryMoment[] {
  const moments: EntryMoment[] = submits(procedure, act) ? ['submission'] : []
  if (act.effect === 'publish') return [...moments, 'publication']
  if (act.effect === 'unpublish') return ['withdrawal']
  const to = procedure.states.find((each) => each.key === act.to)
  const byProvider = (roles: readonly string[]) =>
    roles.some((role) => procedure.roles[role]?.from === 'provider')
  const passes = to !== undefined && to.outcome === undefined && !byProvider(to.waitsFor)
  return passes && !byProvider(act.by) ? ['confirmation'] : moments
}

/** All that is amiss at once, each with its place; the first tells the article. */
function refuseFor(faults: readonly EntryFault[]): void {
  if (faults.length === 0) return
  const refused = faults.find(({ remedy }) => remedy !== undefined)
  if (refused !== undefined)
    throw new Problem('refused-by-law', {
      article: refused.article,
      condition: refused.message,
      remedy: refused.remedy,
      errors: faults.map(({ path, message }) => ({ path, message })),
    })
  throw new Problem('content-incomplete', {
    article: faults.find((fault) => fault.article !== undefined)?.article,
    condition: faults[0]!.message,
    remedy: text('请补齐后再提交。', 'Complete the entry and submit again.'),
    errors: faults.map(({ path, message }) => ({ path, message })),
  })
}

/** The provider writes wherever it could submit next: a draft, what was returned, and a change of what is published. */
const isWritable = (view: CaseView): boolean =>
  view.procedure.acts.some((act) => act.from.includes(view.state.state) && submits(view.procedure, act))

/** Where publishing leads: coming back there otherwise means that a change was given up. */
const isBackAtPublished = (procedure: Procedure, state: string, effect: string | undefined): boolean =>
  effect === undefined && procedure.acts.some((act) => act.effect === 'publish' && act.to === state)
