import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Row } from '../../foundations/lake/lake.types.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import {
  type AddressGuard,
  getJson,
  OutboundError,
  type SecretSeal,
} from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { ConnectionsRules, Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, stewardOf } from '../catalogue/index.ts'
import type { Check, SourceSystem } from './connections.model.ts'
import { changeNotice } from './connections.notices.ts'
import {
  changedAtOf,
  isSameServer,
  isStale,
  rowOf,
  rowUrl,
  secondsToNextCheck,
  stateAfter,
} from './connections.rules.ts'
import * as store from './connections.store.ts'

export type ConnectionsDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
  /** Told once it is settled where the rows of an entry lie. */
  readonly onHeldAt: (entryId: string) => void
  readonly guard: AddressGuard
  readonly seal: SecretSeal
}

/** What the owner of a system says of it; what is absent stays. */
export type SystemWords = {
  readonly name?: string | undefined
  readonly url?: string | null | undefined
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
  const { database, rulebook, catalogue, identity, ledger, notices, jobs, clock, guard, seal } = deps
  const { db } = database
  const { connections: rules } = rulebook.rooms

  function offered(): ConnectionsRules {
    if (rules === undefined) throw new Problem('not-found')
    return rules
  }

  const watchesAll = (session: Session): boolean =>
    session.user?.organisation?.kind === 'authority' ||
    session.user?.organisation?.roles.includes(rulebook.rooms.tasks?.centre ?? '') === true

  const viewpointOf = (session: Session): string | null | undefined =>
    watchesAll(session) ? null : session.user?.organisation?.id

  async function requireSystem(session: Session, id: string): Promise<SourceSystem> {
    offered()
    const seen = viewpointOf(session)
    const system = seen === undefined ? undefined : await store.findSystem(db, id)
    if (system === undefined || (seen !== null && seen !== system.organisationId))
      throw new Problem('not-found')
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

  async function ask(system: SourceSystem, url: URL): Promise<unknown> {
    const bearer = system.sealedToken === null ? undefined : seal.open(system.sealedToken)
    return getJson({ url, bearer, guard })
  }

  async function probe(system: SourceSystem): Promise<Check> {
    const at = clock.now()
    const begun = performance.now()
    const found = (given: Omit<Check, 'at' | 'tookMs'>): Check => ({
      at,
      tookMs: Math.round(performance.now() - begun),
      ...given,
    })
    if (system.url === null) return found({ failure: 'no-interface', status: null, changedAt: null })
    try {
      const answer = await ask(system, new URL(system.url))
      return answer === undefined
        ? found({ failure: 'refused', status: 404, changedAt: null })
        : found({ failure: null, status: 200, changedAt: changedAtOf(answer) })
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error
      return found({ failure: error.code, status: error.status ?? null, changedAt: null })
    }
  }

  /** The owner's stewards and the authority's officers. */
  async function concerned(tx: Tx, organisationId: string): Promise<string[]> {
    const users = await identity.members(tx, organisationId, ['steward'])
    for (const { id, kind } of identity.organisations())
      if (kind === 'authority') users.push(...(await identity.members(tx, id, ['officer'])))
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

  async function check(systemId: string): Promise<void> {
    const system = await store.findSystem(db, systemId)
    if (rules === undefined || system === undefined) return
    await settle(systemId, system.url, await probe(system))
  }

  return {
    rules,
    requireSystem,
    check,
    /** A check that failed again and again for a reason of the platform's own is not the last one. */
    checkLater: (systemId: string): Promise<void> =>
      jobs.file(db, systemCheckJob, systemId, new Date(clock.now().getTime() + afterFailureMs)),
    watchesAll,
    isOwn: (session: Session, system: SourceSystem): boolean => stewardOf(session) === system.organisationId,
    entriesOf: (ids: readonly string[]) => store.entriesOf(db, ids),
    checksOf: (systemId: string) => store.checksOf(db, systemId, 50),

    async list(session: Session): Promise<readonly SourceSystem[]> {
      offered()
      const seen = viewpointOf(session)
      return seen === undefined ? [] : store.findSystems(db, seen)
    },

    async register(session: Session, words: SystemWords & { readonly name: string }): Promise<string> {
      const ordered = offered()
      const organisationId = requireSteward(session, undefined)
      const id = newId()
      await database.inTransaction(async (tx) => {
        await store.insertSystem(tx, {
          id,
          organisationId,
          name: words.name,
          url: words.url ?? null,
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
      await database.inTransaction(async (tx) => {
        const before = (await store.findSystem(tx, id, true))!
        const url = words.url === undefined ? before.url : words.url
        const moved = url !== before.url
        const kept = !moved || isSameServer(before.url, url) ? before.sealedToken : null
        await store.writeSystem(tx, {
          ...before,
          name: words.name ?? before.name,
          url,
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
      if (!watchesAll(session)) requireSteward(session, system.organisationId)
      await check(id)
    },

    /** Links an entry to the system; with `atSource` its rows stay there and are answered from there. */
    async link(session: Session, id: string, entryId: string, atSource: boolean): Promise<void> {
      const ordered = offered()
      const system = await requireSystem(session, id)
      const own = requireSteward(session, system.organisationId)
      const entry = await catalogue.find(entryId)
      if (entry === undefined || entry.providerId !== own) throw new Problem('not-found')
      if (!entry.published)
        throw new Problem('act-not-available', {
          condition: text(
            '目录条目尚未确认发布，不能接入',
            'The entry has not been confirmed and published, so nothing can be connected for it',
          ),
          remedy: text('请先完成目录条目的确认和发布。', 'Have the entry confirmed and published first.'),
        })
      if (atSource && ordered.atSource === undefined)
        throw new Problem('act-not-available', {
          condition: text(
            '本市条例未规定数据可以留存于来源系统',
            'The regulation of this city does not leave data at their source',
          ),
        })
      if (atSource && entry.live !== null)
        throw new Problem('act-not-available', {
          condition: text('该条目的数据已汇聚到平台', 'The data of this entry are on the platform already'),
        })
      await database.inTransaction(async (tx) => {
        await store.linkEntry(tx, id, entryId)
        if (atSource) await catalogue.setHeldAt(tx, entryId, { systemId: id, system: system.name })
        await ledger.record(tx, {
          kind: 'system.linked',
          userId: session.user!.id,
          organisationId: own,
          entryId,
          article: (atSource ? ordered.atSource : ordered)!.article,
          outcome: atSource ? 'at-source' : 'linked',
          payload: { systemId: id },
        })
      })
      if (atSource) deps.onHeldAt(entryId)
    },

    /** One row, asked for where it lies. @throws Problem `source-unavailable` */
    async rowAtSource(
      systemId: string,
      key: readonly string[],
      fields: readonly string[],
    ): Promise<Row | null> {
      const system = await store.findSystem(db, systemId)
      if (system === undefined || system.url === null) throw new Problem('source-unavailable')
      const url = rowUrl(system.url, key)
      if (url === undefined) return null
      let answer: unknown
      try {
        answer = await ask(system, url)
      } catch (cause) {
        if (cause instanceof OutboundError) throw new Problem('source-unavailable', {}, cause)
        throw cause
      }
      if (answer === undefined) return null
      const row = rowOf(answer, fields)
      if (row === undefined) throw new Problem('source-unavailable')
      return row
    },
  }
}
