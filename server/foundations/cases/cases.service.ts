import { granted, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { isId, newId } from '@tiaoli/kernel/ids'
import { civilDateOf, instantOf } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { Tx } from '../database/index.ts'
import { type Act, type Procedure, procedureOf } from '../rulebook/index.ts'
import { allowedActs } from './allowed.ts'
import * as store from './cases.store.ts'
import type {
  ActContent,
  ActHappened,
  ActOnCase,
  Actor,
  CaseEvent,
  CaseParties,
  CaseState,
  CaseSummary,
  Cases,
  CasesDeps,
  EntryFacts,
  Nameable,
  OpenCase,
  OpenCases,
} from './cases.types.ts'
import type { Situation } from './conditions.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { decideAct, overdueEvents, partySucceeded, providerReplaced, recomputeEvents } from './decide.ts'
import { editionOf, type ProcedureEdition } from './edition.ts'
import { figureOf } from './figure.ts'
import { countBases, countFigures, uncounted, writeFigures } from './figures.store.ts'
import { applyEvent, type CaseHeader, foldCase, unopened } from './fold.ts'
import { fillRoles, partyKey, partyOf, rolesAskedFor, rolesOf } from './parties.ts'
import { previewOf } from './preview.ts'
import { openingActOf, stateOf } from './procedure.ts'
import { projectionOf } from './projection.ts'
import { caseUnknown, cursorUnknown, entryUnknown, procedureUnknown } from './refusals.ts'

const largestPage = 200
const usualPage = 50

/** The door to formal procedures: reads, lets pure functions decide, writes, and tells the rooms, in one transaction. */
export function createCases(deps: CasesDeps): Cases {
  const {
    database,
    rulebook,
    calendar,
    readCalendar,
    clock,
    onAct,
    onOpened,
    localTargets,
    organisationsWithRole,
    isOrganisation,
    entryFacts,
  } = deps

  const within = <T>(tx: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> =>
    tx === undefined ? database.inTransaction(work) : work(tx)

  // An edition never changes, so what was read once need not be read again.
  const editions = new Map<string, ProcedureEdition>()

  async function editionFor(tx: Tx, header: CaseHeader): Promise<ProcedureEdition> {
    const key = `${header.rulebookId} ${header.rulebookVersion} ${header.procedure}`
    const edition = editions.get(key) ?? (await store.getEdition(tx, header))
    editions.set(key, edition)
    return edition
  }

  /** Who would be who if the actor opened the procedure on the entry. */
  async function partiesFor(
    tx: Tx,
    edition: ProcedureEdition,
    opener: Actor,
    entry: EntryFacts | undefined,
    { given, named = [] }: { given?: CaseParties | undefined; named?: readonly string[] } = {},
  ): Promise<Verdict<CaseParties>> {
    const holders = new Map<string, readonly string[]>()
    const first = entry === undefined ? opener.organisationId : entry.providerId
    const concerned = [...(first === null ? [] : [first]), ...named]
    for (const role of rolesAskedFor(edition.procedure))
      holders.set(role, await organisationsWithRole(role, tx, concerned))
    return fillRoles(edition.procedure, opener, entry, holders, given)
  }

  /** What the content of an act may name, with the published entries that it does name looked up. */
  async function nameableIn(
    tx: Tx,
    act: Act | undefined,
    content: ActContent,
    entry: EntryFacts | undefined,
  ): Promise<Nameable> {
    const providers = new Map<string, string>()
    for (const { key, kind } of act?.content ?? []) {
      const id = kind === 'entry' ? content[key] : undefined
      const named = typeof id === 'string' && isId(id) ? await entryFacts(id, tx) : undefined
      if (named?.published) providers.set(id as string, named.providerId)
    }
    const { fieldNames = [], fits = () => false, typeOf = () => undefined } = entry ?? {}
    return { fieldNames, fits, typeOf, isOrganisation, providers }
  }

  /** The entry that a case of the procedure would be about; none for a matter, whatever is named. */
  async function entryOf(
    tx: Tx,
    { about }: Procedure,
    entryId: string | null,
  ): Promise<Verdict<{ entryId: string | null; entry: EntryFacts | undefined }>> {
    if (about === 'matter') return granted({ entryId: null, entry: undefined })
    const entry = entryId === null ? undefined : await entryFacts(entryId, tx)
    return entry === undefined ? refused(entryUnknown()) : granted({ entryId, entry })
  }

  /** A case after some more events, with the state in which each of them left it. */
  function follow({ procedure }: ProcedureEdition, before: CaseState, events: readonly CaseEvent[]) {
    const states: CaseState[] = []
    for (const event of events) states.push(applyEvent(procedure, states.at(-1) ?? before, event))
    const state = states.at(-1)!
    return {
      state,
      projection: projectionOf(procedure, state),
      events,
      told: (tx: Tx, quiet: boolean): ActHappened[] =>
        events.map((event, index) => {
          const effect = procedure.acts.find(({ key }) => key === event.act)?.effect
          return { tx, procedure, state: states[index]!, event, effect, quiet }
        }),
    }
  }

  const figured = (procedure: Procedure, state: CaseState) => ({
    state,
    figure: figureOf(procedure, state, calendar),
  })

  /** Adds events to a case, brings its projection up to them and tells the rooms of each. */
  async function record(
    tx: Tx,
    edition: ProcedureEdition,
    before: CaseState,
    events: readonly CaseEvent[],
  ): Promise<CaseState> {
    const written = follow(edition, before, events)
    await store.updateCase(tx, written)
    await writeFigures(tx, [figured(edition.procedure, written.state)])
    for (const happened of written.told(tx, false)) await onAct(happened)
    return written.state
  }

  /** Numbers cases that nothing stands against, writes them with their first events and tells the rooms. */
  async function recordOpened(
    tx: Tx,
    edition: ProcedureEdition,
    opened: readonly { readonly draft: CaseState; readonly events: readonly CaseEvent[] }[],
    quiet = false,
  ): Promise<CaseState[]> {
    const { procedure } = edition
    await store.keepEdition(tx, edition)
    const series = `${rulebook.prefix}-${procedure.numberCode}-${civilDateOf(clock.now()).slice(0, 4)}`
    const first = await store.nextNumbers(tx, series, opened.length)
    const written = opened.map(({ draft, events }, at) => {
      const number = `${series}-${String(first + at).padStart(6, '0')}`
      const subject = subjectOf(procedure, events, openingActOf(procedure))
      return follow(edition, { ...draft, number, subject }, events)
    })
    await store.insertCases(tx, written)
    await writeFigures(
      tx,
      written.map(({ state }) => figured(procedure, state)),
    )
    const told = written.flatMap((each) => each.told(tx, quiet))
    if (onOpened !== undefined) await onOpened(told)
    else for (const happened of told) await onAct(happened)
    return written.map(({ state }) => state)
  }

  /** What stands against a case, or the case with its first events, not yet written. */
  async function opening(
    tx: Tx,
    edition: ProcedureEdition,
    { actor, content, given }: Pick<OpenCase, 'actor' | 'content' | 'given'>,
    { caseId, entryId, entry }: { caseId: string; entryId: string | null; entry: EntryFacts | undefined },
  ): Promise<Verdict<{ draft: CaseState; events: readonly CaseEvent[] }>> {
    const act = openingActOf(edition.procedure)
    const named = organisationsIn(act, content)
    const parties = await partiesFor(tx, edition, actor, entry, { given, named })
    if (!parties.ok) return parties
    const now = clock.now()
    const draft = unopened(headerFor(edition, caseId, entryId, parties.value, now))
    const situation: Situation = { edition, state: draft, actor, now, calendar }
    const nameable = await nameableIn(tx, act, content, entry)
    const events = decideAct(situation, { act: act.key, content, version: 0 }, nameable)
    return events.ok ? granted({ draft, events: events.value }) : events
  }

  async function openIn(tx: Tx, request: OpenCase): Promise<Verdict<CaseState>> {
    await readCalendar?.(tx)
    const procedure = procedureOf(rulebook, request.procedure)
    if (procedure === undefined) return refused(procedureUnknown(request.procedure))
    const found = await entryOf(tx, procedure, request.entryId)
    if (!found.ok) return found
    const edition = editionOf(rulebook, procedure, await localTargets?.(procedure.key, tx))
    const opened = await opening(tx, edition, request, { caseId: newId(), ...found.value })
    if (!opened.ok) return opened
    return granted((await recordOpened(tx, edition, [opened.value], request.quiet))[0]!)
  }

  async function openAll({ tx, on, ...request }: OpenCases): Promise<Verdict<readonly CaseState[]>> {
    await readCalendar?.(tx)
    const procedure = procedureOf(rulebook, request.procedure)
    if (procedure === undefined) return refused(procedureUnknown(request.procedure))
    const edition = editionOf(rulebook, procedure, await localTargets?.(procedure.key, tx))
    const opened: { draft: CaseState; events: readonly CaseEvent[] }[] = []
    for (const each of on) {
      const verdict = await opening(tx, edition, request, each)
      if (!verdict.ok) return verdict
      opened.push(verdict.value)
    }
    return granted(opened.length === 0 ? [] : await recordOpened(tx, edition, opened, request.quiet))
  }

  async function actIn(tx: Tx, request: ActOnCase): Promise<Verdict<CaseState>> {
    await readCalendar?.(tx)
    const found = await readCase(tx, request.caseId, store.lockHeader)
    if (found === undefined || rolesOf(found.state.parties, request.actor).length === 0)
      return refused(caseUnknown())
    const { edition, state } = found
    const situation: Situation = { edition, state, actor: request.actor, now: clock.now(), calendar }
    // An entry that is gone has no fields left to name; every other act goes on, so that the case can be ended.
    const entry = state.entryId === null ? undefined : await entryFacts(state.entryId, tx)
    const act = edition.procedure.acts.find(({ key }) => key === request.act)
    const events = decideAct(situation, request, await nameableIn(tx, act, request.content, entry))
    return events.ok ? granted(await record(tx, edition, state, events.value)) : events
  }

  async function readCase(tx: Tx, caseId: string, read: typeof store.lockHeader) {
    const header = isId(caseId) ? await read(tx, caseId) : undefined
    if (header === undefined) return undefined
    const edition = await editionFor(tx, header)
    return { edition, state: foldCase(edition.procedure, header, await store.readEvents(tx, caseId)) }
  }

  /** Does the work for every case of the pages, each in its own transaction; gives how many it changed. */
  async function eachCase(
    next: (afterId?: string) => Promise<readonly string[]>,
    work: (tx: Tx, caseId: string) => Promise<boolean>,
  ): Promise<number> {
    let changed = 0
    const failures: unknown[] = []
    for (let ids = await next(); ids.length > 0; ids = await next(ids.at(-1)))
      for (const caseId of ids)
        try {
          if (await database.inTransaction((tx) => work(tx, caseId))) changed += 1
        } catch (error) {
          // One damaged case must not keep all others from what is done for them.
          failures.push(error)
        }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} case(s) could not be brought up`)
    return changed
  }

  /** Adds the clocks' own events to every case that the search finds. */
  const addClockEvents = (
    search: store.ClockSearch,
    eventsOf: (state: CaseState, procedure: Procedure) => readonly CaseEvent[],
  ): Promise<number> =>
    eachCase(
      (afterId) => store.casesWithClocks(database.db, search, afterId, largestPage),
      async (tx, caseId) => {
        const found = await readCase(tx, caseId, store.lockHeader)
        const events = found === undefined ? [] : eventsOf(found.state, found.edition.procedure)
        if (found !== undefined && events.length > 0) await record(tx, found.edition, found.state, events)
        return events.length > 0
      },
    )

  return {
    open: (request) => within(request.tx, (tx) => openIn(tx, request)),

    openAll,

    act: (request) => within(request.tx, (tx) => actIn(tx, request)),

    answered: (procedures) => store.answeredCases(database.db, procedures),

    refusedTo: async (organisationId, entryIds) =>
      new Set(
        entryIds.length === 0
          ? []
          : await store.entriesRefusedTo(database.db, partyKey({ organisationId, userId: null })!, entryIds),
      ),

    get: (caseId, viewer, tx) =>
      within(tx, async (tx) => {
        const found = await readCase(tx, caseId, store.findHeader)
        if (found === undefined) return undefined
        const { edition, state } = found
        const { procedure } = edition
        if (viewer === null) return { state, procedure, allowed: [], roles: [] }
        const roles = rolesOf(state.parties, viewer)
        if (roles.length === 0) return undefined
        const allowed = allowedActs({ edition, state, actor: viewer, now: clock.now(), calendar })
        return { state, procedure, allowed, roles }
      }),

    async list({ tx: given, actor, cursor, limit = usualPage, organisationIds, ...filter }) {
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      if (cursor !== undefined && after === undefined) return refused(cursorUnknown())
      const size = Math.max(1, Math.min(limit, largestPage))
      return within(given, async (tx) => {
        const party = partyKey(partyOf(actor))!
        const parties = organisationIds?.map((organisationId) => partyKey({ organisationId, userId: null })!)
        const rows = await store.listCases(tx, { ...filter, party, parties, after, limit: size })
        const shown = rows.slice(0, size)
        const cases: CaseSummary[] = []
        for (const row of shown) cases.push(summaryOf(row, await editionFor(tx, row)))
        const last = shown.at(-1)
        const nextCursor =
          rows.length > size && last !== undefined
            ? encodeCursor({ id: last.id, dueAt: last.due?.dueAt ?? null })
            : null
        return granted({ cases, nextCursor })
      })
    },

    preview: ({ procedure: key, entryId, opener, at = clock.now() }) =>
      database.inTransaction(async (tx) => {
        await readCalendar?.(tx)
        const procedure = procedureOf(rulebook, key)
        if (procedure === undefined) return refused(procedureUnknown(key))
        const found = await entryOf(tx, procedure, entryId)
        if (!found.ok) return found
        const edition = editionOf(rulebook, procedure, await localTargets?.(procedure.key, tx))
        const parties = await partiesFor(tx, edition, opener, found.value.entry)
        const header = headerFor(edition, newId(), found.value.entryId, parties.ok ? parties.value : {}, at)
        return granted(previewOf({ edition, rulebook, calendar, at, opener, parties, header }))
      }),

    async replaceOrganisation({ tx, fromId, toId }) {
      let replaced = 0
      for (const caseId of await store.openCasesOf(tx, `o:${fromId}`)) {
        const found = await readCase(tx, caseId, store.lockHeader)
        if (found === undefined) continue
        const events = partySucceeded(found.state, clock.now(), fromId, toId)
        if (events.length === 0) continue
        await record(tx, found.edition, found.state, events)
        replaced += 1
      }
      return replaced
    },

    async replaceProvider({ tx, entryId, organisationId }) {
      for (const caseId of await store.openCasesOn(tx, entryId)) {
        const found = await readCase(tx, caseId, store.lockHeader)
        if (found === undefined) continue
        const { edition, state } = found
        const events = providerReplaced(edition.procedure, state, clock.now(), organisationId)
        if (events.length > 0) await record(tx, edition, state, events)
      }
    },

    count: (scope) => countFigures(database.db, scope),
    countBases: (scope) => countBases(database.db, scope),
    async countOlder() {
      const next = (afterId?: string) => uncounted(database.db, afterId, largestPage)
      return eachCase(next, async (tx, caseId) => {
        const found = await readCase(tx, caseId, store.lockHeader)
        if (found === undefined) return false
        await writeFigures(tx, [figured(found.edition.procedure, found.state)])
        return true
      })
    },

    markOverdue: (now) =>
      addClockEvents({ dueBefore: now }, (state, procedure) => overdueEvents(procedure, state, now)),

    recompute: (year) =>
      addClockEvents('running', (state) => recomputeEvents(state, clock.now(), calendar, year)),
  }
}

/** The organisations that the content of an act names, whether or not there are such. */
const organisationsIn = (act: Act, content: ActContent): string[] =>
  act.content.flatMap(({ key, kind }) => {
    const id = kind === 'organisation' ? content[key] : undefined
    return typeof id === 'string' ? [id] : []
  })

const headerFor = (
  edition: ProcedureEdition,
  id: string,
  entryId: string | null,
  parties: CaseParties,
  at: Date,
): CaseHeader => ({
  id,
  // Given out once nothing stands against the opening.
  number: '',
  procedure: edition.procedure.key,
  rulebookId: edition.rulebookId,
  rulebookVersion: edition.rulebookVersion,
  entryId,
  subject: null,
  parties,
  openedAt: instantOf(at),
})

/** What a matter is called: the words of its opening act, a choice in those of the rulebook. */
function subjectOf({ subject }: Procedure, events: readonly CaseEvent[], opening: Act): Text | null {
  if (subject === undefined) return null
  const value = events.at(-1)?.content[subject]
  const choices = opening.content.find(({ key }) => key === subject)?.choices
  const words = String(value)
  return choices?.find(({ key }) => key === value)?.term ?? { zh: words, en: words }
}

const summaryOf = (row: store.CaseRow, { procedure }: ProcedureEdition): CaseSummary => ({
  id: row.id,
  number: row.number,
  procedure: row.procedure,
  definition: procedure,
  entryId: row.entryId,
  subject: row.subject,
  state: row.state,
  stateTitle: stateOf(procedure, row.state)!.title,
  outcome: row.outcome,
  parties: row.parties,
  waitingOrganisationIds: row.waitingOrganisationIds,
  due: row.due && { ...row.due, kind: procedure.clocks.find(({ key }) => key === row.due!.clock)!.kind },
  overdue: row.overdue,
  openedAt: row.openedAt,
  updatedAt: row.updatedAt,
  version: row.version,
})
