import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CivilDate, systemClock } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/index.ts'
import { describeStores } from '../database/test-kit.ts'
import {
  createLedger,
  folderStorage,
  type Ledger,
  ledgerMigrations,
  openSigningKey,
} from '../ledger/index.ts'
import { createGateway, createGrantMeter, type Gateway, gatewayMigrations, type LakePort } from './index.ts'
import { department, entry, grant, useRules } from './test-facts.ts'

/** The gateway over a real ledger, with grants in a table, as two nodes of one installation. */
describeStores('gateway', [ledgerMigrations, gatewayMigrations], (open) => {
  let folder: string
  let database: Database
  let ledger: Ledger
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiaoli-gateway-'))
    database = await open()
    await database.script('create table held (revoked_at text); insert into held values (null);')
    ledger = await openLedger()
  })
  afterEach(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })

  const openLedger = async () =>
    createLedger({
      database,
      storage: folderStorage(join(folder, 'log')),
      signingKey: await openSigningKey(join(folder, 'key.pem')),
      origin: 'gateway.test/ledger',
      clock: systemClock,
    })

  const notAsked = async (): Promise<never> => {
    throw new Error('not asked in this test')
  }
  const lake: LakePort = {
    readerFor: async () => ({
      snapshotId: 'snapshot',
      fieldNames: ['name'],
      typeOf: () => 'text',
      keyFields: ['name'],
      rowByKey: async () => ({ name: '甲公司' }),
      page: notAsked,
      aggregate: notAsked,
      export: notAsked,
      checkSelection: () => undefined,
    }),
  }

  const openNode = async (): Promise<Gateway> =>
    createGateway({
      pseudonymSecret: 'for tests',
      ledger: await openLedger(),
      lake,
      facts: {
        entryFacts: async () => entry,
        grantsOf: async () => {
          const { rows } = await sql<{ revoked_at: string | null }>`select revoked_at from held`.execute(
            database.db,
          )
          return rows.map((row) => ({ ...grant, validUntil: null, revokedAt: row.revoked_at }))
        },
      },
      use: useRules,
      clock: systemClock,
    })

  const setRevoked = (at: string | null) =>
    database.inTransaction(async (tx) => {
      await sql`update held set revoked_at = ${at}`.execute(tx)
      await ledger.turnEpoch(tx)
    })

  it('obeys a change on every node from the next call on', async () => {
    const nodes = [await openNode(), await openNode()]
    const ask = (node: Gateway) => node.row(department, 'entry', { name: '甲公司' }, ['name'], {})
    for (let change = 0; change < 5; change++) {
      for (const node of nodes) expect(await ask(node)).toMatchObject({ ok: true })
      await setRevoked('2026-10-14T01:00:00.000Z')
      for (const node of nodes) expect(await ask(node)).toMatchObject({ refusal: { code: 'grant-revoked' } })
      await setRevoked(null)
    }
  })

  it('leaves a receipt for every answer', async () => {
    const node = await openNode()
    const answer = await node.row(department, 'entry', { name: '甲公司' }, ['name'], {})
    if (!answer.ok) throw new Error('refused')
    const receipt = await ledger.receipt(answer.value.recordId)
    expect(JSON.parse(receipt.record!)).toMatchObject({
      kind: 'access.rows',
      entryId: 'entry',
      grantId: 'grant',
      organisationId: 'department',
      payload: { fields: ['name'], rows: 1 },
    })
    expect(receipt.record).not.toContain('甲公司')
  })

  it('counts what is taken under a grant in one step, by the day of China and the minute', async () => {
    let now = new Date('2026-10-14T15:59:30.000Z')
    const limits = { rowsPerDay: 10, requestsPerMinute: 4 }
    const [meter, other] = [0, 1].map(() => createGrantMeter(database, { now: () => now }))
    const take = (of: typeof meter, rows: number, whole = false) => of!.take('grant', limits, { rows, whole })
    // Six calls at once at two nodes: as much goes out as there is, and no more.
    const taken = await Promise.all(Array.from({ length: 6 }, (_, at) => take(at % 2 ? meter : other, 3)))
    expect(taken.map((each) => ('rows' in each ? each.rows : each.refusal.code)).sort()).toEqual([
      1,
      3,
      3,
      3,
      'grant-requests-used-up',
      'grant-requests-used-up',
    ])
    await meter!.giveBack('grant', '2026-10-14' as CivilDate, 4)
    expect(await other!.usedOf(['grant', 'unused'])).toEqual(
      new Map([['grant', { rowsToday: 6, requestsThisMinute: 4 }]]),
    )
    now = new Date('2026-10-14T16:00:00.000Z')
    expect((await meter!.usedOf(['grant'])).get('grant')).toEqual({ rowsToday: 0, requestsThisMinute: 0 })
    expect(await take(meter, 11, true)).toMatchObject({ refusal: { code: 'grant-rows-used-up' } })
    expect(await take(meter, 10, true)).toMatchObject({ rows: 10, day: '2026-10-15' })
    // What comes back late from yesterday is not put on today's account.
    await meter!.giveBack('grant', '2026-10-14' as CivilDate, 6)
    expect((await meter!.usedOf(['grant'])).get('grant')).toMatchObject({ rowsToday: 10 })
  })
})
