import type { HarvestRun } from '@tiaoli/contract/harvesting'
import { expect } from 'vitest'
import { type Caller, callerOf } from '../kit/caller.ts'
import { cityPassword, openCity } from '../kit/city.ts'
import { type dataset, openRemote } from './remote-catalogue.ts'

export const sources = '/api/v1/harvest-sources'

export type HarvestingCity = Awaited<ReturnType<typeof openHarvestingCity>>

/** A city beside which somebody else's catalogue answers; its stewards may harvest it. */
export async function openHarvestingCity() {
  const remote = await openRemote()
  const city = await openCity('chongqing-2022', { environment: { TIAOLI_REACHABLE_HARVEST: '127.0.0.0/8' } })
  city.at('2026-09-01T02:00:00Z')
  const account = { username: 'keeper', password: cityPassword }
  await city.house.identity.createUser({
    ...account,
    name: '示例管理员',
    organisationId: 'authority',
    powers: ['admin'],
  })
  const admin = await callerOf(city.house, account)

  /** What is said of the remote catalogue to register it. */
  const words = () => ({ name: '外部平台', kind: 'ckan', url: remote.address, everyHours: null })
  async function register(more: object = {}, caller: Caller = city.steward): Promise<string> {
    const made = await caller.post(sources, { ...words(), ...more })
    expect(made.status, made.text).toBe(201)
    return made.body.id
  }
  async function harvest(id: string, mode: 'try' | 'real', more: object = {}): Promise<HarvestRun> {
    const asked = await city.steward.post(`${sources}/${id}/runs`, { mode, ...more })
    expect(asked.status, asked.text).toBe(202)
    await city.settle()
    return (await city.steward.get(`${sources}/${id}/runs/${asked.body.id}`)).body
  }
  /** A source of which these have been brought in. */
  async function brought(...datasets: ReturnType<typeof dataset>[]): Promise<string> {
    remote.datasets = datasets
    const id = await register()
    await harvest(id, 'try')
    expect(await harvest(id, 'real')).toMatchObject({ state: 'done', counts: { added: datasets.length } })
    return id
  }

  return {
    ...city,
    admin,
    remote,
    words,
    register,
    harvest,
    brought,
    entriesOf: async (id: string, query = '') =>
      (await city.steward.get(`${sources}/${id}/entries?limit=200${query}`)).body.items,
    /** How many entries the steward's body has. */
    mine: async () => (await city.steward.get('/api/v1/entries?scope=mine&limit=1')).body.total,
    async close(): Promise<void> {
      await city.close()
      await remote.close()
    },
  }
}

export const noticesOf = async (caller: Caller, kind: string) =>
  (await caller.get('/api/v1/notices?limit=200')).body.items.filter(
    (each: { kind: string }) => each.kind === kind,
  )
