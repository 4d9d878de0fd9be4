import { mostSubscriptions, type SavedSearch } from '@tiaoli/contract/subscriptions'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { createAbout } from './about.ts'
import { createRounds } from './rounds.service.ts'
import type { SubscriptionsDeps } from './subscriptions.deps.ts'
import type { Subscription } from './subscriptions.model.ts'
import * as store from './subscriptions.store.ts'

export type Subscriptions = ReturnType<typeof createSubscriptions>

type Target = {
  readonly entryId?: string | undefined
  readonly organisationId?: string | undefined
  readonly search?: SavedSearch | undefined
}

/** What people follow of the catalogue, and how they come to know that it has changed. */
export function createSubscriptions(deps: SubscriptionsDeps) {
  const { database, catalogue, identity, ledger, clock } = deps
  const { db } = database
  const rounds = createRounds(deps)

  /** @throws Problem where there is nothing of the kind that the person may see */
  async function requireTarget(session: Session, target: Target): Promise<void> {
    if (target.entryId !== undefined) await catalogue().requireEntry(session, target.entryId)
    const organisation = target.organisationId ?? target.search?.organisation
    if (organisation !== undefined && identity.organisation(organisation) === undefined)
      throw new Problem('not-found')
    if (target.search !== undefined && Object.values(target.search).every((part) => !part))
      throw new Problem('content-incomplete', {
        condition: text('请先输入检索词或者选择筛选条件', 'Enter words or narrow the list first'),
        errors: [{ path: 'search', message: text('检索为空', 'The search is empty') }],
      })
  }

  const record = (
    session: Session,
    outcome: 'opened' | 'ended',
    { entryId }: { entryId: string | null },
  ) => ({
    kind: 'subscription',
    userId: session.user!.id,
    organisationId: session.user!.organisation?.id ?? null,
    ...(entryId === null ? {} : { entryId }),
    outcome,
  })

  return {
    watcher: rounds.watcher,
    holdRound: rounds.hold,
    about: createAbout(deps),
    list: (session: Session, before: string | undefined, limit: number) =>
      store.subscriptionsOf(db, session.user!.id, before, limit),

    async open(session: Session, target: Target): Promise<Subscription> {
      await requireTarget(session, target)
      const now = clock.now()
      const { entryId = null, organisationId = null, search = null } = target
      return database.inTransaction(async (tx) => {
        const { subscription, isNew } = await store.insertSubscription(
          tx,
          JSON.stringify([entryId, organisationId, search && Object.entries(search).sort()]),
          {
            ...{ id: newId(), userId: session.user!.id, entryId, organisationId, search },
            ...{ createdAt: now, heardUntil: now, toldAt: null },
          },
        )
        if (!isNew) return subscription
        if ((await store.countOf(tx, session.user!.id)) > mostSubscriptions)
          throw new Problem('act-not-available', {
            condition: text(`最多订阅 ${mostSubscriptions} 项`, `${mostSubscriptions} subscriptions at most`),
            remedy: text('请先取消不需要的订阅。', 'End one that is no longer needed.'),
          })
        await ledger.record(tx, record(session, 'opened', subscription))
        return subscription
      })
    },

    end: (session: Session, id: string): Promise<void> =>
      database.inTransaction(async (tx) => {
        if (!(await store.removeSubscription(tx, session.user!.id, id))) throw new Problem('not-found')
        await ledger.record(tx, record(session, 'ended', { entryId: null }))
      }),
  }
}
