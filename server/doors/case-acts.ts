import { type Actor, type Cases, roleNotEntitled } from '../foundations/cases/index.ts'
import {
  actorIn,
  actorOf,
  type Casework,
  caseProblem,
  requirePowerForAct,
  requireSeen,
} from '../foundations/casework/index.ts'
import type { Identity, Session } from '../foundations/identity/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import type { ActOnOne } from '../rooms/desk/index.ts'
import type { ProceduresAtTheDoor } from './procedures-at-the-door.ts'

/** Does an act of a case for its caller, alone or as one of several: the one way from outside into the engine. */
export function createCaseActs(deps: {
  readonly procedures: () => Pick<ProceduresAtTheDoor, 'actDoor'>
  readonly cases: () => Cases
  readonly casework: () => Casework
  readonly identity: Identity
}): ActOnCaseAtTheDoor {
  /** Who only watches over a case is told whose act it is; to everybody else the case does not exist. */
  async function refusedToWatch(
    session: Session,
    actor: Actor,
    caseId: string,
    key: string,
  ): Promise<Problem> {
    const { state, procedure } = await requireSeen(
      { cases: deps.cases(), identity: deps.identity },
      session,
      caseId,
    )
    const act = procedure.acts.find((each) => each.key === key)
    if (act === undefined) return new Problem('act-unknown')
    const refusal = roleNotEntitled(
      act,
      act.by.map((role) => procedure.roles[role]!),
    )
    await deps.casework().recordRefusal(actor, state, key, refusal)
    return caseProblem(refusal)
  }

  return async (session, { caseId, act: key, content, version, check }) => {
    const cases = deps.cases()
    const actor = actorOf(session)
    const view = await cases.get(caseId, actor)
    if (view === undefined) throw await refusedToWatch(session, actor, caseId, key)
    check?.(view)
    // Where a room checks more than the engine does, its own door does the act, whichever way it comes in.
    const throughRoom = deps.procedures().actDoor(view.procedure.key)
    if (throughRoom !== undefined) await throughRoom(session, view.state, { act: key, content, version })
    else {
      const act = view.procedure.acts.find((each) => each.key === key)
      if (act !== undefined) requirePowerForAct(session, view, act)
      const done = await cases.act({
        caseId,
        act: key,
        actor: actorIn(session, view, act),
        content,
        version: version ?? view.state.version,
      })
      if (!done.ok) {
        await deps.casework().recordRefusal(actor, view.state, key, done.refusal)
        throw caseProblem(done.refusal)
      }
    }
    return (await cases.get(caseId, actor)) ?? view
  }
}

export type ActOnCaseAtTheDoor = (
  session: Parameters<ActOnOne>[0],
  request: Omit<Parameters<ActOnOne>[1], 'version' | 'check'> & {
    readonly version?: number | undefined
    readonly check?: Parameters<ActOnOne>[1]['check']
  },
) => ReturnType<ActOnOne>
