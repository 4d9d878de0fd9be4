import type { Instant } from '@tiaoli/kernel/instants'
import type { Procedure } from '../rulebook/index.ts'
import type { CaseState, ClockState } from './cases.types.ts'
import { partyKey } from './parties.ts'

/** How one party stands to a case, for its lists. */
export type PartyStanding = {
  readonly party: string
  readonly opened: boolean
  readonly waits: boolean
  /** The first to end among the running clocks that the party owns. */
  readonly due: Due | null
}

export type Due = { readonly clock: string; readonly dueAt: Instant }

/** What lists and jobs need to know of a case without reading its history. */
export type Projection = {
  readonly waitingOrganisationIds: readonly string[]
  readonly due: Due | null
  readonly overdue: boolean
  readonly standings: readonly PartyStanding[]
}

export function projectionOf(procedure: Procedure, state: CaseState): Projection {
  const waitsFor = procedure.states.find(({ key }) => key === state.state)?.waitsFor ?? []
  const running = state.clocks.filter((clock) => clock.running)
  return {
    waitingOrganisationIds: distinct(waitsFor.flatMap((role) => state.parties[role]?.organisationId ?? [])),
    due: firstDue(running),
    overdue: running.some((clock) => clock.overdue),
    standings: standingsOf(procedure, state, waitsFor),
  }
}

function standingsOf(
  procedure: Procedure,
  state: CaseState,
  waitsFor: readonly string[],
): readonly PartyStanding[] {
  const rolesByParty = new Map<string, string[]>()
  for (const [role, party] of Object.entries(state.parties)) {
    const key = partyKey(party)
    if (key !== undefined) rolesByParty.set(key, [...(rolesByParty.get(key) ?? []), role])
  }
  const openingRole = state.events[0]?.role
  return [...rolesByParty].map(([party, roles]) => ({
    party,
    opened: roles.some((role) => role === openingRole || procedure.roles[role]?.from === 'opener'),
    waits: roles.some((role) => waitsFor.includes(role)),
    due: firstDue(state.clocks.filter((clock) => clock.running && roles.includes(clock.owner))),
  }))
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)]

const firstDue = (clocks: readonly ClockState[]): Due | null =>
  clocks
    .flatMap(({ clock, dueAt }) => (dueAt === null ? [] : [{ clock, dueAt }]))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0] ?? null
