import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import {
  type Area,
  isInArea,
  isOverseer,
  overseersOf,
  type Session,
  scopeOf,
} from '../../foundations/identity/index.ts'
import { isBareAddress } from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { ConnectionsRules } from '../../foundations/rulebook/index.ts'
import { type PublishedEntry, stewardOf } from '../catalogue/index.ts'
import type { ConnectionsDeps } from './connections.deps.ts'
import type { Check, Link, SourceSystem } from './connections.model.ts'
import { changeNotice, entryNotice } from './connections.notices.ts'
import {
  isEntryStale,
  isSameServer,
  isStale,
  modeOf,
  secondsToNextCheck,
  stateAfter,
} from './connections.rules.ts'
import * as store from './connections.store.ts'
import { createLinks } from './links.service.ts'
import * as linkStore from './links.store.ts'
import { probe } from './probe.ts'

/** What the owner of a system says of it; what is absent stays. */
export type SystemWords = {
  readonly name?: string | undefined
  readonly url?: string | null | undefined
  readonly user?: string | null | undefined
  readonly token?: string | null | undefined
  readonly limitSeconds?: number | null | undefined
}

/** Job that looks whether a system answers. */
export const systemCheckJob = 'connections.check'

/** Changes of state stand in the ledger; single checks are kept as long as somebody may look into a failure. */
const checksKeptMs = 30 * 86_400_000
/** The next look at a system after the platform itself could not check it. */
const afterFailureMs = 15 * 60_000

export type Connections = ReturnType<typeof createConnections>

/** Systems of bodies, connected with the platform: registered, watched, and asked for rows that stay with them. */
export function createConnections(deps: ConnectionsDeps) {
  const { database, rulebook, catalogue, identity, ledger, notices, jobs, clock, seal } = deps
  const { db } = database
  const { connections: rules } = rulebook.rooms

  function offered(): ConnectionsRules {
    if (rules === undefined) throw new Problem('not-found')
    return rules
  }

  const runsPlatform = (session: Session): boolean =>
    session.user?.organisation?.roles.includes(rulebook.rooms.tasks?.centre ?? '') === true

  const watchesOthers = (session: Session): boolean =>
    runsPlatform(session) || isOverseer(session, 'officer', 'supervisor')

  /** An authority looks at the systems of its area. */
  const viewpointOf = (session: Session): Area | undefined =>
    runsPlatform(session) ? null : scopeOf(session, identity.organisations(), 'officer', 'supervisor')

  async function requireSystem(session: Session, id: string): Promise<SourceSystem> {
    offered()
    const seen = viewpointOf(session)
    const system = seen === undefined ? undefined : await store.findSystem(db, id)
    if (system === undefined || !isInArea(seen, system.organisationId)) throw new Problem('not-found')
    return system
  }

  function requireSteward(session: Session, organisationId: string | undefined): string {
    const own = stewardOf(session)
    if (own === undefined || (organisationId !== undefined && own !== organisationId))
      throw new Problem('not-allowed', {
        condition: text(
          '信息系统由所属单位的数据管理员登记和修改',
          'A system is registered and changed by a data steward of its own organisation',
        ),
      })
    return own
  }

  /** What a name stands for is seen only when it is called: there the check says so. */
  function requireEncrypted(url: string | null | undefined): void {
    if (url == null || modeOf(url) !== 'database' || !isBareAddress(new URL(url), deps.guard)) return
    throw new Problem('content-incomplete', {
      condition: text(
        '该数据库地址不在平台开放的内网网段，必须加密连接',
        'The address lies outside the inner ranges that the platform opens, so it is read with TLS only',
      ),
      remedy: text(
        '请在地址末尾加 ?sslmode=verify-full。',
        'Put ?sslmode=verify-full at the end of the address.',
      ),
      errors: [{ path: 'url', message: text('未加密', 'Without TLS') }],
    })
  }

  /** The owner's stewards and the authority's officers. */
  async function concerned(tx: Tx, organisationId: string): Promise<string[]> {
    const users = await identity.members(tx, organisationId, ['steward'])
    for (const { id } of overseersOf(identity.organisations(), identity.organisation(organisationId)))
      users.push(...(await identity.members(tx, id, ['officer'])))
    return users
  }

  /** Takes down what a check of the address found; a change of state or freshness is recorded and told. */
  async function settle(systemId: string, url: string | null, check: Check): Promise<void> {
    const ordered = offered()
    await database.inTransaction(async (tx) => {
      const before = await store.findSystem(tx, systemId, true)
      // It has another address since, which has a check of its own: what the old one showed says nothing of it.
      if (before === undefined || before.url !== url) return
      const ok = check.failure === null
      const changedAt = check.changedAt ?? before.changedAt
      const after: SourceSystem = {
        ...before,
        state: stateAfter(before, check),
        stale: isStale(before.limitSeconds, changedAt, check.at),
        checkedAt: check.at,
        okAt: ok ? check.at : before.okAt,
        changedAt,
        failure: check.failure,
      }
      await store.writeSystem(tx, after)
      await store.insertCheck(tx, newId(), systemId, check)
      await store.dropChecks(tx, systemId, new Date(check.at.getTime() - checksKeptMs))
      // One that never worked and has no address has nothing to be watched.
      if (after.url !== null)
        await jobs.file(
          tx,
          systemCheckJob,
          systemId,
          new Date(check.at.getTime() + secondsToNextCheck(after) * 1_000),
        )
      await settleEntries(tx, after, check)
      const moved = before.state !== after.state && !(before.state === 'testing' && !ok)
      if (!moved && before.stale === after.stale) return
      await ledger.record(tx, {
        kind: 'system.state',
        organisationId: after.organisationId,
        article: (ordered.watched ?? ordered).article,
        outcome: after.state,
        payload: { systemId, stale: after.stale, failure: after.failure },
      })
      const notice = changeNotice(before, after)
      if (notice !== undefined) await notices.send(tx, await concerned(tx, after.organisationId), notice)
    })
  }

  /** What the check found of each entry; those whose data are older than they promise are told of once. */
  async function settleEntries(tx: Tx, system: SourceSystem, check: Check): Promise<void> {
    for (const link of await linkStore.findLinks(tx, [system.id])) {
      const measure = check.measures.get(link.entryId) ?? link.measure
      const entry = await catalogue.publishedEntry(link.entryId, tx)
      const changedAt = modeOf(system.url) === 'database' ? (measure?.changedAt ?? null) : system.changedAt
      const { limitSeconds } = system
      const stale =
        entry !== undefined &&
        isEntryStale({ updateCycle: entry.updateCycle, limitSeconds }, changedAt, check.at)
      await linkStore.writeMeasure(tx, link, measure, stale)
      const found = check.measures.get(link.entryId)
      if (found !== undefined && found.rows !== null)
        await deps.onMeasured(tx, link.entryId, { rows: found.rows, changedAt, at: found.at })
      if (entry !== undefined && stale !== link.stale) await tellFreshness(tx, system, entry, stale)
    }
  }

  async function tellFreshness(tx: Tx, system: SourceSystem, entry: PublishedEntry, stale: boolean) {
    await ledger.record(tx, {
      kind: 'system.entry',
      organisationId: system.organisationId,
      entryId: entry.id,
      article: (offered().watched ?? offered()).article,
      outcome: stale ? 'stale' : 'fresh',
      payload: { systemId: system.id },
    })
    if (stale)
      await notices.send(tx, await concerned(tx, system.organisationId), entryNotice(entry.title, system))
  }

  async function check(systemId: string, whole = false): Promise<void> {
    const system = await store.findSystem(db, systemId)
    if (rules === undefined || system === undefined) return
    const links: readonly Link[] = await linkStore.findLinks(db, [systemId])
    await settle(systemId, system.url, await probe(system, links, deps, whole))
  }

  const links = createLinks(deps, { offered, requireSystem, requireSteward, check })

  return {
    ...links,
    rules,
    succeed: store.succeed,
    requireSystem,
    check: (systemId: string) => check(systemId),
    /** A check that failed again and again for a reason of the platform's own is not the last one. */
    checkLater: (systemId: string): Promise<void> =>
      jobs.file(db, systemCheckJob, systemId, new Date(clock.now().getTime() + afterFailureMs)),
    watchesOthers,
    isOwn: (session: Session, system: SourceSystem): boolean => stewardOf(session) === system.organisationId,
    linksOf: (ids: readonly string[]) => linkStore.findLinks(db, ids),
    checksOf: (systemId: string) => store.checksOf(db, systemId, 50),

    async list(session: Session): Promise<readonly SourceSystem[]> {
      offered()
      const seen = viewpointOf(session)
      return seen === undefined ? [] : store.findSystems(db, seen)
    },

    async register(session: Session, words: SystemWords & { readonly name: string }): Promise<string> {
      const ordered = offered()
      const organisationId = requireSteward(session, undefined)
      requireEncrypted(words.url)
      const id = newId()
      await database.inTransaction(async (tx) => {
        await store.insertSystem(tx, {
          id,
          organisationId,
          name: words.name,
          url: words.url ?? null,
          user: words.user ?? null,
          sealedToken: words.token ? seal.seal(words.token) : null,
          limitSeconds: words.limitSeconds ?? null,
          state: words.url ? 'testing' : 'not-connected',
          stale: false,
          checkedAt: null,
          okAt: null,
          changedAt: null,
          failure: null,
          createdAt: clock.now(),
        })
        await ledger.record(tx, {
          kind: 'system.registered',
          userId: session.user!.id,
          organisationId,
          article: ordered.article,
          payload: {
            systemId: id,
            name: words.name,
            interface: words.url !== null && words.url !== undefined,
          },
        })
        if (words.url) await jobs.file(tx, systemCheckJob, id, clock.now())
      })
      jobs.wake()
      return id
    },

    async change(session: Session, id: string, words: SystemWords): Promise<void> {
      const ordered = offered()
      requireSteward(session, (await requireSystem(session, id)).organisationId)
      requireEncrypted(words.url)
      await database.inTransaction(async (tx) => {
        const before = (await store.findSystem(tx, id, true))!
        const url = words.url === undefined ? before.url : words.url
        const moved = url !== before.url
        const kept = !moved || isSameServer(before.url, url) ? before.sealedToken : null
        await store.writeSystem(tx, {
          ...before,
          name: words.name ?? before.name,
          url,
          user: words.user === undefined ? before.user : words.user,
          sealedToken: words.token === undefined ? kept : words.token && seal.seal(words.token),
          limitSeconds: words.limitSeconds === undefined ? before.limitSeconds : words.limitSeconds,
          // Another address is another connection: what the old one showed says nothing of it.
          ...(moved && { state: url ? 'testing' : 'not-connected', okAt: null, failure: null }),
        })
        await ledger.record(tx, {
          kind: 'system.changed',
          userId: session.user!.id,
          organisationId: before.organisationId,
          article: ordered.article,
          payload: { systemId: id, moved },
        })
        if (moved && url) await jobs.file(tx, systemCheckJob, id, clock.now())
      })
      jobs.wake()
    },

    async checkNow(session: Session, id: string): Promise<void> {
      const system = await requireSystem(session, id)
      if (!watchesOthers(session)) requireSteward(session, system.organisationId)
      await check(id, true)
    },
  }
}
