import { newId } from '@tiaoli/kernel/ids'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { dialectOf, isBareAddress } from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { BatchState } from '../aggregation/index.ts'
import { type Entry, type Timeliness, timelinessOf } from '../catalogue/index.ts'
import { type PullsDeps, pullJob } from './pulls.deps.ts'
import type { Pull } from './pulls.model.ts'
import { fileNameOf } from './pulls.rules.ts'
import { createRuns } from './pulls.runs.ts'
import * as store from './pulls.store.ts'
import { faultOfMode, standingOf } from './tables.rules.ts'

export type NewPull = Pick<Pull, 'url' | 'everyMinutes' | 'mode'> & {
  readonly token?: string | undefined
  readonly user?: string | undefined
  readonly table?: Pull['table'] | undefined
  readonly risingColumn?: string | undefined
}

const mostOfEntry = 5

export type Pulls = ReturnType<typeof createPulls>

/** Files and tables that the platform reads on a schedule, each made a batch where something is new. */
export function createPulls(deps: PullsDeps) {
  const { database, aggregation, catalogue, ledger, jobs, clock, guard, seal } = deps
  const { db } = database

  async function requireOwn(session: Session, id: string): Promise<Pull> {
    const pull = await store.findPull(db, id)
    if (pull === undefined) throw new Problem('not-found')
    await aggregation.requireOwnEntry(session, pull.entryId)
    return pull
  }

  /** As it stands by now: what the last reading brought may have become live since. */
  async function current(pull: Pull): Promise<Pull> {
    if (pull.batchId === null) return pull
    const standing = standingOf(pull, await aggregation.stateOf(pull.batchId))
    return standing === 'under-way' ? pull : { ...pull, mark: standing.mark }
  }

  async function record(tx: Tx, session: Session, kind: string, pull: Pull): Promise<void> {
    const { id, url, everyMinutes, mode, table, risingColumn } = pull
    await ledger.record(tx, {
      kind,
      userId: session.user!.id,
      organisationId: session.user!.organisation!.id,
      entryId: pull.entryId,
      payload: {
        pull: id,
        host: new URL(url).host,
        everyMinutes,
        mode,
        ...(table !== null && { table: table.name, risingColumn }),
      },
    })
  }

  const runs = createRuns(deps)

  /** Refuses what does not go together: a table with a file, a way of reading with a mode, a field that is none. */
  function requireFit(entry: Entry, { url, user, table, risingColumn, mode }: NewPull): void {
    const isTable = dialectOf(new URL(url)) !== undefined
    if (!isTable && (table !== undefined || user !== undefined || risingColumn !== undefined))
      throw unfit('table', text('文件地址不能指定数据表', 'A file has no table to be named'))
    if (!isTable) return
    if (table == null)
      throw unfit('table', text('请写明要读取的表或者视图', 'Say which table or view to read'))
    const fault = faultOfMode(mode, risingColumn ?? null)
    if (fault !== undefined) throw unfit('mode', fault)
    const known = (entry.pending ?? entry.content).fields.map(({ name }) => name)
    if (table.columns.some(({ field }) => !known.includes(field)))
      throw unfit(
        'table.columns',
        text('有的信息项不在该目录条目中', 'A field is named that the entry has not'),
      )
    if (isBareAddress(new URL(url), guard)) throw unfit('url', bareAddress)
  }

  return {
    ...runs,

    /** How the rows that come this way stand against the update cycle of the entry. */
    async timeliness(pull: Pull): Promise<Timeliness> {
      const entry = await catalogue.find(pull.entryId)
      return timelinessOf(entry?.content, pull.changedAt ?? pull.createdAt, clock.now())
    },

    /** How it stands with the batch that was made last. */
    batchState: async ({ batchId }: Pull): Promise<BatchState | null> =>
      batchId === null ? null : aggregation.stateOf(batchId),

    async list(session: Session, entryId: string): Promise<readonly Pull[]> {
      await aggregation.requireOwnEntry(session, entryId)
      return Promise.all((await store.findPulls(db, entryId)).map(current))
    },

    async create(session: Session, entryId: string, words: NewPull): Promise<Pull> {
      const entry = await aggregation.requireOwnEntry(session, entryId)
      const { username, password } = new URL(words.url)
      if (username !== '' || password !== '') throw passwordInAddress()
      const { table = null, risingColumn = null } = words
      requireFit(entry, words)
      aggregation.requireWelcome(entry, table?.name ?? fileNameOf(words.url), words.mode)
      const at = clock.now()
      const pull: Pull = {
        id: newId(),
        entryId,
        userId: session.user!.id,
        userName: session.user!.name,
        url: words.url,
        user: words.user ?? null,
        table,
        risingColumn,
        mark: null,
        pendingMark: null,
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

    async runNow(session: Session, id: string, reading: 'due' | 'whole'): Promise<Pull> {
      const pull = await requireOwn(session, id)
      const last = pull.batchId === null ? null : await aggregation.stateOf(pull.batchId)
      await database.inTransaction(async (tx) => {
        if (reading === 'whole') await store.forgetMark(tx, id)
        // Nothing of it came in, and somebody wants it: the same file is taken once more.
        if (pull.table === null && (last === 'failed' || last === 'cancelled')) await store.forgetFile(tx, id)
        await jobs.file(tx, pullJob, id, clock.now())
      })
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

const passwordInAddress = (): Problem =>
  new Problem('content-incomplete', {
    condition: text('地址中不能含有用户名或密码', 'The address may not hold a user name or a password'),
    remedy: text('请改用令牌。', 'Use a token.'),
    errors: [{ path: 'url', message: text('含有用户名或密码', 'Holds a user name or a password') }],
  })

const unfit = (path: string, message: Text): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })

const bareAddress = text(
  '该数据库地址不在平台开放的内网网段，必须加密连接：请在地址末尾加 ?sslmode=verify-full',
  'The address lies outside the inner ranges that the platform opens, so it is read with TLS only: put ?sslmode=verify-full at its end',
)

const tooMany = (): Problem =>
  new Problem('refused-by-platform', {
    condition: text(
      `每个条目至多登记 ${mostOfEntry} 个定时拉取（平台规则，非法定）`,
      `An entry has ${mostOfEntry} scheduled fetches at most (a rule of the platform)`,
    ),
    remedy: text('请先停止不再使用的。', 'Stop those that are no longer used.'),
  })
