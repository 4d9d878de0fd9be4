import { isPublicBody, type Session } from '../identity/index.ts'
import type { Caller } from './gateway.types.ts'

/** A session never changes: the caller made of it serves all its calls, and what is kept beside the caller too. */
const callers = new WeakMap<Session, Caller>()

/** Who calls, as the gateway asks it. */
export function callerOf(session: Session): Caller {
  const known = callers.get(session)
  if (known !== undefined) return known
  const { user, apiKeyId, keyGrantId, keyEntryIds, address } = session
  const caller = {
    userId: user?.id ?? null,
    organisationId: user?.organisation?.id ?? null,
    publicBody: isPublicBody(user?.organisation ?? null),
    apiKeyId,
    keyGrantId,
    keyEntryIds,
    address,
  }
  callers.set(session, caller)
  return caller
}
