import { setTimeout as sleep } from 'node:timers/promises'
import type { HarvestRun } from '@tiaoli/contract/harvesting'
import { expect } from 'vitest'
import { dataset, openRemote } from '../interfaces/remote-catalogue.ts'
import { type Person, signIn } from './people.ts'

const sources = '/api/v1/harvest-sources'
const count = 400

/** What a node has to be told so that it may read a catalogue on this machine. */
export const mayHarvest = { TIAOLI_REACHABLE_HARVEST: '127.0.0.0/8' }

export type BegunHarvest = { expectWhole(address: string): Promise<void>; close(): Promise<void> }

/** Begins to bring a catalogue of others into the one of a server, and comes back as soon as it is written. */
export async function beginHarvest(address: string): Promise<BegunHarvest> {
  const remote = await openRemote()
  remote.datasets = Array.from({ length: count }, (_, at) => dataset(at))
  const steward = await signIn(address, 'market')
  const mine = await totalOf(steward)
  const words = { name: '外部平台', kind: 'ckan', url: remote.address, everyHours: null }
  const source: string = (await steward.post(sources, words))!.body.id
  const begin = async (by: Person, mode: 'try' | 'real'): Promise<string> =>
    (await by.post(`${sources}/${source}/runs`, { mode }))!.body.id
  async function followed(by: Person, run: string, isSo: (run: HarvestRun) => boolean): Promise<HarvestRun> {
    for (;;) {
      const { body } = (await by.get(`${sources}/${source}/runs/${run}`))!
      if (isSo(body)) return body
      await sleep(10)
    }
  }
  const hasEnded = ({ endedAt }: HarvestRun) => endedAt !== null
  await followed(steward, await begin(steward, 'try'), hasEnded)
  const run = await begin(steward, 'real')
  // However much of it is written when the answer is here: what is expected holds wherever it is broken off.
  await followed(steward, run, (now) => now.state === 'writing' || hasEnded(now))
  return {
    close: remote.close,
    async expectWhole(address) {
      const steward = await signIn(address, 'market')
      const done = await followed(steward, run, hasEnded)
      expect(done).toMatchObject({ state: 'done', counts: { read: count, added: count, without: 0 } })
      const second = await followed(steward, await begin(steward, 'real'), hasEnded)
      expect(second.counts).toMatchObject({ read: count, same: count, added: 0, changed: 0, withdrawn: 0 })
      expect(await totalOf(steward)).toBe(mine + count)
    },
  }
}

async function totalOf(steward: Person): Promise<number> {
  return (await steward.get('/api/v1/entries?scope=mine&limit=1'))!.body.total
}
