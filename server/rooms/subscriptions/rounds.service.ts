import { newId } from '@tiaoli/kernel/ids'
import type { Tx } from '../../foundations/database/index.ts'
import type { Entry, EntryWatcher } from '../catalogue/index.ts'
import { createAbout } from './about.ts'
import { dayMs, digestOf, mayTell, noticeOf, roundAfter, toldUpTo } from './digest.rules.ts'
import type { SubscriptionsDeps } from './subscriptions.deps.ts'
import type { ChangeKind, EntryChange, Subscription } from './subscriptions.model.ts'
import * as store from './subscriptions.store.ts'

/** Job that tells what has changed; its subject is the hour for which it was filed. */
export const subscriptionRoundJob = 'subscriptions.round'

/** Changes are kept for so long: longer than any subscription waits. */
const keptDays = 7
const atOnce = 200

/** Notes what happens to published entries, and tells those who follow them, each of their subscriptions once a day at most. */
export function createRounds(deps: SubscriptionsDeps) {
  const { database, catalogue, notices, jobs, clock } = deps
  const { db } = database
  const about = createAbout(deps)

  const fileRound = (tx: Parameters<typeof jobs.file>[0], at: Date) =>
    jobs.file(tx, subscriptionRoundJob, at.toISOString(), at)

  async function note(tx: Tx, entry: Entry, kinds: readonly ChangeKind[], title: string): Promise<void> {
    const at = clock.now()
    for (const kind of kinds)
      await store.insertChange(tx, {
        ...{ id: newId(), entryId: entry.id, providerId: entry.providerId, kind, title, at },
      })
    if (kinds.length > 0) await fileRound(tx, roundAfter(at))
  }

  /** Of the changes those that a subscription is about. */
  async function concerning(subscription: Subscription, changes: readonly EntryChange[]) {
    if (subscription.search === null || changes.length === 0) return changes
    const ids = [...new Set(changes.map(({ entryId }) => entryId))]
    const { organisation: providerId, ...search } = subscription.search
    const found = await catalogue().foundAmong({ ...search, providerId }, ids)
    return changes.filter(({ entryId }) => found.has(entryId))
  }

  /** @returns when it may tell next, where something waits until then */
  async function tell(subscription: Subscription, until: Date): Promise<Date | undefined> {
    const own: EntryChange[] = []
    const published = new Set<string>()
    for await (const changes of store.changesBetween(db, subscription, subscription.heardUntil, until)) {
      const told = await concerning(subscription, changes)
      own.push(...told)
      const entries = await catalogue().findAll([...new Set(told.map(({ entryId }) => entryId))])
      for (const entry of entries) if (entry.published) published.add(entry.id)
    }
    const digest = digestOf(own, (entryId) => published.has(entryId))
    if (digest.length > 0 && !mayTell(subscription, clock.now()))
      return roundAfter(new Date(subscription.toldAt!.getTime() + dayMs))
    const [followed] = await about([subscription])
    await database.inTransaction(async (tx) => {
      const toldAt = digest.length > 0 ? clock.now() : null
      // Another node may have been at it: then it has told, or will.
      if (!(await store.writeHeard(tx, subscription, until, toldAt)) || toldAt === null) return
      await notices.send(tx, [subscription.userId], {
        kind: 'catalogue.changed',
        ...noticeOf(followed!.words, digest),
        link: digest.length === 1 ? `/entries/${digest[0]!.entryId}` : followed!.link,
      })
    })
    return undefined
  }

  const watcher: EntryWatcher = {
    async follow(tx, entry, moment, _event, before) {
      if (moment === 'withdrawal') return note(tx, entry, ['withdrawn'], before.content.title)
      if (moment !== 'publication') return
      const changed: ChangeKind[] = !before.published
        ? ['published']
        : before.content.opening.type === entry.content.opening.type
          ? ['version']
          : ['version', 'opening-type']
      await note(tx, entry, changed, entry.content.title)
    },
    followData: (tx, entry) => (entry.published ? note(tx, entry, ['data'], entry.content.title) : undefined),
  }

  return {
    watcher,
    /** Tells everybody who follows something what has happened up to this round. */
    async hold(subject: string, signal: AbortSignal): Promise<void> {
      const until = toldUpTo(new Date(subject))
      let later: Date | undefined
      for (let after = ''; ; ) {
        signal.throwIfAborted()
        const page = await store.notHeard(db, until, after, atOnce)
        for (const subscription of page) {
          const next = await tell(subscription, until)
          if (next !== undefined && (later === undefined || next < later)) later = next
        }
        if (page.length < atOnce) break
        after = page.at(-1)!.id
      }
      if (later !== undefined) await fileRound(db, later)
      await store.forgetChanges(db, new Date(until.getTime() - keptDays * dayMs))
    },
  }
}
