import * as contract from '@tiaoli/contract/sign-on'
import { text } from '@tiaoli/kernel/text'
import { isIdText, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import { cookieOf, originOf, presentUser, sessionCookies } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { wayMs } from './sign-on.service.ts'
import type { Provider } from './sign-on.store.ts'
import type { SignOn } from './sign-on.ts'

/** Binds the way to a provider and back to one browser: nobody is signed in by a link that somebody else sent. */
const browserCookie = 'tiaoli.sign_on'
const browserPath = '/api/v1/sign-on'
const cookie = (value: string, seconds: number): string =>
  `${browserCookie}=${value}; Max-Age=${seconds}; Path=${browserPath}; HttpOnly; SameSite=Strict`

const present = (provider: Provider) => ({
  id: provider.id,
  issuer: provider.issuer,
  clientId: provider.clientId,
  label: provider.label,
  claim: provider.claim,
  mapping: provider.mapping.map((each) => ({
    ...each,
    powers: each.powers.filter((power) => power !== 'admin'),
  })),
  enabled: provider.enabled,
  changedAt: provider.changedAt.toISOString(),
})

export function mountSignOn(mount: Mount, signOn: SignOn): void {
  mount(contract.listSignOn, async () => ({
    items: (await signOn.offered()).map(({ id, label }) => ({ id, label })),
  }))
  mount(contract.beginSignOn, async ({ params, body, session, request, reply }) => {
    const { user, sessionId } = session
    if (body.link && (user === null || sessionId === undefined))
      throw new Problem('not-allowed', {
        condition: text('绑定账号须先登录', 'Sign in first, to link your account'),
      })
    const origin = originOf(request)
    const linking = body.link ? { user: user!, sessionId: sessionId!, proof: body } : null
    const { address, browser } = await signOn.begin(params.providerId, linking, origin)
    reply.header('set-cookie', sessionCookies([cookie(browser, wayMs / 1000)], request.protocol))
    return { address }
  })
  mount(contract.completeSignOn, async ({ body, session, request, reply }) => {
    const browser = cookieOf(request.headers.cookie, browserCookie)
    const arrived = await signOn.complete(body.parameters, browser, session, originOf(request))
    const cookies = [cookie('', 0), ...(arrived.linked ? [] : arrived.cookies)]
    reply.header('set-cookie', sessionCookies(cookies, request.protocol))
    return {
      user: arrived.user && presentUser(arrived.user),
      secondFactor: arrived.user === null,
      linked: arrived.linked,
    }
  })
  mount(contract.listLinks, async ({ session }) => ({
    items: (await signOn.links(session.user!.id)).map(({ providerId, label, linkedAt, byMapping }) => ({
      providerId,
      label,
      linkedAt: linkedAt.toISOString(),
      byMapping,
    })),
  }))
  mount(contract.unlink, async ({ params, session, request }) => {
    await signOn.unlink(session.user!, params.providerId, originOf(request))
    return { unlinked: true as const }
  })
  mount(contract.listProviders, async ({ query }) => {
    const after = readCursor('sign-on-providers', query.cursor, isIdText)
    const found = await signOn.providers.list(after, query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: page.map(present),
      nextCursor: found.length > query.limit ? writeCursor('sign-on-providers', page.at(-1)!.id) : null,
      returnAddress: signOn.returnAddress,
    }
  })
  mount(contract.addProvider, async ({ body, session, request }) =>
    present(await signOn.providers.add(body, session.user!, originOf(request))),
  )
  mount(contract.changeProvider, async ({ params, body, session, request }) =>
    present(await signOn.providers.change(params.providerId, body, session.user!, originOf(request))),
  )
}
