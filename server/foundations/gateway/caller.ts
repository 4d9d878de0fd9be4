import { isPublicBody, type Session } from '../identity/index.ts'
import type { Caller } from './gateway.types.ts'

/** Who calls, as the gateway asks it. */
export const callerOf = ({ user, apiKeyId, keyGrantId, keyEntryIds, address }: Session): Caller => ({
  userId: user?.id ?? null,
  organisationId: user?.organisation?.id ?? null,
  publicBody: isPublicBody(user?.organisation ?? null),
  apiKeyId,
  keyGrantId,
  keyEntryIds,
  address,
})
