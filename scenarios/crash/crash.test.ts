import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createFreshDatabase } from '../../server/foundations/database/fresh-database.ts'
import { openSigningKey } from '../../server/foundations/ledger/index.ts'
import { whyNoMosquitto } from '../../tools/packages.ts'
import { type BegunHarvest, beginHarvest, mayHarvest } from './harvest.ts'
import { expectNothingLost, expectWhole } from './inspect.ts'
import { type Store, seed, startInVain, startServer } from './node.ts'
import { mayHear, openSensor, type Sensor } from './sensor.ts'
import { nothingYet, signInAll, workUntilGone } from './work.ts'

/** Milliseconds that a server is left at work before it is killed: from hardly begun to well under way. */
const lives = (kills: number): number[] => Array.from({ length: kills }, (_, n) => 150 + ((n * 577) % 1_300))

/** Kills the server again and again in the midst of its work; each time holds the disk, and at the end the answers, to account. */
async function survive(store: Store, kills: number, sensor?: Sensor): Promise<void> {
  const seeded = await seed(store)
  const noted = nothingYet()
  const embedded = store.databaseUrl === undefined
  let harvest: BegunHarvest | undefined
  for (const [nth, lifeMs] of lives(kills).entries()) {
    const server = await startServer(store)
    const key = (await (await fetch(`${server.address}/ledger/key`)).text()).trim()
    const before = noted.batches.size
    // Nobody else can hold the lease of the embedded store's job: the next server takes it up at once.
    if (nth === 0) await sensor?.begin(server.address, seeded.levelsId)
    if (nth === kills - 1 && embedded) harvest = await beginHarvest(server.address)
    const work = workUntilGone(await signInAll(server.address), seeded, noted)
    // On a slow machine no life may be long enough for a batch to be acknowledged, or for another lot to be begun: every
    // third waits for both.
    if (nth % 3 === 2) await until(() => noted.batches.size > before && noted.pushed.lots > 1)
    await sleep(lifeMs)
    await server.kill()
    await work
    await expectWhole(store, key, noted)
  }
  const server = await startServer(store)
  try {
    await expectNothingLost(server.address, seeded, noted)
    await sensor?.expectWhole(server.address, seeded.levelsId)
    await harvest?.expectWhole(server.address)
  } finally {
    await server.kill()
    await harvest?.close()
  }
  expect(noted.batches.size).toBeGreaterThan(0)
  expect(noted.lost).toEqual([])
  expect(noted.pushed.lots).toBeGreaterThan(1)
  expect([...noted.cases.values()]).toContain('granted')
  expect(noted.records.size).toBeGreaterThan(kills)
}

/** Comes back when it is so, or after a time in which even a slow machine would have got there. */
async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!isSo() && Date.now() < end) await sleep(20)
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'tiaoli-kill-'))

describe('a server that is killed in the midst of ingest, appends, messages, decisions, accesses and a harvest', () => {
  it('on the embedded store loses nothing that it acknowledged', { timeout: 360_000 }, async () => {
    const dataFolder = folder()
    // Several nodes wait a while before one hears what a killed one heard; the embedded store has no other.
    const sensor = whyNoMosquitto() ? undefined : await openSensor()
    try {
      await survive({ dataFolder, environment: { ...mayHarvest, ...mayHear } }, 6, sensor)
    } finally {
      await sensor?.close()
    }
    // Whoever puts another key in its place gets no platform that signs with it, and none that stays half open.
    await openSigningKey(join(dataFolder, 'another.pem'))
    renameSync(join(dataFolder, 'another.pem'), join(dataFolder, 'ledger-key.pem'))
    const { code, said } = await startInVain({ dataFolder })
    expect(code).toBe(1)
    expect(said).toContain('日志与密钥或者数据不符，平台没有启动')
    rmSync(dataFolder, { recursive: true })
  })

  const url = process.env['TEST_DATABASE_URL']
  it.skipIf(url === undefined)(
    'on PostgreSQL loses nothing that it acknowledged',
    { timeout: 360_000 },
    async () => {
      const dataFolder = folder()
      await survive({ dataFolder, databaseUrl: await createFreshDatabase(url!) }, 3)
      rmSync(dataFolder, { recursive: true })
    },
  )
})
