import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

const body = z.object({ userId: z.string(), address: z.string(), agent: z.string() })

/**
 * A plugin of the sign-in library, never reachable over HTTP: opens a session for a user of whom the house knows
 * already who it is, be it by password and code or by an identity provider.
 */
export const sessionOpener = () => ({
  id: 'session-opener',
  endpoints: {
    openSession: createAuthEndpoint.serverOnly({ method: 'POST', body }, async (context) => {
      const { userId, address, agent } = context.body
      const { internalAdapter } = context.context
      const user = await internalAdapter.findUserById(userId)
      if (user === null) throw new Error('a session is opened for a user that there is')
      const session = await internalAdapter.createSession(userId, false, {
        ipAddress: address,
        userAgent: agent,
      })
      await setSessionCookie(context, { session, user })
      return { sessionId: session.id }
    }),
  },
})
