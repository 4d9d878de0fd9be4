import type { Tx } from '../database/index.ts'
import type { Procedure } from '../rulebook/index.ts'
import * as lists from './case-lists.store.ts'
import type { CaseWriting } from './case-writing.ts'
import * as store from './cases.store.ts'
import type { CaseEvent, CaseState, Cases, CasesDeps } from './cases.types.ts'
import { overdueEvents, partySucceeded, providerReplaced, recomputeEvents } from './decide.ts'
import { uncounted, writeFigures } from './figures.store.ts'

type Upkeep = Pick<
  Cases,
  'replaceOrganisation' | 'replaceProvider' | 'countOlder' | 'markOverdue' | 'recompute'
>

/** Cases that are gone through at a time. */
const largestPage = 200

/** What happens to cases by itself: dates pass, years are announced, bodies are succeeded, figures are added. */
export function createCaseUpkeep(
  { database, calendar, clock }: Pick<CasesDeps, 'database' | 'calendar' | 'clock'>,
  { readCase, record, figured }: CaseWriting,
): Upkeep {
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
    search: lists.ClockSearch,
    eventsOf: (state: CaseState, procedure: Procedure) => readonly CaseEvent[],
  ): Promise<number> =>
    eachCase(
      (afterId) => lists.casesWithClocks(database.db, search, afterId, largestPage),
      async (tx, caseId) => {
        const found = await readCase(tx, caseId, store.lockHeader)
        const events = found === undefined ? [] : eventsOf(found.state, found.edition.procedure)
        if (found !== undefined && events.length > 0) await record(tx, found.edition, found.state, events)
        return events.length > 0
      },
    )

  return {
    async replaceOrganisation({ tx, fromId, toId }) {
      let replaced = 0
      for (const caseId of await lists.openCasesOf(tx, `o:${fromId}`)) {
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
      for (const caseId of await lists.openCasesOn(tx, entryId)) {
        const found = await readCase(tx, caseId, store.lockHeader)
        if (found === undefined) continue
        const { edition, state } = found
        const events = providerReplaced(edition.procedure, state, clock.now(), organisationId)
        if (events.length > 0) await record(tx, edition, state, events)
      }
    },
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
