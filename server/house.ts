import type { Route } from '@tiaoli/contract/route'
import type { FastifyInstance } from 'fastify'
import { attestationJobs } from './attestation.ts'
import { handleJobs } from './background.ts'
import type { Config } from './config.ts'
import { mayFrame } from './doors/embedding.ts'
import { serveWeb } from './doors/static-web.ts'
import { createHttpServer, createMount } from './foundations/http/index.ts'
import type { Parts } from './parts.ts'
import { findHeadIn } from './rooms/interfaces/index.ts'
import { mountRoutes } from './routes.ts'

export type House = Parts & {
  readonly app: FastifyInstance
  /** Every route that is mounted, as the contract states it. */
  readonly mounted: readonly Route[]
  /** Begins background work; until then nothing happens by itself. */
  start(): Promise<void>
  close(): Promise<void>
}

/** How often what is known of the use of keys is written down. */
const writeUseEveryMs = 30_000

/** What one node destroys leaves the disks of the others within so long. */
const catchUpEveryMs = 5 * 60_000

/** Gives the parts doors and background work, and says in which order they begin and end. */
export async function openHouse(parts: Parts, config: Config): Promise<House> {
  const { aggregation, cases, catalogue, clock, database, dailyIndex, desk, gateway, identity, jobs } = parts
  const { lake, ledger, rulebook, streams, systems, mapTiles, publicUrl } = parts
  // Entries from before there was an index are read once, before anybody searches.
  await catalogue.indexBehind(undefined, 1)
  handleJobs(parts)
  const app = await createHttpServer({ maxUploadBytes: config.maxUploadBytes, logErrors: !config.testMode })
  const { mount, mounted } = createMount(app, async (request) =>
    desk.handOvers.withStandIns(await identity.resolveSession(request)),
  )
  mountRoutes(mount, parts)
  await serveWeb(app, {
    findHead: findHeadIn({ catalogue, gateway, identity, rulebook, publicUrl }),
    mapTiles,
    mayFrame: mayFrame(gateway),
  })

  const again = (work: () => Promise<unknown>, everyMs: number): NodeJS.Timeout =>
    setInterval(() => void work().catch((error) => app.log.error(error)), everyMs).unref()
  const timers = [again(identity.keys.flushUse, writeUseEveryMs), again(lake.catchUp, catchUpEveryMs)]

  return {
    ...parts,
    app,
    mounted,
    async start() {
      await aggregation.recover()
      await cases.countOlder()
      await cases.markOverdue(clock.now())
      // Keys that do not fit the log stop the start: what cannot be signed must not be answered.
      await ledger.open()
      await dailyIndex.latest()
      ledger.start()
      await systems.beat()
      await attestationJobs(parts, parts).begin()
      await jobs.start()
      streams.start()
    },
    async close() {
      for (const timer of timers) clearInterval(timer)
      await app.close()
      await streams.stop()
      await jobs.stop()
      await ledger.stop()
      await identity.keys.flushUse()
      await lake.close()
      await database.close()
    },
  }
}
