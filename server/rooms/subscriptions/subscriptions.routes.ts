import * as contract from '@tiaoli/contract/subscriptions'
import { isIdText, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Subscription } from './subscriptions.model.ts'
import type { Subscriptions } from './subscriptions.ts'

export function mountSubscriptions(mount: Mount, subscriptions: Subscriptions): void {
  async function present(found: readonly Subscription[]): Promise<contract.Subscription[]> {
    const about = await subscriptions.about(found)
    return found.map(({ id, entryId, organisationId, search, createdAt, toldAt }, index) => ({
      id,
      kind: entryId !== null ? 'entry' : organisationId !== null ? 'organisation' : 'search',
      ...{ entryId, organisationId, search },
      title: about[index]!.words,
      link: about[index]!.link,
      createdAt: createdAt.toISOString(),
      toldAt: toldAt?.toISOString() ?? null,
    }))
  }

  mount(contract.listSubscriptions, async ({ query, session }) => {
    const before = readCursor('subscriptions', query.cursor, isIdText)
    const found = await subscriptions.list(session, before, query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: await present(page),
      nextCursor: found.length > query.limit ? writeCursor('subscriptions', page.at(-1)!.id) : null,
    }
  })
  mount(
    contract.subscribe,
    async ({ body, session }) => (await present([await subscriptions.open(session, body)]))[0]!,
  )
  mount(contract.unsubscribe, async ({ params, session }) => {
    await subscriptions.end(session, params.subscriptionId)
    return { id: params.subscriptionId }
  })
}
