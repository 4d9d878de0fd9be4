import { Readable } from 'node:stream'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { isBareBroker } from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { BatchState } from '../aggregation/index.ts'
import { type Timeliness, timelinessOf } from '../catalogue/index.ts'
import { createListener } from './listener.ts'
import { createSilence } from './silence.ts'
import { type StreamsDeps, streamBatchJob } from './streams.deps.ts'
import type { Stream } from './streams.model.ts'
import { noLongerEntrusted } from './streams.rules.ts'
import * as store from './streams.store.ts'

export type NewStream = Pick<
  Stream,
  'url' | 'topic' | 'mapping' | 'mode' | 'everyMessages' | 'everySeconds'
> & {
  readonly user?: string | undefined
  readonly password?: string | undefined
}

const mostOfEntry = 3
/** Messages of one batch, and of one question to the database. */
const mostOfBatch = 200_000
const linesAtOnce = 2_000
const makeAgainMs = 15 * 60_000
const underWay: ReadonlySet<BatchState> = new Set(['profiling', 'awaiting-acceptance', 'loading'])

export type Streams = ReturnType<typeof createStreams>

/** Messages of brokers, kept as they are heard and taken in as small batches. */
export function createStreams(deps: StreamsDeps) {
  const { database, aggregation, catalogue, identity, ledger, jobs, clock, guard, seal } = deps
  const { db } = database
  const listener = createListener(deps)
  const silence = createSilence(deps)

  async function record(tx: Tx, session: Session, kind: string, stream: Stream): Promise<void> {
    const { id, url, topic, mode } = stream
    await ledger.record(tx, {
      kind,
      userId: session.user!.id,
      organisationId: session.user!.organisation!.id,
      entryId: stream.entryId,
      payload: { stream: id, host: new URL(url).host, topic, mode },
    })
  }

  /** A row stands first, so that the lines are known for what they are; the others follow in their order. */
  async function* linesOf(lot: store.Lot, first: { readonly number: number; readonly line: string }) {
    yield `${first.line}\n`
    for (let last: number | null = null; ; ) {
      const lines: Awaited<ReturnType<typeof store.nextLines>> = await store.nextLines(
        db,
        lot,
        last,
        linesAtOnce,
      )
      for (const { number, line } of lines) if (number !== first.number) yield `${line}\n`
      if (lines.length < linesAtOnce) return
      last = lines.at(-1)!.number
    }
  }

  /** When to look again what has become of the batch, and what came meanwhile. */
  const later = ({ everySeconds }: Stream): Date => new Date(clock.now().getTime() + everySeconds * 1_000)

  return {
    start: listener.start,
    stop: listener.stop,
    /** Looks now which streams are to be heard, instead of at the next round. */
    tend: listener.tend,

    /**
     * Makes a batch of what waits. Messages are kept until their batch is live: those of one that failed come with the
     * next one, and what a steward has stopped is given up.
     */
    async makeBatch(id: string): Promise<void> {
      const stream = await store.findStream(db, id)
      if (stream === undefined) return
      const last = stream.batchId === null ? null : await aggregation.stateOf(stream.batchId)
      if (last !== null && underWay.has(last)) return jobs.file(db, streamBatchJob, id, later(stream))
      await store.settleBatch(db, id, last !== 'failed')
      const upTo = await store.endOfLot(db, id, mostOfBatch)
      if (upTo === null) return
      // Of several rows with one key in a file the first counts, and of several messages the newest.
      const lot = { id, upTo, newestFirst: stream.mode === 'upsert' }
      const first = await store.firstRow(db, lot)
      // Nothing but what is no message: it waits for a row, and comes into the report beside it.
      if (first === undefined) return jobs.file(db, streamBatchJob, id, later(stream))
      const entry = await catalogue.find(stream.entryId)
      const stewards = await database.inTransaction((tx) =>
        identity.members(tx, entry?.providerId ?? '', ['steward']),
      )
      if (entry === undefined || !stewards.includes(stream.userId))
        return void (await store.writeState(db, id, { state: 'failing', failure: noLongerEntrusted }))
      const input = {
        fileName: stream.topic.replace(/[./#+]/g, '_').slice(0, 200),
        encoding: 'utf-8',
        mode: stream.mode,
        autoAccept: true,
      }
      const rows = Readable.from(linesOf(lot, first), { objectMode: false })
      const user = { id: stream.userId, name: stream.userName }
      await aggregation.takeIn(entry, user, rows, input, async (tx, batchId) => {
        await store.noteBatch(tx, id, upTo, batchId)
        await jobs.file(tx, streamBatchJob, id, later(stream))
      })
    },

    watchForSilence: silence.watch,

    /** A batch that could not be made again and again for a reason of the platform's own is not the last one. */
    makeLater: (id: string): Promise<void> =>
      jobs.file(db, streamBatchJob, id, new Date(clock.now().getTime() + makeAgainMs)),

    /** How the rows that come this way stand against the update cycle of the entry. */
    async timeliness(stream: Stream): Promise<Timeliness> {
      const entry = await catalogue.find(stream.entryId)
      return timelinessOf(entry?.content, stream.heardAt ?? stream.createdAt, clock.now())
    },

    /** How it stands with the batch that was made last. */
    batchState: async ({ batchId }: Stream): Promise<BatchState | null> =>
      batchId === null ? null : aggregation.stateOf(batchId),

    async list(session: Session, entryId: string): Promise<readonly Stream[]> {
      await aggregation.requireOwnEntry(session, entryId)
      return store.findStreams(db, entryId)
    },

    async create(session: Session, entryId: string, words: NewStream): Promise<Stream> {
      const entry = await aggregation.requireOwnEntry(session, entryId)
      const known = (entry.pending ?? entry.content).fields.map(({ name }) => name)
      if (words.mapping.some(({ field }) => !known.includes(field)))
        throw unfit('mapping', text('有的信息项不在该目录条目中', 'A field is named that the entry has not'))
      if (isBareBroker(new URL(words.url), guard)) throw unfit('url', bareAddress)
      aggregation.requireWelcome(entry, words.topic, words.mode)
      const { user = null, password, ...given } = words
      const stream: Stream = {
        ...given,
        id: newId(),
        entryId,
        userId: session.user!.id,
        userName: session.user!.name,
        user,
        sealedPassword: password === undefined ? null : seal.seal(password),
        state: 'connecting',
        failure: null,
        heardAt: null,
        heard: 0,
        malformed: 0,
        waiting: 0,
        batchId: null,
        createdAt: clock.now(),
      }
      await database.inTransaction(async (tx) => {
        if ((await store.findStreams(tx, entryId)).length >= mostOfEntry) throw tooMany()
        await store.insertStream(tx, stream)
        await record(tx, session, 'stream.created', stream)
      })
      await listener.tend()
      return stream
    },

    async remove(session: Session, id: string): Promise<void> {
      const stream = await store.findStream(db, id)
      if (stream === undefined) throw new Problem('not-found')
      await aggregation.requireOwnEntry(session, stream.entryId)
      await database.inTransaction(async (tx) => {
        await store.removeStream(tx, id)
        await record(tx, session, 'stream.removed', stream)
      })
      await listener.tend()
    },
  }
}

const unfit = (path: string, message: ReturnType<typeof text>): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })

const bareAddress = text(
  '该地址不在平台开放的内网网段，必须加密连接：请使用 mqtts://',
  'The address lies outside the inner ranges that the platform opens, so it is heard with TLS only: use mqtts://',
)

const tooMany = (): Problem =>
  new Problem('refused-by-platform', {
    condition: text(
      `每个条目至多登记 ${mostOfEntry} 个消息流（平台规则，非法定）`,
      `An entry has ${mostOfEntry} streams at most (a rule of the platform)`,
    ),
    remedy: text('请先停止不再使用的。', 'Stop those that are no longer used.'),
  })
