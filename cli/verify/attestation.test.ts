import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adjustableClock } from '@tiaoli/kernel/instants'
import { inMemory } from '@tiaoli/server/foundations/database/fresh-database'
import { type Database, migrate, openDatabase } from '@tiaoli/server/foundations/database/index'
import {
  type Cosigner,
  cosigner,
  createDailyIndex,
  createLedger,
  folderStorage,
  type Ledger,
  ledgerMigrations,
  noteSigner,
  openSigningKey,
  type Receipt,
  sm2KeyOf,
} from '@tiaoli/server/foundations/ledger/index'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyConsistency, verifyIndex, verifyLog, verifyReceipt } from './index.ts'

const origin = 'attest.test/ledger'
const firstDay = 290

describe('what vouches for the logs', () => {
  let folder: string
  let database: Database
  let copy: string
  let ledger: Ledger
  let keys: Record<'log' | 'sm3' | 'index', string>
  let receipts: { whole: Receipt; erased: Receipt; early: Receipt; ofOtherNode: Receipt }
  let firstIndex: string
  let beforeWitness: string
  const witnessKey = generateKeyPairSync('ed25519').privateKey
  const witness: Cosigner = cosigner('witness.test/w1', witnessKey)
  const otherWitness = cosigner('witness.test/w2', generateKeyPairSync('ed25519').privateKey)
  const clock = adjustableClock()
  const at = (day: number) => clock.setTo(new Date(`2026-10-${day}T02:00:00Z`))

  const open = async (node: string, sm2: boolean) =>
    createLedger({
      database,
      storage: folderStorage(join(folder, 'log')),
      signingKey: await openSigningKey(join(folder, `key-${node}.pem`)),
      sm2Key: sm2 ? sm2KeyOf(await openSigningKey(join(folder, `sm2-${node}.pem`), 'sm2')) : undefined,
      origin,
      node,
      clock,
    })
  const grow = async (log: Ledger, records: number) => {
    await Promise.all(Array.from({ length: records }, () => log.append({ kind: 'access.rows' })))
    await log.sequence()
  }
  const cosignNewest = async (...cosigners: readonly Cosigner[]) => {
    const { checkpoint } = (await ledger.logs()).find(({ path }) => path === '')!
    const lines = cosigners.map((each) => each.cosign(checkpoint!.text, clock.now()))
    await ledger.publishCosigned('', checkpoint!.note + lines.join(''))
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiaoli-attest-'))
    database = await openDatabase(inMemory())
    await migrate(database, [ledgerMigrations])
    at(12)
    // The SM3 tree is begun when records are there already, one of them without its content.
    const before = await open('', false)
    const early = await before.append({ kind: 'access.rows', payload: { early: true } })
    await database.inTransaction((tx) => before.erasePayload(tx, early.id, { userId: 'officer' }))
    await before.sequence()
    ledger = await open('', true)
    const second = await open('b', true)
    const dailyIndex = createDailyIndex({
      database,
      storage: folderStorage(join(folder, 'log')),
      ledger,
      signers: [noteSigner(`${origin}/index`, await openSigningKey(join(folder, 'index.pem')))],
      clock,
      onFailure: (what, cause) => {
        throw new Error(what, { cause })
      },
    })
    await grow(ledger, firstDay)
    await dailyIndex.publish()
    firstIndex = readFileSync(join(folder, 'log/index/latest'), 'utf8')
    at(13)
    const whole = await ledger.append({ kind: 'case.act', payload: { decision: '同意' } })
    const erased = await ledger.append({ kind: 'access.rows', payload: { of: 'somebody' } })
    await database.inTransaction((tx) => ledger.erasePayload(tx, erased.id, { userId: 'officer' }))
    await grow(ledger, 20)
    await cosignNewest(witness)
    await grow(second, 300)
    const elsewhere = await second.append({ kind: 'access.rows', payload: { node: 'b' } })
    await second.sequence()
    await dailyIndex.publish()
    await dailyIndex.publish()
    beforeWitness = readFileSync(join(folder, 'log/checkpoint'), 'utf8')
    at(15)
    await grow(ledger, 40)
    await dailyIndex.publish()
    receipts = {
      whole: await ledger.receipt(whole.id),
      erased: await ledger.receipt(erased.id),
      early: await ledger.receipt(early.id),
      ofOtherNode: await ledger.receipt(elsewhere.id),
    }
    const [log, sm3] = await ledger.logs()
    keys = { log: log!.verifierKey, sm3: sm3!.verifierKey, index: dailyIndex.publicKeys()[0]! }
  })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(() => {
    copy = join(folder, 'copy')
    rmSync(copy, { recursive: true, force: true })
    cpSync(join(folder, 'log'), copy, { recursive: true })
  })

  const change = (path: string, edit: (text: string) => string) =>
    writeFileSync(join(copy, path), edit(readFileSync(join(copy, path), 'utf8')))
  const flip = (path: string, byte: number) => {
    const bytes = readFileSync(join(copy, path))
    bytes[byte]! ^= 1
    writeFileSync(join(copy, path), bytes)
  }

  describe('the SM3 tree', () => {
    it('is derived again, and proves the same record under SM2', async () => {
      expect(await verifyLog(join(copy, 'sm3'), keys.sm3)).toMatchObject({
        ok: true,
        origin: `${origin}/sm3`,
      })
      expect(await verifyReceipt(receipts.whole, keys.sm3)).toMatchObject({
        ok: true,
        record: { kind: 'case.act', payload: { decision: '同意' } },
      })
      expect(await verifyReceipt(receipts.whole, keys.log)).toMatchObject({ ok: true })
    })

    it('proves the place of what was erased, before and after the tree was begun', async () => {
      for (const receipt of [receipts.erased, receipts.early])
        for (const key of [keys.log, keys.sm3])
          expect(await verifyReceipt(receipt, key)).toMatchObject({ ok: true, record: null })
    })

    it.each<[string, string, () => void]>([
      ['an entry is changed', 'tile-differs', () => flip('sm3/tile/entries/000', 40)],
      ['a tile is changed', 'tile-differs', () => flip('sm3/tile/0/001.p/99', 40)],
      [
        'the files are those of the other tree',
        'tile-differs',
        () => {
          cpSync(join(copy, 'tile/0'), join(copy, 'sm3/tile/0'), { recursive: true })
        },
      ],
      [
        'the checkpoint is that of the other tree',
        'signature-missing',
        () => {
          cpSync(join(copy, 'checkpoint'), join(copy, 'sm3/checkpoint'))
        },
      ],
      [
        'the checkpoint is edited',
        'signature-forged',
        () => {
          change('sm3/checkpoint', (note) => note.replace(/\n\d+\n/, '\n1\n'))
        },
      ],
    ])('is rejected where %s', async (_, reason, corrupt) => {
      corrupt()
      expect(await verifyLog(join(copy, 'sm3'), keys.sm3)).toMatchObject({ ok: false, reason })
    })

    it('is not to be had from a receipt without it, nor with an altered one', async () => {
      const { sm3, ...without } = receipts.whole
      expect(await verifyReceipt(without, keys.sm3)).toMatchObject({ reason: 'no-sm3' })
      const altered = { ...receipts.whole, record: receipts.whole.record!.replace('同意', '不同意') }
      expect(await verifyReceipt(altered, keys.sm3)).toMatchObject({ reason: 'record-altered' })
      expect(await verifyReceipt({ ...without, sm3: { ...sm3, proof: [] } }, keys.sm3)).toMatchObject({
        reason: 'not-included',
      })
    })
  })

  describe('the logs of two nodes', () => {
    it('are apart, each under its own key, and any node gives receipts of the other', async () => {
      const logs = await ledger.logs()
      expect(logs.map(({ path }) => path)).toEqual(['', 'sm3', 'nodes/b', 'nodes/b/sm3'])
      const key = logs[2]!.verifierKey
      expect(key.startsWith(`${origin}/nodes/b+`)).toBe(true)
      expect(await verifyLog(join(copy, 'nodes/b'), key)).toMatchObject({ ok: true, size: 301 })
      expect(await verifyReceipt(receipts.ofOtherNode, key)).toMatchObject({ ok: true, index: 300 })
      expect(await verifyReceipt(receipts.ofOtherNode, keys.log)).toMatchObject({
        reason: 'signature-missing',
      })
    })

    it('wait for their own node', async () => {
      const idle = await open('b', true)
      const { id } = await idle.append({ kind: 'access.rows' })
      await expect(ledger.receipt(id)).rejects.toMatchObject({ code: 'record-pending' })
      await idle.sequence()
      expect((await ledger.receipt(id)).index).toBe(301)
    })

    it('are never signed by a node of another key', async () => {
      const stranger = createLedger({
        database,
        storage: folderStorage(join(folder, 'log')),
        signingKey: await openSigningKey(join(folder, 'stranger.pem')),
        origin,
        node: 'b',
        clock,
      })
      await expect(stranger.sequence()).rejects.toMatchObject({ code: 'ledger-forked' })
    })
  })

  describe('the daily index', () => {
    const check = (options = {}) => verifyIndex(copy, keys.index, options)

    it('joins the logs from day to day, once a day', async () => {
      expect(await check({ since: firstIndex, full: true })).toMatchObject({
        ok: true,
        indexes: 3,
        on: '2026-10-15',
        logs: [{ path: '.' }, { path: 'sm3' }, { path: 'nodes/b' }, { path: 'nodes/b/sm3' }],
      })
    })

    it.each<[string, string, () => void]>([
      ['an index is missing', 'file-missing', () => rmSync(join(copy, 'index/2'))],
      ['there is none yet', 'index-missing', () => rmSync(join(copy, 'index/latest'))],
      [
        'a day was exchanged for another',
        'index-broken',
        () => cpSync(join(copy, 'index/1'), join(copy, 'index/2')),
      ],
      [
        'an index is edited',
        'signature-forged',
        () => change('index/2', (note) => note.replace('10-13', '10-14')),
      ],
      [
        'the newest is edited',
        'signature-forged',
        () => change('index/latest', (note) => note.replace('number 3', 'number 2')),
      ],
      [
        'a log has fallen back',
        'log-shrunk',
        () => {
          const [old] = /log \. \S+ \S+ \S+ (\S+)/.exec(readFileSync(join(copy, 'index/1'), 'utf8'))!.slice(1)
          writeFileSync(join(copy, 'checkpoint'), Buffer.from(old!, 'base64'))
        },
      ],
      ['an entry of a listed log is changed', 'tile-differs', () => flip('nodes/b/tile/entries/000', 40)],
    ])('is rejected where %s', async (_, reason, corrupt) => {
      corrupt()
      expect(await check({ full: true })).toMatchObject({ ok: false, reason })
    })

    it.each<[string, string, (text: string) => string]>([
      ['leaves out a log', 'log-left-out', (text) => text.replace(/log nodes\/b .*\n/, '')],
      [
        'says that it could not read a log of another key',
        'log-exchanged',
        (text) =>
          text.replace(/log nodes\/b .*\n/, '').replace(/$/, `unread nodes/b ${witness.verifierKey}\n`),
      ],
      [
        'could not read a log that it lists',
        'index-malformed',
        (text) => `${text}unread nodes/b ${witness.verifierKey}\n`,
      ],
      [
        'exchanges a log for another of its own',
        'log-exchanged',
        (text) => {
          const other = /log nodes\/b (.*)\n/.exec(text)![1]!
          return text.replace(/log \. .*\n/, `log . ${other}\n`)
        },
      ],
      [
        'says another size than its checkpoint',
        'index-malformed',
        (text) => text.replace(/log \. (\d)/, 'log . 9$1'),
      ],
      ['names another before it', 'index-broken', (text) => text.replace(/previous .{4}/, 'previous AAAA')],
      ['turns back the date', 'index-broken', (text) => text.replace('2026-10-15', '2026-10-13')],
    ])('is rejected where whoever holds its key %s', async (_, reason, edit) => {
      const key: KeyObject = createPrivateKey(readFileSync(join(folder, 'index.pem')))
      const text = readFileSync(join(copy, 'index/3'), 'utf8').split('\n\n')[0]!
      const forged = noteSigner(`${origin}/index`, key).sign(edit(`${text}\n`))
      writeFileSync(join(copy, 'index/latest'), forged)
      expect(await check()).toMatchObject({ ok: false, reason })
    })

    it('is rejected where it is not what it was when it was kept', async () => {
      const key = createPrivateKey(readFileSync(join(folder, 'index.pem')))
      const [text] = firstIndex.split('\n\n')
      const other = noteSigner(`${origin}/index`, key).sign(`${text}\n`.replace('10-12', '10-11'))
      expect(await check({ since: other })).toMatchObject({ reason: 'index-rewritten' })
    })
  })

  describe('witnesses', () => {
    const { verifierKey } = witness

    it('are demanded of a log, which may have gone on since', async () => {
      const found = await verifyLog(copy, keys.log, [verifierKey])
      expect(found).toMatchObject({ ok: true, witnessed: firstDay + 25, size: firstDay + 65 })
      expect(await verifyConsistency(beforeWitness, copy, keys.log, [verifierKey])).toMatchObject({
        ok: true,
      })
      const receipt = { ...receipts.whole, checkpoint: beforeWitness }
      // The proof belongs to a later tree: only the signatures of the checkpoint are asked about here.
      expect(await verifyReceipt(receipt, keys.log, [verifierKey])).toMatchObject({ reason: 'not-included' })
      expect(await verifyReceipt(receipts.whole, keys.log, [verifierKey])).toMatchObject({
        reason: 'witness-missing',
      })
    })

    it('are missing where another is demanded, or none has answered', async () => {
      for (const demanded of [[otherWitness.verifierKey], [verifierKey, otherWitness.verifierKey]])
        expect(await verifyLog(copy, keys.log, demanded)).toMatchObject({ reason: 'witness-missing' })
      rmSync(join(copy, 'checkpoint.witnessed'))
      expect(await verifyLog(copy, keys.log, [verifierKey])).toMatchObject({ reason: 'witness-missing' })
    })

    it('are not forged: neither the signature nor its time', async () => {
      for (const byte of [11, 30]) {
        change('checkpoint.witnessed', (note) => {
          const lines = note.split('\n')
          const [dash, name, base64] = lines.at(-2)!.split(' ')
          const bytes = Buffer.from(base64!, 'base64')
          bytes[byte]! ^= 1
          return [...lines.slice(0, -2), `${dash} ${name} ${bytes.toString('base64')}`, ''].join('\n')
        })
        expect(await verifyLog(copy, keys.log, [verifierKey])).toMatchObject({ reason: 'cosignature-forged' })
        cpSync(join(folder, 'log/checkpoint.witnessed'), join(copy, 'checkpoint.witnessed'))
      }
    })

    it('show a log that was rolled back behind what they cosigned', async () => {
      const [old] = /log \. \S+ \S+ \S+ (\S+)/.exec(firstIndex)!.slice(1)
      writeFileSync(join(copy, 'checkpoint'), Buffer.from(old!, 'base64'))
      expect(await verifyLog(copy, keys.log, [verifierKey])).toMatchObject({ reason: 'log-shrunk' })
    })

    it('have not come to a checkpoint that is newer', async () => {
      const newest = readFileSync(join(copy, 'checkpoint'), 'utf8')
      expect(await verifyConsistency(newest, copy, keys.log, [verifierKey])).toMatchObject({
        reason: 'not-witnessed-yet',
      })
    })
  })
})
