import { newId } from '@tiaoli/kernel/ids'
import { addDays, type CivilDate, civilDateOf, startOfCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { type Area, isInArea, type Session, scopeOf } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type Entry, stewardOf } from '../catalogue/index.ts'
import type { CompilationDeps } from './compilation.deps.ts'
import { requireOffered, requireOffice } from './compilation.policy.ts'
import { monthsAfter } from './editions.rules.ts'
import type { Editions } from './editions.service.ts'
import type { LocalTarget, Review, TargetKey } from './targets.store.ts'
import * as store from './targets.store.ts'

/** Something past the city's own interval: an entry not reviewed, or a body that has not published its catalogue. */
export type Due = {
  readonly subject: string
  readonly title: string
  readonly organisationId: string
  readonly lastAt: Date
  readonly dueOn: CivilDate
}

const watchJob = 'compilation.watch'

export type Targets = ReturnType<typeof createTargets>

/** Intervals that the city sets itself where the text has none, and what is past them. Nothing here is a breach of law. */
export function createTargets(deps: CompilationDeps, editions: Editions) {
  const { database, catalogue, identity, jobs, ledger, notices, rules, clock } = deps
  const { db } = database

  const ruleOf = (key: TargetKey) => (key === 'review' ? rules.review : rules.editions?.releases)
  const today = () => civilDateOf(clock.now())

  /** Filing again within a day changes nothing: the next look is at the next day's beginning. */
  const nextLook = () => startOfCivilDate(addDays(today(), 1))

  async function lastDetermined(entries: readonly Entry[]): Promise<Map<string, Date>> {
    const ids = entries.map((entry) => entry.id)
    const [reviews, versions] = await Promise.all([
      store.newestReviews(db, ids),
      editions.newestVersions(ids),
    ])
    return new Map(
      entries.map((entry) => {
        const known = [reviews.get(entry.id)?.at, versions.get(entry.id)?.publishedAt, entry.publishedAt]
        const times = known.flatMap((at) => (at ? [at.getTime()] : []))
        return [entry.id, new Date(Math.max(...times))]
      }),
    )
  }

  async function* reviewsDue(target: LocalTarget, providerIds: Area, from?: string): AsyncGenerator<Due> {
    for (let after = from; ; ) {
      const entries = await catalogue.walk({ published: true, providerIds }, after, 200)
      const last = await lastDetermined(entries)
      for (const entry of entries) {
        const lastAt = last.get(entry.id)!
        const dueOn = monthsAfter(lastAt, target.months)
        if (dueOn < today())
          yield {
            subject: entry.id,
            title: entry.content.title,
            organisationId: entry.providerId,
            lastAt,
            dueOn,
          }
      }
      after = entries.at(-1)?.id
      if (entries.length < 200) return
    }
  }

  /** A body that has published its catalogue once is expected to do so again; so is one with entries and no release. */
  async function* releasesDue(target: LocalTarget, only: Area, from?: string): AsyncGenerator<Due> {
    const first = editions.catalogues[0]!
    const { byProvider } = await catalogue.counts()
    const bodies = identity
      .organisations()
      .filter(({ id }) => byProvider.has(id) && isInArea(only, id))
      .filter(({ id }) => from === undefined || id > from)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    for (const body of bodies) {
      const lastAt = (await editions.latestRelease(first.key, body.id))?.publishedAt ?? target.setAt
      const dueOn = monthsAfter(lastAt, target.months)
      if (dueOn < today())
        yield { subject: body.id, title: body.name.zh, organisationId: body.id, lastAt, dueOn }
    }
  }

  const dueOf = (target: LocalTarget, only: Area, from?: string) =>
    target.key === 'review' ? reviewsDue(target, only, from) : releasesDue(target, only, from)

  /** Tells the stewards concerned of each lapse once, and the authority with them. */
  async function watch(): Promise<void> {
    for (const key of ['review', 'release'] as const) {
      const target = ruleOf(key) && (await store.findTarget(db, key))
      if (!target) continue
      for await (const due of dueOf(target, null)) await remind(target, due)
    }
    await jobs.file(db, watchJob, 'city', nextLook())
  }

  async function remind(target: LocalTarget, due: Due): Promise<void> {
    await database.inTransaction(async (tx) => {
      if (!(await store.writeReminder(tx, target.key, due.subject, due.dueOn, clock.now()))) return
      const instrument = `${target.instrument}（非法定）`
      await notices.send(tx, await identity.members(tx, due.organisationId, ['steward']), {
        kind: `compilation.${target.key}`,
        title:
          target.key === 'review'
            ? text(`《${due.title}》该复核了`, `“${due.title}” is to be reviewed`)
            : text('本单位目录该发布了', 'The catalogue of your body is to be published'),
        body: text(
          `依${instrument}，每 ${target.months} 个月一次，上次间隔已于 ${due.dueOn} 届满。`,
          `Every ${target.months} months by ${target.instrument} (not statutory); the interval ended on ${due.dueOn}.`,
        ),
        link: target.key === 'review' ? `/entries/${due.subject}` : '/desk/compilation',
      })
    })
  }

  // One day on which it cannot be done is not the end of watching.
  jobs.handle(watchJob, watch, () => jobs.file(db, watchJob, 'city', nextLook()))

  return {
    target: (key: TargetKey) => store.findTarget(db, key),
    dueOn: (lastAt: Date, target: LocalTarget) => monthsAfter(lastAt, target.months),
    lastDetermined,
    reviewOf: async (entryId: string): Promise<Review | undefined> =>
      (await store.newestReviews(db, [entryId])).get(entryId),

    async set(
      session: Session,
      { key, months, instrument }: { key: TargetKey; months: number; instrument: string },
    ): Promise<LocalTarget> {
      const { article } = requireOffered(ruleOf(key))
      const office = rules.editions?.by ?? rules.specification?.by
      const organisationId = requireOffice(session, requireOffered(office), article)
      const userId = session.user!.id
      const target = { key, months, instrument, setAt: clock.now() }
      await database.inTransaction(async (tx) => {
        const record = await ledger.record(tx, {
          kind: 'local-target.set',
          userId,
          organisationId,
          outcome: 'set',
          payload: { key, months, instrument, statutory: false },
        })
        await store.writeTarget(tx, { ...target, userId, recordId: record.id })
        await jobs.file(tx, watchJob, 'city', nextLook())
      })
      return target
    },

    async due(session: Session, key: TargetKey, from: string | undefined, limit: number): Promise<Due[]> {
      const target = ruleOf(key) && (await store.findTarget(db, key))
      const seen = scopeOf(session, identity.organisations(), 'officer')
      if (!target || seen === undefined) return []
      const found: Due[] = []
      for await (const due of dueOf(target, seen, from)) {
        found.push(due)
        if (found.length >= limit) break
      }
      return found
    },

    /** The provider states that what the entry says still holds. @article XM-26.1-a TJ-10.2-c */
    async review(session: Session, entryId: string, note: string): Promise<Review & { recordId: string }> {
      const { article } = requireOffered(rules.review)
      const entry = await catalogue.requireEntry(session, entryId)
      if (stewardOf(session) !== entry.providerId)
        throw new Problem('not-allowed', {
          condition: text('只有提供单位的数据管理员可以复核', 'Only a data steward of the provider reviews'),
        })
      if (!entry.published)
        throw new Problem('act-not-available', {
          condition: text('条目尚未发布，无须复核', 'The entry is not published yet'),
        })
      const review = { entryId, at: clock.now(), userId: session.user!.id }
      return database.inTransaction(async (tx) => {
        const { id: recordId } = await ledger.record(tx, {
          kind: 'entry.reviewed',
          userId: review.userId,
          organisationId: entry.providerId,
          entryId,
          article,
          outcome: 'holds',
          payload: {
            note,
            sharingType: entry.content.sharing.type,
            openingType: entry.content.opening.type,
          },
        })
        await store.insertReview(tx, {
          ...review,
          id: newId(),
          organisationId: entry.providerId,
          note,
          recordId,
        })
        return { ...review, recordId }
      })
    },
  }
}
