import * as contract from '@tiaoli/contract/identity'
import { isIdText, isText, type Mount, readCursor, writeCursor } from '../foundations/http/index.ts'
import type { ApiKeyRow } from '../foundations/identity/api-keys.store.ts'
import type { Organisation, Session } from '../foundations/identity/identity.model.ts'
import type { Identity } from '../foundations/identity/identity.service.ts'
import { cookieOf, presentUser, sessionCookies } from '../foundations/identity/identity.view.ts'
import { originOf } from '../foundations/identity/origin.ts'
import { refusalOfRoles } from '../foundations/identity/role-rules.ts'
import { stepCookie } from '../foundations/identity/sign-in.ts'
import type { Ledger } from '../foundations/ledger/index.ts'
import type { Notices } from '../foundations/notices/index.ts'
import { Problem, refusalProblem } from '../foundations/problems/index.ts'
import type { Rulebook, UseRules } from '../foundations/rulebook/index.ts'

export type IdentityRoutesDeps = {
  readonly rulebook: Rulebook
  readonly ledger: Ledger
  readonly identity: Identity
  readonly notices: Notices
  /** How many cases wait for the user. */
  readonly inboxSize: (session: Session) => Promise<number>
  /** Throws where the user does not hold the grant that a key is to be bound to. */
  readonly requireGrant: (session: Session, grantId: string) => Promise<void>
  /** Titles of entries, by id; what is not published has none. */
  readonly entryTitles: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly entryTitleOfGrant: (grantId: string) => Promise<string | null>
  /** Where the text binds received data to the receiving body: its keys belong to systems of its own. */
  readonly registeredSystems: UseRules['registeredSystems']
  readonly entryCounts: () => Promise<ReadonlyMap<string, number>>
}

const presentOrganisation = (organisation: Organisation, entryCount: number) => ({
  id: organisation.id,
  name: organisation.name,
  kind: organisation.kind,
  level: organisation.level,
  creditCode: organisation.creditCode,
  roles: [...organisation.roles],
  budgetFunded: organisation.budgetFunded,
  entryCount,
})

export function mountIdentity(mount: Mount, deps: IdentityRoutesDeps): void {
  const { identity, notices } = deps
  const presentKey = async (row: ApiKeyRow) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    grantId: row.grant_id,
    entryTitle: row.grant_id === null ? null : await deps.entryTitleOfGrant(row.grant_id),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    system: row.system,
    addresses: [...row.addresses],
    entries:
      row.entry_ids === null
        ? null
        : [...(await deps.entryTitles(row.entry_ids))].map(([id, title]) => ({ id, title })),
  })

  mount(contract.signIn, async ({ body, request, reply }) => {
    const { user, cookies } = await identity.signIn.withPassword(
      body.username,
      body.password,
      originOf(request),
    )
    reply.header('set-cookie', sessionCookies(cookies, request.protocol))
    reply.header('cache-control', 'no-store')
    return { user: user && presentUser(user), secondFactor: user === null }
  })
  mount(contract.giveSecondFactor, async ({ body, request, reply }) => {
    const token = cookieOf(request.headers.cookie, stepCookie)
    const { user, cookies } = await identity.signIn.withCode(token, body.code, originOf(request))
    reply.header('set-cookie', sessionCookies(cookies, request.protocol))
    reply.header('cache-control', 'no-store')
    return { user: presentUser(user) }
  })
  mount(contract.signOut, async ({ request, reply }) => {
    reply.header('set-cookie', await identity.signOut(request, originOf(request)))
    return { signedOut: true }
  })
  mount(contract.currentSession, async ({ session }) => {
    const { user } = session
    if (user === null) return { user: null, unready: null, unreadNotices: 0, inbox: 0 }
    const unready = session.unready ?? null
    if (unready !== null) return { user: presentUser(user), unready, unreadNotices: 0, inbox: 0 }
    const [unreadNotices, inbox] = await Promise.all([notices.unread(user.id), deps.inboxSize(session)])
    return { user: presentUser(user), unready, unreadNotices, inbox }
  })
  mount(contract.listOrganisations, async ({ query }) => {
    const after = readCursor('organisations', query.cursor, isText)
    const counts = await deps.entryCounts()
    const organisations = identity
      .organisations()
      .filter(
        (each) => !each.registered && each.dissolvedAt == null && (after === undefined || each.id > after),
      )
    const page = organisations.slice(0, query.limit)
    return {
      items: page.map((each) => presentOrganisation(each, counts.get(each.id) ?? 0)),
      nextCursor: organisations.length > query.limit ? writeCursor('organisations', page.at(-1)!.id) : null,
    }
  })
  mount(contract.assignRoles, async ({ params, body, session }) => {
    const organisation = identity.organisation(params.organisationId)
    if (organisation === undefined) throw new Problem('not-found')
    const roles = [...new Set(body.roles)]
    const changed = await identity.setRoles(
      organisation.id,
      roles,
      (standing) => {
        const refusal = refusalOfRoles(deps.rulebook, standing, organisation, roles)
        if (refusal !== undefined)
          throw refusalProblem(refusal.article ? 'refused-by-law' : 'content-incomplete', refusal)
      },
      async (tx, before) => {
        await deps.ledger.record(tx, {
          kind: 'organisation.roles',
          userId: session.user!.id,
          organisationId: session.user!.organisation?.id ?? null,
          payload: { of: organisation.id, before, after: roles },
        })
      },
    )
    return presentOrganisation(changed, (await deps.entryCounts()).get(changed.id) ?? 0)
  })
  mount(contract.createApiKey, async ({ body, session, request }) => {
    if (body.grantId !== undefined) await deps.requireGrant(session, body.grantId)
    if (
      body.entryIds !== undefined &&
      (await deps.entryTitles(body.entryIds)).size < new Set(body.entryIds).size
    )
      throw new Problem('not-found')
    const { registeredSystems } = deps
    const named = body.system !== undefined && (body.addresses?.length ?? 0) > 0
    // A key that is bound to no grant takes data under all of them.
    if (session.user!.organisation !== null && registeredSystems && !named)
      throw new Problem('refused-by-law', registeredSystems)
    const { row, key } = await identity.keys.make(session.user!.id, body, originOf(request))
    return { apiKey: await presentKey(row), key }
  })
  mount(contract.listApiKeys, async ({ query, session }) => {
    const rows = await identity.keys.list(
      session.user!.id,
      readCursor('api-keys', query.cursor, isIdText),
      query.limit + 1,
    )
    const page = rows.slice(0, query.limit)
    return {
      items: await Promise.all(page.map(presentKey)),
      nextCursor: rows.length > query.limit ? writeCursor('api-keys', page.at(-1)!.id) : null,
    }
  })
  mount(contract.revokeApiKey, async ({ params, session, request }) =>
    presentKey(await identity.keys.revoke(session.user!.id, params.keyId, originOf(request))),
  )
  mount(contract.listNotices, async ({ query, session }) => {
    const list = await notices.list(
      session.user!.id,
      readCursor('notices', query.cursor, isIdText),
      query.limit + 1,
    )
    const page = list.slice(0, query.limit)
    return {
      items: page.map((notice) => ({
        ...notice,
        at: notice.at.toISOString(),
        readAt: notice.readAt?.toISOString() ?? null,
      })),
      nextCursor: list.length > query.limit ? writeCursor('notices', page.at(-1)!.id) : null,
    }
  })
  mount(contract.readNotices, async ({ body, session }) => ({
    read: await notices.markRead(session.user!.id, body.ids),
  }))
}
