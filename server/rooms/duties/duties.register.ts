import { type CivilDate, type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Duty, type HeldDuty, isDuty, nothingFiled } from './duties.model.ts'
import { seesOthers, viewpointOf } from './duties.policy.ts'
import { ownersOf, standingOf } from './duties.rules.ts'
import * as store from './duties.store.ts'

export type DutyRegisterDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly identity: Identity
  readonly clock: Clock
}

/** The duties of the rulebook with whoever answers for them, as they stand today and as a caller may see them. */
export function createDutyRegister({ database, rulebook, identity, clock }: DutyRegisterDeps) {
  const { db } = database
  const duties = rulebook.obligations.filter(isDuty)
  const roleTerms = new Set(rulebook.roles.map(({ term }) => term.zh))
  const today = (): CivilDate => civilDateOf(clock.now())

  function requireDuty(id: string): Duty {
    const duty = duties.find((each) => each.id === id)
    if (duty === undefined) throw new Problem('not-found')
    return duty
  }

  /** Every duty with its owners, or one. */
  async function held(obligationId?: string, tx?: Tx): Promise<HeldDuty[]> {
    const at = tx ?? db
    const named = await store.namedOwners(at, obligationId)
    const targets = await store.targets(at, obligationId)
    const filed = await store.filed(at, obligationId)
    return duties
      .filter(({ id }) => obligationId === undefined || id === obligationId)
      .map((duty) => {
        const assigned = named.get(duty.id) ?? []
        const target = targets.get(duty.id)
        return {
          duty,
          target,
          owners: ownersOf(duty, assigned, identity.organisations(), roleTerms).map((organisation) => {
            const own = filed.get(`${duty.id} ${organisation.id}`) ?? nothingFiled
            return {
              organisation,
              assigned: assigned.length > 0,
              filed: own,
              ...standingOf(target, own, today()),
            }
          }),
        }
      })
  }

  /** The duty as the caller may see it: the authority sees every owner, everyone else their own organisation. */
  async function requireHeld(session: Session, obligationId: string): Promise<HeldDuty> {
    const found = (await held(requireDuty(obligationId).id))[0]!
    const seen = viewpointOf(session, found)
    if (seen === undefined) throw new Problem('not-found')
    return seen
  }

  return {
    today,
    held,
    requireHeld,

    /** What the caller sees of the register; `all` is the authority's. */
    async list(session: Session, box: 'mine' | 'all'): Promise<HeldDuty[]> {
      if (box === 'all' && !seesOthers(session)) throw new Problem('not-allowed')
      const own = session.user?.organisation?.id
      const every = await held()
      if (box === 'all') return every.flatMap((each) => viewpointOf(session, each) ?? [])
      return every.flatMap((each) => {
        const owners = each.owners.filter(({ organisation }) => organisation.id === own)
        return owners.length === 0 ? [] : [{ ...each, owners }]
      })
    },
  }
}
