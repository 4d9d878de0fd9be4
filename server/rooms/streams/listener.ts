import { newId } from '@tiaoli/kernel/ids'
import { type Text, text } from '@tiaoli/kernel/text'
import { hearMessages, type OutboundError } from '../../foundations/outbound/index.ts'
import { type StreamsDeps, streamBatchJob, streamSilentJob } from './streams.deps.ts'
import type { Stream } from './streams.model.ts'
import { brokerRefused, keptOf } from './streams.rules.ts'
import * as store from './streams.store.ts'

const tendEveryMs = 5_000

/** Hears the streams that no other node hears: connected, and connected anew after a break, as long as they exist. */
export function createListener(deps: StreamsDeps) {
  const { database, catalogue, notices, jobs, clock, guard, seal, onError } = deps
  const { db } = database
  const holder = newId()
  /** How to stop, by stream. */
  const heard = new Map<string, () => void>()
  let timer: NodeJS.Timeout | undefined
  let tending: Promise<void> | undefined
  /** What is told of a stream is written down in its order. */
  let told: Promise<unknown> = Promise.resolve()

  const tell = (work: () => Promise<unknown>): void => {
    told = told.then(work).catch(onError)
  }

  /** Kept when this has ended: only then the broker is answered. */
  async function keep(stream: Stream, topic: string, payload: Buffer): Promise<void> {
    const entry = await catalogue.find(stream.entryId)
    const at = clock.now()
    const fields = (entry?.pending ?? entry?.content)?.fields.map(({ name }) => name) ?? []
    const message = keptOf(payload, { topic, receivedAt: at.toISOString() }, fields, stream.mapping)
    await database.inTransaction(async (tx) => {
      if (!(await store.keep(tx, stream.id, holder, [message], at)))
        throw new Error('the stream is heard elsewhere by now')
      const waiting = await store.countWaiting(tx, stream.id)
      if (waiting >= stream.everyMessages) await jobs.file(tx, streamBatchJob, stream.id, at)
      else if (waiting === 1)
        await jobs.file(tx, streamBatchJob, stream.id, new Date(at.getTime() + stream.everySeconds * 1_000))
    })
  }

  async function fail(stream: Stream, failure: Text): Promise<void> {
    const current = await store.findStream(db, stream.id)
    if (current === undefined) return
    await database.inTransaction(async (tx) => {
      const mine = await store.writeState(tx, stream.id, { state: 'failing', failure }, holder)
      if (!mine || current.state === 'failing') return
      await notices.send(tx, [stream.userId], {
        kind: 'stream.failing',
        title: text('消息流接入中断', 'A stream is not heard any more'),
        body: text(
          `${new URL(stream.url).host}：${failure.zh}`,
          `${new URL(stream.url).host}: ${failure.en}`,
        ),
        link: `/desk/entries/${stream.entryId}/upload`,
      })
    })
  }

  async function hear(id: string): Promise<void> {
    const stream = await store.findStream(db, id)
    if (stream === undefined || heard.has(id)) return
    await jobs.file(db, streamSilentJob, id, clock.now())
    heard.set(id, () => undefined)
    const ended = (error: OutboundError): void => {
      heard.delete(id)
      tell(() => fail(stream, causes[error.code] ?? unreachable))
    }
    const { topic, user, sealedPassword } = stream
    const password = sealedPassword === null ? null : seal.open(sealedPassword)
    try {
      const stop = await hearMessages(
        { url: new URL(stream.url), topic, user, password, guard, clientId: `tiaoli-${id}` },
        {
          onMessage: (message) => keep(stream, message.topic, message.payload),
          onListening: () =>
            tell(() => store.writeState(db, id, { state: 'listening', failure: null }, holder)),
          onEnd: ended,
        },
      )
      if (heard.has(id)) heard.set(id, stop)
    } catch (error) {
      ended(error as OutboundError)
    }
  }

  async function tendNow(): Promise<void> {
    const mine = new Set(await store.hold(db, holder))
    for (const [id, stop] of heard)
      if (!mine.has(id)) {
        heard.delete(id)
        stop()
      }
    for (const id of mine) await hear(id)
  }

  /** One round after the other: two at once would connect twice. */
  function tend(): Promise<void> {
    tending = (tending ?? Promise.resolve()).then(tendNow).catch(onError)
    return tending
  }

  return {
    tend,
    start(): void {
      timer = setInterval(() => void tend(), tendEveryMs)
      // The embedded store has one node: a killed one that held streams is not to be waited for.
      if (!database.manyConnections) tending = store.releaseAll(db).catch(onError)
      void tend()
    },
    /** Gives back what this node hears, so that another one hears it at once. */
    async stop(): Promise<void> {
      clearInterval(timer)
      await tending
      for (const stop of heard.values()) stop()
      heard.clear()
      await told
      await store.release(db, holder).catch(onError)
    },
  }
}

const unreachable = text('连接不上，或连接中断', 'No connection, or it broke')
const causes: Partial<Record<OutboundError['code'], Text>> = {
  'address-not-allowed': text('地址不在平台允许访问的范围内', 'The platform may not call this address'),
  'not-encrypted': text(
    '该地址须加密连接，请使用 mqtts://',
    'The address is heard with TLS only: use mqtts://',
  ),
  refused: brokerRefused,
}
