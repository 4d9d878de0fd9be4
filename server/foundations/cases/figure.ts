import { type CivilDate, civilDateOf } from '@tiaoli/kernel/instants'
import { countWorkingDays, type WorkingCalendar } from '@tiaoli/kernel/working-days'
import type { Procedure } from '../rulebook/index.ts'
import type { Basis, CaseEvent, CaseState } from './cases.types.ts'

/** What is counted of one case. Organisations only: a person is nobody's figure. */
export type CaseFigure = {
  readonly openedOn: CivilDate
  readonly applicantId: string | null
  readonly providerId: string | null
  readonly deciderId: string | null
  readonly answeredOn: CivilDate | null
  /** Working days from the day of opening, which is not counted, to the first yes or no. */
  readonly workingDays: number | null
  /** A statutory period that has a number was counted in the case. */
  readonly timed: boolean
  readonly lateOwners: readonly string[]
  /** Those of them whose statutory date is running over now. */
  readonly overdueOwners: readonly string[]
  /** A local target (非法定) was missed. */
  readonly missedLocal: boolean
  readonly basis: Partial<Basis> | null
}

/**
 * Lateness is read from the history, not from the clocks as they stand: a date that has passed stays passed when the
 * clock is stopped, paused or started anew. Only a date that was counted anew takes it back.
 */
export function figureOf(procedure: Procedure, state: CaseState, calendar: WorkingCalendar): CaseFigure {
  const openedOn = civilDateOf(new Date(state.openedAt))
  const answer = state.events.find((event) => isAnswer(procedure, event))
  const answeredOn = answer === undefined ? null : civilDateOf(new Date(answer.at))
  const passed = datesPassed(state.events)
  // What passes after the answer, such as the time to sign, makes the answer itself no later.
  const passedUnanswered = datesPassed(state.events.slice(0, answer?.sequence))
  const kindOf = (clock: string) => procedure.clocks.find(({ key }) => key === clock)?.kind
  const ownersOf = (clocks: readonly string[]) => [
    ...new Set(
      state.clocks
        .filter(({ clock, kind }) => kind === 'statutory' && clocks.includes(clock))
        .flatMap(({ owner }) => ownerOf(procedure, state, owner) ?? []),
    ),
  ]
  const party = (role: string | undefined) =>
    (role === undefined ? undefined : state.parties[role]?.organisationId) ?? null
  return {
    openedOn,
    applicantId: party(roleFrom(procedure, 'opener')),
    providerId: party(roleFrom(procedure, 'provider')),
    deciderId: party(procedure.decider),
    answeredOn,
    workingDays: answeredOn === null ? null : countWorkingDays(calendar, openedOn, answeredOn),
    timed: state.clocks.some(({ kind, workingDays }) => kind === 'statutory' && workingDays !== null),
    lateOwners: ownersOf(passedUnanswered),
    overdueOwners: ownersOf(
      state.clocks.filter(({ running, overdue }) => running && overdue).map(({ clock }) => clock),
    ),
    missedLocal: passed.some((clock) => kindOf(clock) === 'local'),
    basis: basisOf(procedure, state),
  }
}

/**
 * Whether the event answers whoever asked: a yes or a no that ends the case, or an act by which the body that decides
 * has met its statutory period though the case goes on, such as consent to an agreement that awaits its signatures, or
 * a no that can be negotiated. To take a request in only begins the next period.
 */
export function isAnswer(
  { states, acts, clocks, decider }: Procedure,
  { act: key, to }: Pick<CaseEvent, 'act' | 'to'>,
): boolean {
  const outcome = states.find((state) => state.key === to)?.outcome
  if (outcome !== undefined) return outcome === 'granted' || outcome === 'refused'
  const act = acts.find((each) => each.key === key)
  const ofDecider = (kept: readonly string[] | undefined) =>
    clocks.some((clock) => clock.kind === 'statutory' && clock.owner === decider && kept?.includes(clock.key))
  if (act === undefined || !act.by.includes(decider)) return false
  return ofDecider(act.stops) && !ofDecider(act.starts)
}

const roleFrom = ({ roles }: Procedure, from: 'opener' | 'provider'): string | undefined =>
  Object.entries(roles).find(([, binding]) => binding.from === from)?.[0]

/** Whoever asks is late for nobody: a period of the applicant's own is not one in which an answer is owed. */
const ownerOf = (procedure: Procedure, { parties }: CaseState, role: string): string | undefined =>
  procedure.roles[role]?.from === 'opener' ? undefined : (parties[role]?.organisationId ?? undefined)

/** Clocks whose date has passed unmet at some time. */
function datesPassed(events: CaseState['events']): readonly string[] {
  const passed = new Set<string>()
  for (const { clock, change } of events.flatMap(({ clocks }) => clocks))
    if (change === 'overdue') passed.add(clock)
    else if (change === 'recomputed') passed.delete(clock)
  return [...passed]
}

/** What the newest refusal cites; null where there is none, or where it cites nothing. */
function basisOf(procedure: Procedure, { events }: CaseState): Partial<Basis> | null {
  const refusal = events.findLast(
    ({ to }) => procedure.states.find(({ key }) => key === to)?.outcome === 'refused',
  )
  const field = procedure.acts
    .find(({ key }) => key === refusal?.act)
    ?.content.find(({ kind }) => kind === 'basis')
  return ((field && refusal?.content[field.key]) as Partial<Basis> | undefined) ?? null
}
