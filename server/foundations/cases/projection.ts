import type { Instant } from '@tiaoli/kernel/instants'
import type { Procedure } from '../rulebook/index.ts'
import type { CaseState } from './cases.types.ts'
import { partyKey } from './parties.ts'

/** How one party stands to a case, for its lists. */
export type PartyStanding = {
  readonly party: string
  readonly opened: boolean
  readonly waits: boolean
  /** The nearest due date among the running clocks that the party owns. */
  readonly dueAt: Instant | null
}

/** What lists and jobs need to know of a case without reading its history. */
export type Projection = {
  readonly waitingOrganisationIds: readonly string[]
  readonly dueAt: Instant | null
  readonly overdue: boolean
  readonly standings: readonly PartyStanding[]
}

export function projectionOf(procedure: Procedure, state: CaseState): Projection {
  const waitsFor = procedure.states.find(({ key }) => key === state.state)?.waitsFor ?? []
  const running = state.clocks.filter((clock) => clock.running)
  return {
    waitingOrganisationIds: distinct(waitsFor.flatMap((role) => state.parties[role]?.organisationId ?? [])),
    dueAt: earliest(running.map((clock) => clock.dueAt)),
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
    dueAt: earliest(
      state.clocks.filter((clock) => clock.running && roles.includes(clock.owner)).map(({ dueAt }) => dueAt),
    ),
  }))
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)]

const earliest = (moments: readonly (Instant | null)[]): Instant | null =>
  moments.filter((moment) => moment !== null).sort()[0] ?? null
