import * as contract from '@tiaoli/contract/account'
import type { FastifyRequest } from 'fastify'
import { isIdText, type Mount, readCursor, writeCursor } from '../foundations/http/index.ts'
import { type Identity, originOf, type Session } from '../foundations/identity/index.ts'
import { presentEvents } from './account-events.view.ts'

/** Routes by which users look after their own accounts. */
export function mountAccount(mount: Mount, identity: Identity): void {
  const { account } = identity
  const own = (session: Session, request: FastifyRequest) => ({
    user: session.user!,
    // These routes are for who signed in: there is a session.
    sessionId: session.sessionId!,
    origin: originOf(request),
  })

  mount(contract.getAccount, async ({ session }) => {
    const { username, name, organisation } = session.user!
    return {
      username,
      name,
      organisation: organisation && { id: organisation.id, name: organisation.name },
      ...(await account.standing(session.user!)),
      unready: session.unready ?? null,
    }
  })
  mount(contract.listSessions, async ({ session }) => ({
    items: (await account.sessions(session.user!.id)).map((each) => ({
      ...each,
      startedAt: each.startedAt.toISOString(),
      expiresAt: each.expiresAt.toISOString(),
      current: each.id === session.sessionId,
    })),
  }))
  mount(contract.endSession, async ({ params, session, request }) => ({
    ended: await account.endSessions(own(session, request), params.sessionId),
  }))
  mount(contract.endOtherSessions, async ({ session, request }) => ({
    ended: await account.endSessions(own(session, request)),
  }))
  mount(contract.listOwnEvents, async ({ query, session }) => {
    const before = readCursor('own-events', query.cursor, isIdText)
    const found = await account.events({ userId: session.user!.id, before, limit: query.limit + 1 })
    const page = found.slice(0, query.limit)
    return {
      items: await presentEvents(identity, page),
      nextCursor: found.length > query.limit ? writeCursor('own-events', page.at(-1)!.id) : null,
    }
  })
  mount(contract.changePassword, async ({ body, session, request }) => {
    await account.changePassword(own(session, request), body.password, body.newPassword)
    return { changed: true as const }
  })
  mount(contract.beginSecondFactor, ({ body, session, request }) =>
    account.beginSecondFactor(own(session, request), body.password),
  )
  mount(contract.confirmSecondFactor, async ({ body, session, request }) => ({
    backupCodes: await account.confirmSecondFactor(own(session, request), body.code),
  }))
  mount(contract.renewBackupCodes, async ({ body, session, request }) => ({
    backupCodes: await account.renewBackupCodes(own(session, request), body.code),
  }))
  mount(contract.endSecondFactor, async ({ body, session, request }) => {
    await account.endSecondFactor(own(session, request), body.code)
    return { on: false as const }
  })
}
