import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { type AddressGuard, getStream, type SecretSeal } from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Aggregation } from '../aggregation/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Pull } from './pulls.model.ts'
import { causeOf, conditionsOf, fileNameOf } from './pulls.rules.ts'
import * as store from './pulls.store.ts'

export type PullsDeps = {
  readonly database: Database
  readonly aggregation: Aggregation
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
  readonly guard: AddressGuard
  readonly seal: SecretSeal
}

export type NewPull = Pick<Pull, 'url' | 'everyMinutes' | 'mode'> & { readonly token?: string | undefined }

export const pullJob = 'pulls.fetch'
const mostOfEntry = 5
/** A file of gigabytes over a slow line. */
const longestMs = 3_600_000
const retryAfterMs = 15 * 60_000

export type Pulls = ReturnType<typeof createPulls>

/** Files that the platform fetches on a schedule, each made a batch where it is another than before. */
export function createPulls(deps: PullsDeps) {
  const { database, aggregation, catalogue, identity, ledger, notices, jobs, clock, guard, seal } = deps
  const { db } = database

  async function requireOwn(session: Session, id: string): Promise<Pull> {
    const pull = await store.findPull(db, id)
    if (pull === undefined) throw new Problem('not-found')
    await aggregation.requireOwnEntry(session, pull.entryId)
    return pull
  }

  async function record(tx: Tx, session: Session, kind: string, pull: Pull): Promise<void> {
    const { id, url, everyMinutes, mode } = pull
    await ledger.record(tx, {
      kind,
      userId: session.user!.id,
      organisationId: session.user!.organisation!.id,
      entryId: pull.entryId,
      payload: { pull: id, host: new URL(url).host, everyMinutes, mode },
    })
  }

  /** Whether the one on whose word it is fetched is still a steward of the entry's provider. */
  const isEntrusted = (pull: Pull, organisationId: string): Promise<boolean> =>
    database.inTransaction(async (tx) =>
      (await identity.members(tx, organisationId, ['steward'])).includes(pull.userId),
    )

  const nextAfter = (pull: Pull, at: Date): Date => new Date(at.getTime() + pull.everyMinutes * 60_000)

  /** Writes down what a fetch found; who set it up is told once when it begins to fail. */
  async function settle(tx: Tx, pull: Pull, found: Partial<store.PullChange>): Promise<void> {
    const at = clock.now()
    const after = {
      ...pull,
      state: 'ok' as const,
      failure: null,
      askedAt: at,
      nextAt: nextAfter(pull, at),
      ...found,
    }
    await store.writePull(tx, after)
    await jobs.file(tx, pullJob, pull.id, after.nextAt)
  }

  async function fail(pull: Pull, failure: Text): Promise<void> {
    await database.inTransaction(async (tx) => {
      // Removed meanwhile: there is nothing to be told of.
      const current = await store.findPull(tx, pull.id)
      if (current === undefined) return
      await settle(tx, current, { state: 'failing', failure })
      if (current.state === 'failing') return
      await notices.send(tx, [pull.userId], {
        kind: 'pull.failing',
        title: text('定时拉取未成功', 'A scheduled fetch has failed'),
        body: text(`${new URL(pull.url).host}：${failure.zh}`, `${new URL(pull.url).host}: ${failure.en}`),
        link: `/desk/entries/${pull.entryId}/upload`,
      })
    })
  }

  async function fetchFile(pull: Pull, stop: AbortSignal): Promise<void> {
    const entry = await catalogue.find(pull.entryId)
    if (entry === undefined || !(await isEntrusted(pull, entry.providerId)))
      return fail(pull, noLongerEntrusted)
    const signal = AbortSignal.any([stop, AbortSignal.timeout(longestMs)])
    const headers = conditionsOf(pull)
    if (pull.sealedToken !== null) headers.authorization = `Bearer ${seal.open(pull.sealedToken)}`
    const answer = await getStream({ url: new URL(pull.url), guard, headers }, signal)
    if (answer === 'not-modified') return database.inTransaction((tx) => settle(tx, pull, {}))
    const { etag, lastModified, stream } = answer
    const input = { fileName: fileNameOf(pull.url), mode: pull.mode, autoAccept: true }
    const user = { id: pull.userId, name: pull.userName }
    try {
      await aggregation.takeIn(entry, user, stream, input, async (tx, batchId, { sha256 }) => {
        if ((await store.findPull(tx, pull.id)) === undefined || sha256 === pull.sha256) throw new SameFile()
        await settle(tx, pull, { etag, lastModified, sha256, batchId, changedAt: clock.now() })
      })
    } catch (error) {
      if (!(error instanceof SameFile)) throw error
      // The server does not say that nothing is new, but nothing is.
      await database.inTransaction((tx) => settle(tx, pull, { etag, lastModified }))
    } finally {
      stream.destroy()
    }
  }

  async function run(id: string, stop: AbortSignal): Promise<void> {
    const pull = await store.findPull(db, id)
    if (pull === undefined) return
    try {
      await fetchFile(pull, stop)
    } catch (error) {
      if (stop.aborted) throw error
      const cause = causeOf(error)
      if (cause === undefined) throw error
      await fail(pull, cause)
    }
  }

  return {
    run,
    /** A fetch that failed again and again for a reason of the platform's own is not the last one. */
    runLater: (id: string): Promise<void> =>
      jobs.file(db, pullJob, id, new Date(clock.now().getTime() + retryAfterMs)),

    async list(session: Session, entryId: string): Promise<readonly Pull[]> {
      await aggregation.requireOwnEntry(session, entryId)
      return store.findPulls(db, entryId)
    },

    async create(session: Session, entryId: string, words: NewPull): Promise<Pull> {
      const entry = await aggregation.requireOwnEntry(session, entryId)
      const { username, password } = new URL(words.url)
      if (username !== '' || password !== '') throw passwordInAddress()
      aggregation.requireWelcome(entry, fileNameOf(words.url), words.mode)
      const at = clock.now()
      const pull: Pull = {
        id: newId(),
        entryId,
        userId: session.user!.id,
        userName: session.user!.name,
        url: words.url,
        sealedToken: words.token === undefined ? null : seal.seal(words.token),
        everyMinutes: words.everyMinutes,
        mode: words.mode,
        state: 'waiting',
        failure: null,
        askedAt: null,
        changedAt: null,
        nextAt: at,
        etag: null,
        lastModified: null,
        sha256: null,
        batchId: null,
        createdAt: at,
      }
      await database.inTransaction(async (tx) => {
        if ((await store.findPulls(tx, entryId)).length >= mostOfEntry) throw tooMany()
        await store.insertPull(tx, pull)
        await record(tx, session, 'pull.created', pull)
        await jobs.file(tx, pullJob, pull.id, at)
      })
      jobs.wake()
      return pull
    },

    async runNow(session: Session, id: string): Promise<Pull> {
      const pull = await requireOwn(session, id)
      await database.inTransaction((tx) => jobs.file(tx, pullJob, id, clock.now()))
      jobs.wake()
      return pull
    },

    async remove(session: Session, id: string): Promise<void> {
      const pull = await requireOwn(session, id)
      await database.inTransaction(async (tx) => {
        await store.removePull(tx, id)
        await record(tx, session, 'pull.removed', pull)
      })
    },
  }
}

/** The file has come before: no batch is made of it. */
class SameFile extends Error {
  override readonly name = 'SameFile'
}

const noLongerEntrusted = text(
  '登记人已不是提供单位的数据管理员，请由现任数据管理员重新登记',
  'Who set it up is no longer a data steward of the provider; a steward has to set it up anew',
)

const passwordInAddress = (): Problem =>
  new Problem('content-incomplete', {
    condition: text('地址中不能含有用户名或密码', 'The address may not hold a user name or a password'),
    remedy: text('请改用令牌。', 'Use a token.'),
    errors: [{ path: 'url', message: text('含有用户名或密码', 'Holds a user name or a password') }],
  })

const tooMany = (): Problem =>
  new Problem('refused-by-platform', {
    condition: text(
      `每个条目至多登记 ${mostOfEntry} 个定时拉取（平台规则，非法定）`,
      `An entry has ${mostOfEntry} scheduled fetches at most (a rule of the platform)`,
    ),
    remedy: text('请先停止不再使用的。', 'Stop those that are no longer used.'),
  })
