import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HarvestRun } from '@tiaoli/contract/harvesting'
import { expect, it } from 'vitest'
import { dataset, openRemote } from '../interfaces/remote-catalogue.ts'
import { seed, startServer } from './node.ts'
import { type Person, signIn } from './people.ts'

const sources = '/api/v1/harvest-sources'
const count = 600

/** Asks for the run until it is as it should be, or gives what it was last where the server is gone. */
async function followed(
  steward: Person,
  source: string,
  run: string,
  isSo: (run: HarvestRun) => boolean,
): Promise<HarvestRun> {
  for (;;) {
    const { body } = (await steward.get(`${sources}/${source}/runs/${run}`))!
    if (isSo(body)) return body
    await sleep(10)
  }
}

it('goes on with a harvest where a server was killed in the midst of it', { timeout: 180_000 }, async () => {
  const remote = await openRemote()
  remote.datasets = Array.from({ length: count }, (_, at) => dataset(at))
  const dataFolder = mkdtempSync(join(tmpdir(), 'tiaoli-harvest-'))
  const store = { dataFolder, environment: { TIAOLI_REACHABLE_HARVEST: '127.0.0.0/8' } }
  await seed(store)

  const killed = await startServer(store)
  const before = await signIn(killed.address, 'market')
  const words = { name: '外部平台', kind: 'ckan', url: remote.address, everyHours: null }
  const source = (await before.post(sources, words))!.body.id
  const begin = async (steward: Person, mode: 'try' | 'real'): Promise<string> =>
    (await steward.post(`${sources}/${source}/runs`, { mode }))!.body.id
  await followed(before, source, await begin(before, 'try'), ({ state }) => state === 'done')
  const run = await begin(before, 'real')
  // Whatever of the writing is done by the time that the answer is here: what follows holds wherever it is broken off.
  await followed(before, source, run, ({ state }) => state === 'writing' || state === 'done')
  await killed.kill()

  const server = await startServer(store)
  try {
    const steward = await signIn(server.address, 'market')
    const done = await followed(steward, source, run, ({ endedAt }) => endedAt !== null)
    expect(done).toMatchObject({ state: 'done', counts: { read: count, added: count, without: 0 } })
    const again = await begin(steward, 'real')
    const second = await followed(steward, source, again, ({ endedAt }) => endedAt !== null)
    expect(second.counts).toMatchObject({ read: count, same: count, added: 0, changed: 0, withdrawn: 0 })
    // Beside the entry that was there: each once, and no other.
    const { body } = (await steward.get('/api/v1/entries?scope=mine&limit=1'))!
    expect(body.total).toBe(count + 1)
  } finally {
    await server.kill()
    await remote.close()
    rmSync(dataFolder, { recursive: true })
  }
})
