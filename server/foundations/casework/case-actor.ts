import { text } from '@tiaoli/kernel/text'
import type { Actor, CaseView } from '../cases/index.ts'
import type { Power, Session, StandIn } from '../identity/index.ts'
import { Problem } from '../problems/index.ts'
import type { Act, RoleBinding } from '../rulebook/index.ts'

/** The signed-in user as an actor in cases. Throws `not-signed-in` for nobody. */
export function actorOf(session: Session): Actor {
  if (session.user === null) throw new Problem('not-signed-in')
  return {
    userId: session.user.id,
    organisationId: session.user.organisation?.id ?? null,
    name: session.user.name,
  }
}

/** Stands for a visitor who has not signed in, so that they too see what a request would meet. */
export const stranger: Actor = { userId: '', organisationId: null, name: '' }

/** Who plays an organisation's part where the rulebook does not say: who files, who compiles, who decides. */
const usualPowers: Record<RoleBinding['from'], Power> = {
  opener: 'requester',
  provider: 'steward',
  role: 'officer',
  named: 'steward',
  given: 'requester',
}

/** The powers one of which a member needs to act for an organisation in this part of a case. */
export const powersOf = (binding: RoleBinding): readonly Power[] =>
  [binding.power ?? usualPowers[binding.from]].flat()

const plays = (powers: readonly Power[], binding: RoleBinding): boolean =>
  powersOf(binding).some((power) => powers.includes(power))

const powerNames: Record<Power, string> = {
  steward: '数据管理员',
  requester: '用数申请人',
  officer: '承办人员',
  supervisor: '监督人员',
  admin: '系统管理员',
}

/** Members act within their powers; a person who acts for nobody but themself needs none. */
export function requirePower(session: Session, binding: RoleBinding): void {
  if (session.user === null || session.user.organisation === null) return
  if (plays(session.user.powers, binding)) return
  const powers = powersOf(binding)
  throw new Problem('not-allowed', {
    condition: text(
      `此项由本单位的${powers.map((power) => powerNames[power]).join('或者')}办理`,
      `In your organisation this is for members with the power "${powers.join('" or "')}"`,
    ),
    remedy: text(
      '请联系本单位管理员调整职责，或转请有此职责的同事办理。',
      'Ask a colleague who holds it, or have your powers changed.',
    ),
  })
}

/** By the caller's own powers, or by those of a colleague for whom they stand in. */
export const hasPowerFor = (session: Session, binding: RoleBinding): boolean =>
  session.user !== null &&
  (session.user.organisation === null ||
    plays(session.user.powers, binding) ||
    standInFor(session, binding) !== undefined)

const standInFor = ({ standsInFor = [] }: Session, binding: RoleBinding): StandIn | undefined =>
  standsInFor.find(({ powers }) => plays(powers, binding))

/** The colleague in whose place the caller would play one of these parts; none where they may play one themself. */
export function inPlaceOf(session: Session, bindings: readonly RoleBinding[]): StandIn | undefined {
  const own = session.user?.powers ?? []
  if (bindings.some((binding) => plays(own, binding))) return undefined
  return bindings.flatMap((binding) => standInFor(session, binding) ?? [])[0]
}

/** The caller as the one who does this act: for themself, or in the place of a colleague who is away. */
export function actorIn(session: Session, view: CaseView, act: Act | undefined): Actor {
  const actor = actorOf(session)
  const mine = (act?.by ?? []).filter((role) => view.roles.includes(role))
  const colleague = inPlaceOf(
    session,
    mine.map((role) => view.procedure.roles[role]!),
  )
  if (actor.organisationId === null || colleague === undefined) return actor
  return { ...actor, inPlaceOf: { userId: colleague.userId, name: colleague.name } }
}

/** False for members who play no part in any procedure: nothing waits for them, whatever waits for their organisation. */
export const takesPart = ({ user, standsInFor = [] }: Session): boolean =>
  user !== null &&
  (user.organisation === null ||
    Object.values(usualPowers).some((power) =>
      [user, ...standsInFor].some(({ powers }) => powers.includes(power)),
    ))

/** Throws where the caller has a role in the act but not the power to play it for the organisation. */
export function requirePowerForAct(session: Session, view: CaseView, act: Act): void {
  const mine = act.by.filter((role) => view.roles.includes(role)).map((role) => view.procedure.roles[role]!)
  if (mine.length > 0 && !mine.some((binding) => hasPowerFor(session, binding)))
    requirePower(session, mine[0]!)
}
