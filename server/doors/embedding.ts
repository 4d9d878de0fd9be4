import type { Caller, Gateway } from '../foundations/gateway/index.ts'

/** Anybody at all, without an account. */
const visitor: Caller = {
  userId: null,
  organisationId: null,
  publicBody: false,
  apiKeyId: null,
  keyGrantId: null,
}

/** Whether a view of the entry may stand in the pages of others: only where everybody may have its data anyway. */
export const mayFrame =
  (gateway: Pick<Gateway, 'plan'>) =>
  async (entryId: string): Promise<boolean> => {
    const plan = await gateway.plan(visitor, entryId, undefined, {})
    return plan.ok && plan.value.basis === 'open'
  }
