import { granted, refused, type Verdict } from '@tiaoli/kernel/decisions'
import type { Procedure, RoleBinding } from '../rulebook/index.ts'
import type { Actor, CaseParties, EntryFacts } from './cases.types.ts'
import { openerNotEntitled, roleHeldBySeveral, roleVacant } from './refusals.ts'

type Party = CaseParties[string]

/** An organisation is represented by any of its officers, a person by nobody else. */
export const represents = (actor: Actor, party: Party | undefined): boolean =>
  party !== undefined &&
  (party.organisationId === null
    ? party.userId !== null && actor.organisationId === null && actor.userId === party.userId
    : actor.organisationId === party.organisationId)

/** The roles of the procedure in which the actor takes part in the case. */
export const rolesOf = (parties: CaseParties, actor: Actor): readonly string[] =>
  Object.keys(parties).filter((role) => represents(actor, parties[role]))

export const partyOf = (actor: Actor): Party => ({
  organisationId: actor.organisationId,
  userId: actor.organisationId === null ? actor.userId : null,
})

/** One word for a party, to look for it in tables: `o:…` an organisation, `u:…` a person; undefined for nobody. */
export const partyKey = (party: Party): string | undefined => {
  if (party.organisationId !== null) return `o:${party.organisationId}`
  return party.userId === null ? undefined : `u:${party.userId}`
}

/** Ids of the organisations that hold a role of the rulebook. */
export type RoleHolders = ReadonlyMap<string, readonly string[]>

/** The roles of the rulebook whose holders have to be known to fill the procedure's roles. */
export const rolesAskedFor = (procedure: Procedure): readonly string[] => [
  ...new Set(
    Object.values(procedure.roles).flatMap((binding) => {
      if (binding.from === 'role') return [binding.role]
      return binding.from === 'opener' ? (binding.holding?.roles ?? []) : []
    }),
  ),
]

/** Fills every role of the procedure for a case that `opener` opens, on the entry where it is about one. */
export function fillRoles(
  procedure: Procedure,
  opener: Actor,
  entry: EntryFacts | undefined,
  holders: RoleHolders,
  given: CaseParties = {},
): Verdict<CaseParties> {
  const parties: Record<string, Party> = {}
  for (const [role, binding] of Object.entries(procedure.roles)) {
    const filled = fillRole(binding, opener, entry, holders, given[role])
    if (!filled.ok) return filled
    parties[role] = filled.value
  }
  return granted(parties)
}

function fillRole(
  binding: RoleBinding,
  opener: Actor,
  entry: EntryFacts | undefined,
  holders: RoleHolders,
  given: Party | undefined,
): Verdict<Party> {
  switch (binding.from) {
    case 'opener':
      return binding.holding !== undefined && !holdsOne(binding.holding.roles, opener, holders)
        ? refused(openerNotEntitled(binding.holding))
        : granted(partyOf(opener))
    case 'provider':
      return granted({ organisationId: entry?.providerId ?? null, userId: null })
    case 'named':
      return granted({ organisationId: null, userId: null })
    case 'given':
      return granted(given ?? { organisationId: null, userId: null })
    case 'role': {
      const [holder, ...others] = holders.get(binding.role) ?? []
      if (holder === undefined) return refused(roleVacant(binding))
      return others.length > 0
        ? refused(roleHeldBySeveral(binding))
        : granted({ organisationId: holder, userId: null })
    }
  }
}

const holdsOne = (roles: readonly string[], actor: Actor, holders: RoleHolders): boolean =>
  actor.organisationId !== null &&
  roles.some((role) => holders.get(role)?.includes(actor.organisationId!) ?? false)
