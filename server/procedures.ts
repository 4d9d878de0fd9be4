import type { ActHappened, CaseState } from './foundations/cases/index.ts'
import type { Session } from './foundations/identity/index.ts'
import type { Procedure, Rulebook } from './foundations/rulebook/index.ts'
import { type Catalogue, cataloguingProcedure, type Entry } from './rooms/catalogue/index.ts'
import type { Opening } from './rooms/opening/index.ts'
import type { Publication } from './rooms/publication/index.ts'
import type { Sharing } from './rooms/sharing/index.ts'
import { exceptionEffect, type Tasks } from './rooms/tasks/index.ts'

/** What one room does for formal procedures. A procedure that needs none of it is a pure case and needs no room. */
export type RoomService = {
  /** Effects of acts, of whatever procedure, that the room brings about. */
  readonly effects: readonly string[]
  /** Procedures of whose every act the room is told. */
  readonly follows?: readonly string[]
  /** Called once for an act, in its transaction: what it throws undoes the act. */
  readonly onAct: (happened: ActHappened) => Promise<void>
  /** Procedures whose cases the room opens itself: the general door leaves them alone. */
  readonly opens?: readonly string[]
  /** Does acts of the procedures that the room opens, with what it has to check beside the engine. */
  readonly act?: (session: Session, state: CaseState, request: ActRequest) => Promise<void>
  /** Throws where the room knows a reason against opening the procedure on the entry. */
  readonly beforeOpening?: (procedure: Procedure, entry: Entry) => void
}

export type ActRequest = {
  readonly act: string
  readonly content: Record<string, unknown>
  readonly version: number | undefined
}

/** Which room serves what: the one list to look at, and to add to. */
export const roomServices = ({
  catalogue,
  publication,
  sharing,
  opening,
  tasks,
}: Rooms): readonly RoomService[] => [
  // Before the catalogue: what may not be published is refused while the entry is as it was.
  { effects: ['publish'], follows: [cataloguingProcedure], onAct: publication.onAct },
  {
    effects: ['publish', 'unpublish'],
    follows: [cataloguingProcedure],
    onAct: catalogue.onAct,
    opens: [cataloguingProcedure],
    act: async (session, { entryId }, { act, content, version }) =>
      void (await catalogue.act(session, entryId!, act, content, version)),
  },
  { effects: ['set-sharing-type', 'fix-sharing-type', 'assign-provider'], onAct: catalogue.onDecision },
  { effects: ['assign-provider'], onAct: sharing.onProviderChanged },
  { effects: [], follows: sharing.requestedBy, onAct: sharing.onRequest },
  { effects: ['grant'], onAct: sharing.onAct, beforeOpening: sharing.requireRequestable },
  // After the grant: an agreement names the access that it gives.
  { effects: opening.effects, follows: opening.follows, onAct: opening.onAct, opens: opening.opens },
  // After the catalogue: what is published then has a task.
  { effects: [exceptionEffect], follows: [cataloguingProcedure], onAct: tasks.onAct },
]

type Rooms = {
  readonly catalogue: Catalogue
  readonly publication: Publication
  readonly sharing: Sharing
  readonly opening: Opening
  readonly tasks: Tasks
}

export type Procedures = ReturnType<typeof createProcedures>

/**
 * Joins the procedures of the rulebook to the rooms.
 * @throws Error that names every effect which no room brings about: such a procedure would promise what nobody does.
 */
export function createProcedures(rulebook: Rulebook, services: readonly RoomService[]) {
  const served = new Set(services.flatMap((service) => service.effects))
  const unserved = rulebook.procedures.flatMap(({ key, acts }) =>
    acts.flatMap((act) =>
      act.effect === undefined || served.has(act.effect) ? [] : [`${key}.${act.key}: ${act.effect}`],
    ),
  )
  if (unserved.length > 0)
    throw new Error(`${rulebook.id} names effects that no room brings about: ${unserved.join(', ')}`)

  const opener = (procedure: string) => services.find(({ opens }) => opens?.includes(procedure))

  return {
    async onAct(happened: ActHappened): Promise<void> {
      const { effect, procedure, state } = happened
      // A case keeps the edition under which it began, and that edition may name what this version no longer does.
      if (effect !== undefined && !served.has(effect))
        throw new Error(`case ${state.id}: no room brings about ${effect}`)
      for (const service of services)
        if (service.follows?.includes(procedure.key) || (effect && service.effects.includes(effect)))
          await service.onAct(happened)
    },
    /** True where anybody whom the procedure lets open it does so through the general door. */
    isOpenHere: (procedure: string): boolean => opener(procedure) === undefined,
    beforeOpening(procedure: Procedure, entry: Entry): void {
      for (const service of services) service.beforeOpening?.(procedure, entry)
    },
    /** The room's own door for acts of the procedure, where it has one. */
    actDoor: (procedure: string): RoomService['act'] => opener(procedure)?.act,
  }
}
