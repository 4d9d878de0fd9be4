import { granted, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { instantOf } from '@tiaoli/kernel/instants'
import type { WorkingCalendar } from '@tiaoli/kernel/working-days'
import type { Act, Procedure } from '../rulebook/index.ts'
import type {
  ActContent,
  CaseEvent,
  CaseParties,
  CaseState,
  ClockChange,
  ClockState,
  Nameable,
} from './cases.types.ts'
import {
  extendClock,
  isNewlyOverdue,
  isPaused,
  markClockOverdue,
  pauseClock,
  recomputeClock,
  resumeClock,
  startClock,
  stopClock,
} from './clocks.ts'
import { conditionsOf, type Situation } from './conditions.ts'
import { checkContent } from './content.ts'
import { applyEvent } from './fold.ts'
import { actUnknown, caseChanged, contentFaulty } from './refusals.ts'

export type ActRequest = {
  readonly act: string
  readonly content: ActContent
  /** The version that the actor has seen; 0 for a case that is being opened. */
  readonly version: number
}

/**
 * Decides whether an act is lawful now, and what it does to the case: the events to add, in order, or the reason
 * why not. A date that passed before the act is marked first, so that history never depends on when a job ran.
 */
export function decideAct(
  situation: Situation,
  request: ActRequest,
  nameable: Nameable,
): Verdict<readonly CaseEvent[]> {
  const { edition, now } = situation
  const act = edition.procedure.acts.find(({ key }) => key === request.act)
  if (act === undefined) return refused(actUnknown(request.act))
  if (request.version !== situation.state.version) return refused(caseChanged())

  const lapsed = overdueEvents(edition.procedure, situation.state, now)
  const state = lapsed.reduce(
    (before, event) => applyEvent(edition.procedure, before, event),
    situation.state,
  )
  const current: Situation = { ...situation, state }
  const { role, refusal, warnings } = conditionsOf(current, act)
  if (refusal !== undefined || role === undefined) return refused(refusal!)

  const { content, faults } = checkContent(act, request.content, nameable)
  if (faults.length > 0) return refused(contentFaulty(act, faults))
  return granted([
    ...lapsed,
    {
      sequence: state.version + 1,
      at: instantOf(now),
      act: act.key,
      actor: situation.actor,
      role,
      content,
      to: act.to ?? state.state,
      flags: act.sets ?? {},
      clocks: clockChanges(current, act),
      warnings,
      ...partiesNamed(edition.procedure, act, content, nameable),
    },
  ])
}

/** The roles that are filled by what the act names. */
function partiesNamed(
  { roles }: Procedure,
  act: Act,
  content: ActContent,
  { providers }: Nameable,
): { readonly parties: CaseParties } | undefined {
  const named = Object.entries(roles).flatMap(([role, binding]) => {
    const field =
      binding.from === 'named' ? act.content.find(({ key }) => key === binding.content) : undefined
    const named = field === undefined ? undefined : content[field.key]
    if (typeof named !== 'string') return []
    const organisationId = field?.kind === 'entry' ? (providers.get(named) ?? null) : named
    return [[role, { organisationId, userId: null }] as const]
  })
  return named.length === 0 ? undefined : { parties: Object.fromEntries(named) }
}

/**
 * What follows from dates that have ended unmarked: one event for all that are merely late; then, one after the other,
 * the periods at whose end the case goes on by itself. None where there are none.
 */
export function overdueEvents(procedure: Procedure, state: CaseState, now: Date): readonly CaseEvent[] {
  const late = state.clocks.filter((clock) => isNewlyOverdue(clock, now))
  const lapseOf = ({ clock }: ClockState) => procedure.clocks.find(({ key }) => key === clock)?.lapses
  const merelyLate = late.filter((clock) => lapseOf(clock) === undefined)
  const lapsing = late
    .filter((clock) => lapseOf(clock) !== undefined)
    .sort((a, b) => (a.dueAt! < b.dueAt! ? -1 : 1))[0]
  if (merelyLate.length === 0 && lapsing === undefined) return []
  const event =
    merelyLate.length > 0
      ? clockEvent(state, now, 'overdue', merelyLate.map(markClockOverdue))
      : lapseEvent(procedure, state, now, lapsing!, lapseOf(lapsing!)!.to)
  return [event, ...overdueEvents(procedure, applyEvent(procedure, state, event), now)]
}

function lapseEvent(
  procedure: Procedure,
  state: CaseState,
  now: Date,
  lapsing: ClockState,
  to: string,
): CaseEvent {
  const ends = procedure.states.some(({ key, outcome }) => key === to && outcome !== undefined)
  const stopped = state.clocks.filter((clock) => clock === lapsing || (ends && clock.running))
  return { ...clockEvent(state, now, 'lapsed', stopped.map(stopClock)), to }
}

/** One event for all provisional dates that a newly announced year moves or makes firm. */
export function recomputeEvents(
  state: CaseState,
  now: Date,
  calendar: WorkingCalendar,
  year: number,
): readonly CaseEvent[] {
  const moved = state.clocks.flatMap((clock) => recomputeClock(clock, calendar, year) ?? [])
  return moved.length === 0 ? [] : [clockEvent(state, now, 'recomputed', moved)]
}

/** The event by which another organisation takes the provider's part; none where it has it already. */
export function providerReplaced(
  { roles }: Procedure,
  state: CaseState,
  now: Date,
  organisationId: string,
): readonly CaseEvent[] {
  const parties = Object.fromEntries(
    Object.entries(roles).flatMap(([role, { from }]) =>
      from === 'provider' && state.parties[role]?.organisationId !== organisationId
        ? [[role, { organisationId, userId: null }]]
        : [],
    ),
  )
  const event = clockEvent(state, now, 'provider-replaced', [])
  return Object.keys(parties).length === 0 ? [] : [{ ...event, parties }]
}

/** Another body takes the place of one in every part that it has in the case. */
export function partySucceeded(
  state: CaseState,
  now: Date,
  fromId: string,
  toId: string,
): readonly CaseEvent[] {
  const parties = Object.fromEntries(
    Object.entries(state.parties).flatMap(([role, party]) =>
      party.organisationId === fromId ? [[role, { ...party, organisationId: toId }]] : [],
    ),
  )
  const event = clockEvent(state, now, 'party-succeeded', [])
  return Object.keys(parties).length === 0 ? [] : [{ ...event, parties }]
}

const clockEvent = (
  state: CaseState,
  now: Date,
  act: 'overdue' | 'lapsed' | 'recomputed' | 'provider-replaced' | 'party-succeeded',
  clocks: readonly ClockChange[],
): CaseEvent => ({
  sequence: state.version + 1,
  at: instantOf(now),
  act,
  actor: null,
  role: null,
  content: {},
  to: state.state,
  flags: {},
  clocks,
  warnings: [],
})

/** A case that has ended stops every clock; otherwise the act says which stop, start and are extended. */
function clockChanges({ edition, state, now, calendar }: Situation, act: Act): readonly ClockChange[] {
  const { procedure, inForceOn } = edition
  const ends = procedure.states.some(({ key, outcome }) => key === act.to && outcome !== undefined)
  const running = state.clocks.filter((clock) => clock.running)
  const stopped = running.filter(({ clock }) => ends || act.stops?.includes(clock))
  const extension = act.extends
  const extended = running.filter(({ clock }) => clock === extension?.clock)
  const going = running.filter((clock) => !stopped.includes(clock))
  const paused = going.filter((clock) => act.pauses?.includes(clock.clock) && !isPaused(clock))
  const resumed = going.filter((clock) => act.resumes?.includes(clock.clock) && isPaused(clock))
  const started = procedure.clocks.filter(({ key }) => act.starts?.includes(key))
  return [
    ...stopped.map(stopClock),
    ...paused.map((clock) => pauseClock(clock, now, calendar)),
    ...resumed.map((clock) => resumeClock(clock, now, calendar)),
    ...extended.map((clock) => extendClock(clock, extension!, calendar)),
    ...started.map((rule) => startClock(rule, now, calendar, inForceOn)),
  ]
}
