import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@tiaoli/kernel/instants'
import { migrate } from '@tiaoli/server/foundations/database/index'
import { openFreshDatabase } from '@tiaoli/server/foundations/database/test-kit'
import {
  cosigner,
  createLedger,
  folderStorage,
  ledgerMigrations,
  openSigningKey,
  type Receipt,
} from '@tiaoli/server/foundations/ledger/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goEnvironment, whyNoGo } from '../go.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const go = (...args: string[]) => execFileSync('go', args, { cwd: here, env: goEnvironment, stdio: 'pipe' })

/** Why it cannot be run here, if it cannot. */
function obstacle(): string | undefined {
  if (process.env.TEST_DATABASE_URL === undefined) return 'no PostgreSQL'
  const absent = whyNoGo()
  if (absent !== undefined) return absent
  try {
    go('mod', 'download')
    return undefined
  } catch {
    return 'Go modules are out of reach'
  }
}

/** More than 256 × 256, so that there are tiles of three levels. */
const records = 66_000
const olderSize = 1_000

const missing = obstacle()
describe.skipIf(missing !== undefined)(
  `conformance with Go's tlog and note${missing ? ` (${missing})` : ''}`,
  () => {
    let folder: string
    let checker: string
    let log: string
    let vkey: string
    const witness = cosigner('witness.test/w1', generateKeyPairSync('ed25519').privateKey)

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tiaoli-conformance-'))
      checker = join(folder, 'checker')
      log = join(folder, 'log')
      go('build', '-o', checker, '.')
      const database = await openFreshDatabase(process.env.TEST_DATABASE_URL!)
      await migrate(database, [ledgerMigrations])
      const ledger = createLedger({
        database,
        storage: folderStorage(log),
        signingKey: await openSigningKey(join(folder, 'key.pem')),
        origin: 'conformance.test/ledger',
        clock: systemClock,
      })
      vkey = ledger.publicKey()
      const ids: string[] = []
      const append = async () => void ids.push((await ledger.append({ kind: 'access.rows' })).id)
      await Promise.all(Array.from({ length: olderSize }, append))
      await ledger.sequence()
      cpSync(join(log, 'checkpoint'), join(folder, 'older'))
      while (ids.length < records) await Promise.all(Array.from({ length: 5_000 }, append))
      await ledger.sequence()
      const receipts: Receipt[] = []
      for (let at = 0; at < ids.length; at += 997) receipts.push(await ledger.receipt(ids[at]!))
      writeFileSync(join(folder, 'receipts.json'), JSON.stringify(receipts))
      const { checkpoint } = (await ledger.logs())[0]!
      await ledger.publishCosigned('', checkpoint!.note + witness.cosign(checkpoint!.text, new Date()))
      await database.close()
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    const check = (logFolder: string): string =>
      execFileSync(
        checker,
        [logFolder, vkey, join(folder, 'older'), join(folder, 'receipts.json'), witness.verifierKey],
        {
          encoding: 'utf8',
          stdio: 'pipe',
        },
      )

    it('holds for a log of three tile levels', () => {
      expect(check(log)).toMatch(/^66000 entries, prefix of 1000, 67 receipts, cosigned\n$/)
    })

    it.each([
      'tile/0/007',
      'tile/1/000',
      'tile/2/000.p/1',
      'tile/entries/200',
      'checkpoint',
      'checkpoint.witnessed',
    ])('fails when %s is changed', (path) => {
      const copy = join(folder, 'copy')
      rmSync(copy, { recursive: true, force: true })
      cpSync(log, copy, { recursive: true })
      const bytes = readFileSync(join(copy, path))
      bytes[30]! ^= 1
      writeFileSync(join(copy, path), bytes)
      expect(() => check(copy)).toThrow()
    })
  },
)
