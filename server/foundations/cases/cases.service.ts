import { granted, refused, type Verdict } from '@tiaoli/kernel/decisions'
import type { Tx } from '../database/index.ts'
import { allowedActs } from './allowed.ts'
import * as lists from './case-lists.store.ts'
import { createCaseOpening } from './case-opening.ts'
import { createCaseUpkeep } from './case-upkeep.ts'
import { createCaseWriting } from './case-writing.ts'
import * as store from './cases.store.ts'
import type { ActOnCase, CaseState, CaseSummary, Cases, CasesDeps } from './cases.types.ts'
import type { Situation } from './conditions.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { decideAct } from './decide.ts'
import type { ProcedureEdition } from './edition.ts'
import { countBases, countFigures } from './figures.store.ts'
import { partyKey, partyOf, rolesOf } from './parties.ts'
import { stateOf } from './procedure.ts'
import { caseUnknown, cursorUnknown } from './refusals.ts'

const largestPage = 200
const usualPage = 50

/** The door to formal procedures: reads, lets pure functions decide, writes, and tells the rooms, in one transaction. */
export function createCases(deps: CasesDeps): Cases {
  const { database, calendar, readCalendar, clock, entryFacts } = deps
  const writing = createCaseWriting(deps)
  const { editionFor, readCase, record } = writing
  const { openIn, openAll, preview, nameableIn } = createCaseOpening(deps, writing)

  const within = <T>(tx: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> =>
    tx === undefined ? database.inTransaction(work) : work(tx)

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

  return {
    open: (request) => within(request.tx, (tx) => openIn(tx, request)),

    openAll,

    act: (request) => within(request.tx, (tx) => actIn(tx, request)),

    answered: (procedures) => lists.answeredCases(database.db, procedures),

    refusedTo: async (organisationId, entryIds) =>
      new Set(
        entryIds.length === 0
          ? []
          : await lists.entriesRefusedTo(database.db, partyKey({ organisationId, userId: null })!, entryIds),
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
        const rows = await lists.listCases(tx, { ...filter, party, parties, after, limit: size })
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

    preview,

    count: (scope) => countFigures(database.db, scope),
    countBases: (scope) => countBases(database.db, scope),

    ...createCaseUpkeep(deps, writing),
  }
}

const summaryOf = (row: lists.CaseRow, { procedure }: ProcedureEdition): CaseSummary => ({
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
