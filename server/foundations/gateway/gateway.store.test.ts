import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@tiaoli/kernel/instants'
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
import { createGateway, type Gateway, type LakePort } from './index.ts'
import { department, entry, grant, useRules } from './test-facts.ts'

/** The gateway over a real ledger, with grants in a table, as two nodes of one installation. */
describeStores('gateway', [ledgerMigrations], (open) => {
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
})
