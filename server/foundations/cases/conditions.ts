import type { Refusal } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { WorkingCalendar } from '@tiaoli/kernel/working-days'
import type { Act } from '../rulebook/index.ts'
import type { Actor, CaseState } from './cases.types.ts'
import { isPaused, isRunningAt } from './clocks.ts'
import type { ProcedureEdition } from './edition.ts'
import { represents } from './parties.ts'
import {
  alreadyDone,
  conditionUnmet,
  datePassed,
  notPausable,
  ownAct,
  ownCase,
  roleNotEntitled,
  stateNotFitting,
} from './refusals.ts'

/** Everything a decision may depend on beside what the actor writes. */
export type Situation = {
  readonly edition: ProcedureEdition
  readonly state: CaseState
  readonly actor: Actor
  readonly now: Date
  readonly calendar: WorkingCalendar
}

export type Conditions = {
  /** The role in which the actor would do it; undefined where they have none that may. */
  readonly role: string | undefined
  readonly refusal?: Refusal
  readonly warnings: readonly Text[]
}

/** Whether the act could be done now, whatever its content: role, state, order, conditions, dates, separation. */
export function conditionsOf(situation: Situation, act: Act): Conditions {
  const role = act.by.find((candidate) => represents(situation.actor, situation.state.parties[candidate]))
  if (role === undefined) {
    const { roles } = situation.edition.procedure
    return {
      role,
      refusal: roleNotEntitled(
        act,
        act.by.map((key) => roles[key]!),
      ),
      warnings: [],
    }
  }
  const separation = separationOf(situation, act, role)
  const refusal = refusalByCourse(situation, act) ?? separation.refusal
  return { role, refusal, warnings: [...separation.warnings, ...warningsByClock(situation, act)] }
}

/** What the course of the case so far says against the act. */
function refusalByCourse({ edition, state, now }: Situation, act: Act): Refusal | undefined {
  if (act.from.length === 0 ? state.version > 0 : !act.from.includes(state.state))
    return stateNotFitting(act, edition.procedure.states.find(({ key }) => key === state.state)!)
  if (act.once && state.events.some((event) => event.act === act.key)) return alreadyDone(act)
  const unmet = act.needs?.find(({ flag, is }) => (state.flags[flag] ?? false) !== is)
  if (unmet !== undefined) return conditionUnmet(unmet)
  const { before } = act
  if (before !== undefined && !isRunningAt(clockOf(state, before.clock), now)) return datePassed(before)
  const stands = act.pauses?.find((key) => {
    const clock = clockOf(state, key)
    return !isRunningAt(clock, now) || isPaused(clock)
  })
  if (stands !== undefined)
    return notPausable(act, edition.procedure.clocks.find(({ key }) => key === stands)!)
  return undefined
}

/**
 * Nobody acts on both sides. Between organisations this is absolute, except where the regulation gives the act to
 * one named body and that body is itself the other party: the law then knows nobody else who could act, so another
 * officer of it does, and the history says so.
 */
function separationOf(
  { edition, state, actor }: Situation,
  act: Act,
  role: string,
): { readonly refusal?: Refusal; readonly warnings: readonly Text[] } {
  const own = (act.apartFrom ?? []).filter((party) => represents(actor, state.parties[party]))
  if (own.length === 0) return { warnings: [] }
  const { roles } = edition.procedure
  if (roles[role]!.from !== 'role') return { refusal: ownCase(roles[own[0]!]!), warnings: [] }
  const actedFor = own.find((party) =>
    state.events.some(
      (event) => event.role === party && event.actor !== null && isSamePerson(event.actor, actor),
    ),
  )
  return actedFor === undefined
    ? { warnings: [sameBody(act)] }
    : { refusal: ownAct(roles[actedFor]!), warnings: [] }
}

/** Whoever stands in for a colleague is both: neither could do alone what the other has done for the other side. */
const isSamePerson = (one: Actor, other: Actor): boolean => {
  const persons = ({ userId, inPlaceOf }: Actor) => [userId, ...(inPlaceOf ? [inPlaceOf.userId] : [])]
  return persons(one).some((id) => persons(other).includes(id))
}

const sameBody = (act: Act): Text =>
  text(
    `“${act.title.zh}”的办理单位同时是本办件的当事方，由另一名经办人办理并留痕`,
    `the body that does “${act.title.en}” is itself a party to this case; another officer acts, on record`,
  )

const warningsByClock = ({ state, now }: Situation, act: Act): readonly Text[] =>
  (act.warns ?? [])
    .filter(({ whileRunning }) => isRunningAt(clockOf(state, whileRunning), now))
    .map(({ warning }) => warning)

const clockOf = (state: CaseState, key: string) => state.clocks.find(({ clock }) => clock === key)
