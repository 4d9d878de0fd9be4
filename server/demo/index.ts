import type { AdjustableClock } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { House } from '../compose.ts'

export type DemoAccount = { readonly username: string; readonly role: Text }

/** True where nobody has been registered yet. */
export async function isEmpty(house: House): Promise<boolean> {
  return house.identity.organisations().length === 0
}

/** Fills an empty installation with a plainly synthetic city. */
export async function fillDemoCity(
  _house: House,
  _options: { readonly clock: AdjustableClock; readonly password: string | undefined },
): Promise<{ accounts: readonly DemoAccount[]; password: string }> {
  throw new Error('in preparation')
}
