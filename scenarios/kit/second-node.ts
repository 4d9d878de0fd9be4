import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adjustableClock } from '@tiaoli/kernel/instants'
import { compose } from '@tiaoli/server/compose'
import { readConfig } from '@tiaoli/server/config'
import type { House } from '@tiaoli/server/house'
import { rulebookOf } from '@tiaoli/server/serve'
import type { City } from './city.ts'

export type SecondNode = {
  readonly house: House
  readonly folder: string
  /** Sets the clocks of both nodes. */
  at(instant: string): void
  close(): Promise<void>
}

/** A second node: a disk of its own with the secrets of the first, and the same database. */
export async function openSecondNode(
  { city, databaseUrl, id }: { readonly city: City; readonly databaseUrl: string; readonly id: string },
  environment: Readonly<Record<string, string>> = {},
): Promise<SecondNode> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-second-'))
  for (const name of await readdir(city.dataFolder))
    if (/-secret$|\.pem$/.test(name) && !name.startsWith('ledger-'))
      await copyFile(join(city.dataFolder, name), join(folder, name))
  const clock = adjustableClock()
  const told = readConfig({
    TIAOLI_TEST: '1',
    TIAOLI_DATA: folder,
    TIAOLI_CITY: id,
    TIAOLI_NODE: 'second',
    DATABASE_URL: databaseUrl,
    TIAOLI_LIMIT_FACTOR: '0',
    TIAOLI_PUBLIC_URL: 'https://data.city.invalid',
    ...environment,
  })
  const house = await compose({ ...told, clock }, await rulebookOf(id))
  // What is to be done in the background is done by the first: it is known who did it, and when all of it is done.
  await house.jobs.stop()
  return {
    house,
    folder,
    at(instant) {
      city.at(instant)
      clock.setTo(new Date(instant))
    },
    async close() {
      await house.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
