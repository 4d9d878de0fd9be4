import { randomBytes } from 'node:crypto'
import type { AdjustableClock } from '@tiaoli/kernel/instants'
import { officialCalendar } from '../foundations/rulebook/index.ts'
import type { House } from '../house.ts'
import { type DemoAccount, registerMembers } from './accounts.ts'
import { cataloguing } from './cataloguing.ts'
import { cityNamed } from './city.ts'
import { collecting } from './collecting.ts'
import { committing } from './committing.ts'
import { compiling } from './compiling.ts'
import { keepingDuties } from './duties.ts'
import { loading } from './loading.ts'
import { openingUp } from './opening-up.ts'
import { foundOrganisations } from './organisations.ts'
import { markingOverdue, requesting } from './requesting.ts'
import type { Scene } from './scene.ts'
import { tending } from './tending.ts'
import { pastOf, relive } from './timeline.ts'

export type { DemoAccount } from './accounts.ts'

/** True where nobody has been registered yet. */
export async function isEmpty(house: House): Promise<boolean> {
  return house.identity.organisations().length === 0
}

/**
 * Fills an empty installation with a plainly synthetic city, which has lived by its rulebook for some months: the
 * clock is set back and everything goes through the doors that people use. Throws where somebody is registered.
 */
export async function fillDemoCity(
  house: House,
  options: { readonly clock: AdjustableClock; readonly password: string | undefined },
): Promise<{ accounts: readonly DemoAccount[]; password: string }> {
  if (!(await isEmpty(house))) throw new Error('the demo city is founded in an empty installation only')
  const { identity, rulebook } = house
  const password = options.password ?? randomBytes(9).toString('base64url')
  const now = options.clock.now()
  const past = pastOf(now, officialCalendar())
  const city = cityNamed(rulebook.city)
  await foundOrganisations(identity, rulebook, city)
  const { members, accounts } = await registerMembers(identity, rulebook, password)
  const scene: Scene = { house, city, members, past, entries: new Map() }
  await relive(options.clock, [
    ...cataloguing(scene),
    ...compiling(scene),
    ...loading(scene),
    ...tending(scene),
    ...requesting(scene),
    ...committing(scene),
    ...openingUp(scene),
    ...collecting(scene),
    ...keepingDuties(scene),
    ...markingOverdue(scene),
  ])
  // What happened long ago has been read; what has fallen due since has not.
  for (const { username } of accounts)
    await house.notices.markRead(members.named(username).user!.id, undefined)
  await house.cases.markOverdue(now)
  return { accounts, password }
}
