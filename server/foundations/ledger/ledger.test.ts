import { hash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@tiaoli/kernel/instants'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/index.ts'
import { describeStores } from '../database/test-kit.ts'
import {
  createLedger,
  folderStorage,
  type JsonObject,
  type Ledger,
  type LedgerStorage,
  ledgerMigrations,
  openSigningKey,
  type Receipt,
} from './index.ts'
import { createRecordStore } from './records.store.ts'

const origin = 'ledger.test/tiaoli'

describeStores('ledger', [ledgerMigrations], (open) => {
  let folder: string
  let database: Database
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiaoli-ledger-'))
    database = await open()
  })
  afterEach(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })

  async function openLedger(storage = folderStorage(join(folder, 'log'))): Promise<Ledger> {
    const signingKey = await openSigningKey(join(folder, 'key.pem'))
    return createLedger({
      database,
      storage,
      signingKey,
      origin,
      clock: systemClock,
    })
  }

  /** A disk that fails for good after so many writes. */
  function endingAfter(writes: number, storage: LedgerStorage): LedgerStorage {
    let left = writes
    return {
      ...storage,
      write: async (path, bytes) => {
        if (left-- <= 0) throw new Error('the disk is gone')
        await storage.write(path, bytes)
      },
    }
  }

  it('gives a search up that takes too long, where a server can', async () => {
    const ledger = await openLedger()
    const { id } = await ledger.append({ kind: 'case.act', outcome: 'answered' })
    const store = createRecordStore(database, 60)
    expect((await store.find({ outcome: 'answered' })).records.map((record) => record.id)).toEqual([id])
    expect(await store.count({ outcome: 'answered' }, 10)).toEqual({ count: 1, more: false })
    if (database.manyConnections)
      await database.inTransaction(async (tx) => {
        await sql`lock table record in access exclusive mode`.execute(tx)
        await expect(store.find({ outcome: 'answered' })).rejects.toMatchObject({ code: 'search-too-long' })
        await expect(store.count({ outcome: 'answered' }, 10)).rejects.toMatchObject({
          code: 'search-too-long',
        })
      })
    await ledger.stop()
  })

  it('opens with the keys that its log is known by, and with no others', async () => {
    const ledger = await openLedger()
    await ledger.append({ kind: 'case.act' })
    await ledger.open()
    expect(ledger.fault()).toBeUndefined()
    const stranger = createLedger({
      database,
      storage: folderStorage(join(folder, 'log')),
      signingKey: await openSigningKey(join(folder, 'another.pem')),
      origin,
      clock: systemClock,
    })
    await expect(stranger.open()).rejects.toMatchObject({ code: 'ledger-forked' })
    expect(stranger.fault()).toMatchObject({ code: 'ledger-forked' })
  })

  it('keeps its key to itself and the same over restarts', async () => {
    const first = (await openLedger()).publicKey()
    expect((await openLedger()).publicKey()).toBe(first)
    expect(first.startsWith(`${origin}+`)).toBe(true)
    expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600)
  })

  it('records with the act or not at all', async () => {
    const ledger = await openLedger()
    const kept = await database.inTransaction((tx) => ledger.record(tx, { kind: 'case.act', caseId: 'c1' }))
    await expect(
      database.inTransaction(async (tx) => {
        await ledger.record(tx, { kind: 'case.act', caseId: 'c1' })
        throw new Error('the act failed')
      }),
    ).rejects.toThrow('the act failed')
    const { records } = await ledger.find({ caseId: 'c1' })
    expect(records.map((record) => record.id)).toEqual([kept.id])
  })

  it('lets callers that come together share writes', async () => {
    const ledger = await openLedger()
    const refs = await Promise.all(
      Array.from({ length: 600 }, (_, index) =>
        ledger.append({ kind: 'access.rows', entryId: 'e1', payload: { rows: index } }),
      ),
    )
    const { rows } = await sql<{ writes: number; records: number }>`
      select count(distinct xmin::text) as writes, count(*) as records from record`.execute(database.db)
    expect(rows[0]!.records).toBe(refs.length)
    expect(rows[0]!.writes).toBeLessThan(10)
  })

  it('gives a receipt whose entry is the digest of salt and record', async () => {
    const ledger = await openLedger()
    const ref = await ledger.append({
      kind: 'access.rows',
      organisationId: '市交通局',
      payload: { fields: ['名称', 'b"\\'], count: 1.5e-7, nested: { z: null, a: [true] } },
    })
    const receipt = await ledger.receipt(ref.id)
    expect(receipt.entry).toBe(hash('sha256', saltAndRecord(receipt), 'base64'))
    expect(JSON.parse(receipt.record!)).toMatchObject({ id: ref.id, at: ref.at, organisationId: '市交通局' })
    expect(receipt.checkpoint.startsWith(`${origin}\n1\n`)).toBe(true)
  })

  it('gives back the text that was hashed, whatever JSON was recorded', async () => {
    const ledger = await openLedger()
    const anything = fc.dictionary(fc.string(), fc.jsonValue()).filter(namesAreReadRight)
    const payloads = fc.sample(anything, 200) as JsonObject[]
    const refs = await Promise.allSettled(payloads.map((payload) => ledger.append({ kind: 'any', payload })))
    const kept = refs.filter((ref) => ref.status === 'fulfilled')
    expect(kept.length).toBeGreaterThan(100)
    for (const { value } of kept) {
      const receipt = await ledger.receipt(value.id)
      expect(hash('sha256', saltAndRecord(receipt), 'base64')).toBe(receipt.entry)
    }
  })

  it('erases content and keeps the proof, and records the erasure', async () => {
    const ledger = await openLedger()
    const ref = await ledger.append({ kind: 'access.rows', payload: { personal: '示例人' } })
    const before = await ledger.receipt(ref.id)
    await database.inTransaction((tx) =>
      ledger.erasePayload(tx, ref.id, { userId: 'officer', article: 'CQ-40' }),
    )
    const after = await ledger.receipt(ref.id)
    expect(after).toMatchObject({ record: null, salt: null, entry: before.entry, index: before.index })
    const { records } = await ledger.find({ kind: 'record.erased' })
    expect(records[0]).toMatchObject({ userId: 'officer', payload: { recordId: ref.id } })
  })

  it('pages through records, newest first', async () => {
    const ledger = await openLedger()
    for (let index = 0; index < 5; index++) await ledger.append({ kind: 'entry.act', entryId: 'e2' })
    const first = await ledger.find({ entryId: 'e2', limit: 3 })
    const second = await ledger.find({ entryId: 'e2', limit: 3, cursor: first.nextCursor! })
    const ids = [...first.records, ...second.records].map((record) => record.id)
    expect(ids).toEqual([...ids].sort().reverse())
    expect(ids).toHaveLength(5)
    expect(second.nextCursor).toBeNull()
    await expect(ledger.find({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'cursor-invalid' })
  })

  it('turns away what cannot be stored without harming those beside it', async () => {
    const ledger = await openLedger()
    const good = ledger.append({ kind: 'access.rows' })
    await expect(ledger.append({ kind: 'access.rows', outcome: 'a\u0000b' })).rejects.toMatchObject({
      code: 'record-invalid',
    })
    await expect(ledger.append({ kind: 'access.rows', payload: { s: '\ud800' } })).rejects.toMatchObject({
      code: 'record-invalid',
    })
    await ledger.append({ kind: 'access.rows', outcome: 'speaks of \\u0000 and \\ud800' })
    await expect(good).resolves.toMatchObject({ epoch: 1 })
  })

  it('tells a higher epoch to every append after a change', async () => {
    const ledger = await openLedger()
    const before = await ledger.append({ kind: 'access.rows' })
    await database.inTransaction((tx) => ledger.turnEpoch(tx))
    const after = await ledger.append({ kind: 'access.rows' })
    expect(after.epoch).toBe(before.epoch + 1)
    expect(await ledger.epoch()).toBe(after.epoch)
  })

  it('rejects its callers when the write fails', async () => {
    const ledger = await openLedger()
    await database.script('alter table record rename to record_away')
    await expect(ledger.append({ kind: 'access.rows' })).rejects.toMatchObject({ code: 'ledger-failed' })
  })

  it('refuses to sign over a log that has lost history', async () => {
    const ledger = await openLedger()
    await ledger.append({ kind: 'access.rows' })
    await ledger.append({ kind: 'access.rows' })
    await ledger.sequence()
    await database.script(
      'with lost as (delete from log_position where position = 1 returning record_id) delete from record where id in (select record_id from lost)',
    )
    await expect(ledger.sequence()).rejects.toMatchObject({ code: 'ledger-forked' })
  })

  it('builds the same log again from the records alone', async () => {
    const ledger = await openLedger()
    await Promise.all(Array.from({ length: 300 }, () => ledger.append({ kind: 'access.rows' })))
    await ledger.sequence()
    const before = await ledger.publicFile('checkpoint')
    rmSync(join(folder, 'log'), { recursive: true })
    const rebuilt = await openLedger()
    await rebuilt.sequence()
    expect((await rebuilt.publicFile('checkpoint'))!.bytes).toEqual(before!.bytes)
  })

  it('goes on to the same log from a crash after any single write', async () => {
    const ledger = await openLedger()
    await Promise.all(Array.from({ length: 250 }, () => ledger.append({ kind: 'access.rows' })))
    await ledger.sequence()
    const published = join(folder, 'published')
    cpSync(join(folder, 'log'), published, { recursive: true })
    await Promise.all(Array.from({ length: 300 }, () => ledger.append({ kind: 'access.rows' })))
    await ledger.sequence()
    const finished = readFileSync(join(folder, 'log', 'checkpoint'))
    const whole = folderStorage(join(folder, 'log'))
    for (let writes = 0, crashed = true; crashed; writes++) {
      rmSync(join(folder, 'log'), { recursive: true })
      cpSync(published, join(folder, 'log'), { recursive: true })
      crashed = await (await openLedger(endingAfter(writes, whole))).sequence().then(
        () => false,
        () => true,
      )
      await (await openLedger()).sequence()
      expect(readFileSync(join(folder, 'log', 'checkpoint'))).toEqual(finished)
    }
  })

  it('lets nodes append and sequence side by side', async ({ skip }) => {
    if (!database.manyConnections) skip('the embedded store serves one node')
    const nodes = [await openLedger(), await openLedger(), await openLedger()]
    const refs = await Promise.all(
      nodes.flatMap((node) =>
        Array.from({ length: 40 }, async () => {
          const ref = await node.append({ kind: 'access.rows' })
          await node.sequence()
          return ref
        }),
      ),
    )
    const indexes = await Promise.all(refs.map(async (ref) => (await nodes[0]!.receipt(ref.id)).index))
    expect(indexes.sort((a, b) => a - b)).toEqual(refs.map((_, index) => index))
  })

  it('serves the files of the log and no other', async () => {
    const ledger = await openLedger()
    await ledger.append({ kind: 'access.rows' })
    await ledger.sequence()
    expect(await ledger.publicFile('tile/entries/000.p/1')).toMatchObject({ immutable: true })
    expect((await ledger.publicFile('checkpoint'))!.immutable).toBe(false)
    for (const path of ['../key.pem', 'tile/../../key.pem', 'tile/0', 'tile/0/000', ''])
      expect(await ledger.publicFile(path)).toBeNull()
  })
})

const saltAndRecord = (receipt: Receipt): Buffer =>
  Buffer.concat([Buffer.from(receipt.salt!, 'base64'), Buffer.from(receipt.record!)])

/**
 * The engine may read an escaped name in JSON as another one that it has read before (nodejs/node#63785): what comes back
 * through such names tells of the engine, not of the ledger. Names that people give, those of fields, have no escapes
 * (`fieldName` of the contract); all others are ours.
 */
function namesAreReadRight(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true
  return Object.entries(value).every(
    ([name, inner]) => JSON.stringify(name) === `"${name}"` && namesAreReadRight(inner),
  )
}
