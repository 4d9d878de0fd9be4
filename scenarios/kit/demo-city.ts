import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adjustableClock, clockStartingAt } from '@tiaoli/kernel/instants'
import { compose } from '@tiaoli/server/compose'
import { readConfig } from '@tiaoli/server/config'
import { fillDemoCity } from '@tiaoli/server/demo/index'
import {
  createFreshDatabase,
  dropFreshDatabase,
  houseTemplate,
  inMemory,
} from '@tiaoli/server/foundations/database/fresh-database'
import type { House } from '@tiaoli/server/house'
import { rulebookOf } from '@tiaoli/server/serve'
import { type Caller, callerOf } from './caller.ts'
import { cityPassword } from './city.ts'

export type DemoCity = {
  readonly house: House
  /** A new session of one of the demo's accounts; they all have the password of the cities of scenarios. */
  signIn(username: string): Promise<Caller>
  settle(): Promise<void>
  close(): Promise<void>
}

/** The city that a visitor of the demo finds, on a fresh store. */
export async function openDemoCity(city: string, environment: Record<string, string>): Promise<DemoCity> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-demo-'))
  const clock = adjustableClock(clockStartingAt(new Date('2026-09-28T02:00:00Z')))
  const template = houseTemplate()
  const fresh = template && (await createFreshDatabase(template.serverUrl, template.name))
  const told = readConfig({
    TIAOLI_TEST: '1',
    TIAOLI_DATA: folder,
    TIAOLI_CITY: city,
    TIAOLI_LIMIT_FACTOR: '0',
    TIAOLI_PUBLIC_URL: 'https://data.city.invalid',
    DATABASE_URL: fresh,
    ...environment,
  })
  const database = fresh ? told.database : inMemory('tables')
  const house = await compose({ ...told, clock, database }, await rulebookOf(city))
  await fillDemoCity(house, { clock, password: cityPassword })
  return {
    house,
    signIn: (username) => callerOf(house, { username, password: cityPassword }),
    settle: async () => {
      await house.jobs.settle()
      await house.ledger.sequence()
    },
    async close() {
      await house.close()
      if (template && fresh) await dropFreshDatabase(template.serverUrl, fresh)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
