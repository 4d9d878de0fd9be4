import type { Procedure } from '../rulebook/index.ts'
import type { ActContent, CaseEvent, CaseState, ClockChange, ClockState } from './cases.types.ts'
import { dueAtOf } from './clocks.ts'

/** What is fixed when a case is opened. */
export type CaseHeader = Pick<
  CaseState,
  | 'id'
  | 'number'
  | 'procedure'
  | 'rulebookId'
  | 'rulebookVersion'
  | 'entryId'
  | 'subject'
  | 'parties'
  | 'openedAt'
>

/** A case before its first event: in no state, at version 0. */
export const unopened = (header: CaseHeader): CaseState => ({
  ...header,
  state: '',
  outcome: null,
  flags: {},
  clocks: [],
  opening: {},
  version: 0,
  events: [],
})

/** The state of a case is what its events say, in their order, under the procedure with which it began. */
export const foldCase = (
  procedure: Procedure,
  header: CaseHeader,
  events: readonly CaseEvent[],
): CaseState => ({
  ...events.reduce((state, event) => stateAfter(procedure, state, event), unopened(header)),
  events,
})

/** A case after one more event. */
export const applyEvent = (procedure: Procedure, state: CaseState, event: CaseEvent): CaseState => ({
  ...stateAfter(procedure, state, event),
  events: [...state.events, event],
})

/**
 * Everything that follows from the event but the history itself, which grows elsewhere: copied for each event of a
 * long one it would cost more than all the rest.
 * @throws Error where an event is missing: a history with a gap is damaged and must not be acted on.
 */
function stateAfter(procedure: Procedure, state: CaseState, event: CaseEvent): CaseState {
  if (event.sequence !== state.version + 1)
    throw new Error(`case ${state.id}: event ${event.sequence} follows event ${state.version}`)
  return {
    ...state,
    state: event.to,
    outcome: procedure.states.find(({ key }) => key === event.to)?.outcome ?? null,
    flags: { ...state.flags, ...event.flags },
    parties: event.parties === undefined ? state.parties : { ...state.parties, ...event.parties },
    clocks: event.clocks.reduce(
      (clocks, change) => applyClock(procedure, clocks, change, event.at),
      state.clocks,
    ),
    opening: state.version === 0 ? event.content : state.opening,
    version: event.sequence,
  }
}

function applyClock(
  procedure: Procedure,
  clocks: readonly ClockState[],
  change: ClockChange,
  at: string,
): readonly ClockState[] {
  const before = clocks.find(({ clock }) => clock === change.clock)
  const after = clockAfter(procedure, before, change, at)
  return before === undefined ? [...clocks, after] : clocks.map((clock) => (clock === before ? after : clock))
}

function clockAfter(
  procedure: Procedure,
  before: ClockState | undefined,
  { change, ...dates }: ClockChange,
  at: string,
): ClockState {
  const rule = procedure.clocks.find(({ key }) => key === dates.clock)
  if (rule === undefined) throw new Error(`procedure ${procedure.key} has no clock ${dates.clock}`)
  const started = change === 'started'
  const moved = ['extended', 'recomputed', 'paused', 'resumed'].includes(change)
  return {
    ...dates,
    dueAt: dueAtOf(dates.dueOn),
    kind: rule.kind,
    title: rule.title,
    article: rule.article,
    instrument: rule.instrument,
    owner: rule.owner,
    extended: change === 'extended' || (!started && (before?.extended ?? false)),
    running: change !== 'stopped',
    overdue: change === 'overdue' || (!started && !moved && (before?.overdue ?? false)),
    stoppedAt: change === 'stopped' ? at : null,
  }
}

/**
 * What the newest act settles: the content of the request, over it that of the act which the newest one takes up
 * (an agreement that is countersigned, terms that are agreed to), over it its own. A room that makes a grant reads
 * `fields`, `scenario` and `until` here: terms that were proposed and came to nothing do not count.
 */
export function termsOf(procedure: Procedure, state: CaseState): ActContent {
  const newest = state.events.at(-1)
  const takesUp = procedure.acts.find(({ key }) => key === newest?.act)?.takesUp
  const takenUp = state.events.findLast((event) => event.act === takesUp)
  return { ...state.opening, ...takenUp?.content, ...newest?.content }
}
