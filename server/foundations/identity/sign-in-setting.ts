import type { Database } from '../database/index.ts'
import type { AccountEvents, Origin } from './account-events.ts'
import type { Power, User } from './identity.model.ts'
import { readSetting, writeSetting } from './second-factor.store.ts'

/** What another node set holds on this one within this time. */
const knownForMs = 1000

export type SignInSetting = ReturnType<typeof createSignInSetting>

/** What the installation asks of sign-in beyond a password. */
export function createSignInSetting({ database, events }: { database: Database; events: AccountEvents }) {
  let known: { readonly powers: readonly Power[]; readonly readAt: number } | undefined

  return {
    /** Powers whose holders need a second factor. Asked anew once a second. */
    async secondFactorFor(): Promise<readonly Power[]> {
      if (known !== undefined && Date.now() - known.readAt < knownForMs) return known.powers
      const readAt = Date.now()
      known = { powers: (await readSetting(database.db)) as Power[], readAt }
      return known.powers
    },

    async set(powers: readonly Power[], by: User, origin: Origin): Promise<void> {
      await database.inTransaction(async (tx) => {
        const before = await readSetting(tx)
        await writeSetting(tx, powers)
        const details = { setting: 'second-factor-for', before, after: [...powers] }
        await events.write(tx, { kind: 'setting', userId: null, by: by.id, origin, details })
      })
      known = undefined
    },
  }
}
