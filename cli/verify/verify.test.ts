import { execFile } from 'node:child_process'
import { createPrivateKey, sign } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { systemClock } from '@tiaoli/kernel/instants'
import { inMemory } from '@tiaoli/server/foundations/database/fresh-database'
import { migrate, openDatabase } from '@tiaoli/server/foundations/database/index'
import {
  createLedger,
  folderStorage,
  type Ledger,
  ledgerMigrations,
  openSigningKey,
  type Receipt,
} from '@tiaoli/server/foundations/ledger/index'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyConsistency, verifyLog, verifyReceipt } from './index.ts'

const origin = 'verify.test/ledger'
/** Two full tiles and a partial one, so that every kind of file is there. */
const firstSize = 300
const secondSize = 700

describe('the public checker', () => {
  let folder: string
  let log: string
  let vkey: string
  let receipt: Receipt
  let oldCheckpoint: string
  const closing: (() => Promise<void>)[] = []

  async function growLog(name: string, records: number): Promise<Ledger> {
    const database = await openDatabase(inMemory())
    closing.push(() => database.close())
    await migrate(database, [ledgerMigrations])
    const ledger = createLedger({
      database,
      storage: folderStorage(join(folder, name)),
      signingKey: await openSigningKey(join(folder, 'key.pem')),
      origin,
      clock: systemClock,
    })
    await grow(ledger, records)
    return ledger
  }

  async function grow(ledger: Ledger, records: number): Promise<void> {
    const each = (_: unknown, index: number) => ledger.append({ kind: 'access.rows', payload: { index } })
    await Promise.all(Array.from({ length: records }, each))
    await ledger.sequence()
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiaoli-verify-'))
    const ledger = await growLog('log', firstSize)
    oldCheckpoint = readFileSync(join(folder, 'log', 'checkpoint'), 'utf8')
    await grow(ledger, secondSize - firstSize - 1)
    const ref = await ledger.append({ kind: 'case.act', caseId: 'case', payload: { decision: '同意' } })
    receipt = await ledger.receipt(ref.id)
    vkey = ledger.publicKey()
    await growLog('fork', secondSize)
  })
  afterAll(async () => {
    for (const close of closing) await close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(() => {
    log = join(folder, 'copy')
    rmSync(log, { recursive: true, force: true })
    cpSync(join(folder, 'log'), log, { recursive: true })
  })

  const change = (path: string, edit: (bytes: Buffer) => Uint8Array) =>
    writeFileSync(join(log, path), edit(readFileSync(join(log, path))))

  const flip = (at: number) => (bytes: Buffer) => {
    bytes[at]! ^= 1
    return bytes
  }

  /** What somebody who holds the log's key could sign. */
  function resign(text: string): string {
    const key = createPrivateKey(readFileSync(join(folder, 'key.pem')))
    const id = Buffer.from(vkey.split('+')[1]!, 'hex')
    const signature = Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString('base64')
    return `${text}\n— ${origin} ${signature}\n`
  }

  describe('takes', () => {
    it('a good log', async () => {
      expect(await verifyLog(log, vkey)).toMatchObject({ ok: true, origin, size: secondSize })
    })

    it('a good receipt', async () => {
      expect(await verifyReceipt(receipt, vkey)).toMatchObject({
        ok: true,
        index: secondSize - 1,
        record: { kind: 'case.act', payload: { decision: '同意' } },
      })
    })

    it('a receipt whose content was erased, as proof of its place', async () => {
      const erased = { ...receipt, record: null, salt: null }
      expect(await verifyReceipt(erased, vkey)).toMatchObject({ ok: true, record: null })
    })

    it('a log that has grown', async () => {
      const found = await verifyConsistency(oldCheckpoint, log, vkey)
      expect(found).toEqual({ ok: true, origin, oldSize: firstSize, newSize: secondSize })
    })
  })

  describe('rejects a log', () => {
    it.each<[string, string, () => void]>([
      ['with a flipped leaf', 'tile-differs', () => change('tile/0/000', flip(40))],
      ['with a changed entry', 'tile-differs', () => change('tile/entries/001', flip(40))],
      ['with a changed upper tile', 'tile-differs', () => change('tile/1/000.p/2', flip(5))],
      ['with a truncated tile', 'file-truncated', () => change('tile/0/001', (tile) => tile.subarray(0, -1))],
      [
        'with a truncated bundle',
        'file-truncated',
        () => change('tile/entries/000', (bundle) => bundle.subarray(0, -34)),
      ],
      ['with a missing file', 'file-missing', () => rmSync(join(log, 'tile/0/002.p/188'))],
      ['with reordered entries', 'tile-differs', () => change('tile/entries/000', swapFirstTwo(34))],
      [
        'with entries and tile reordered together',
        'tile-differs',
        () => {
          change('tile/entries/000', swapFirstTwo(34))
          change('tile/0/000', swapFirstTwo(32))
        },
      ],
      [
        'whose last entries and tile were reordered together',
        'root-differs',
        () => {
          change('tile/entries/002.p/188', swapFirstTwo(34))
          change('tile/0/002.p/188', swapFirstTwo(32))
        },
      ],
      [
        'with the checkpoint of a fork',
        'tile-differs',
        () => {
          cpSync(join(folder, 'fork/checkpoint'), join(log, 'checkpoint'))
          cpSync(join(folder, 'fork/tile/entries'), join(log, 'tile/entries'), { recursive: true })
        },
      ],
      [
        'with a checkpoint for another root',
        'root-differs',
        () => cpSync(join(folder, 'fork/checkpoint'), join(log, 'checkpoint')),
      ],
      [
        'with a forged signature',
        'signature-forged',
        () => change('checkpoint', (note) => Buffer.from(forge(note.toString()))),
      ],
      [
        'with an edited checkpoint',
        'signature-forged',
        () => change('checkpoint', (note) => Buffer.from(note.toString().replace('\n700\n', '\n699\n'))),
      ],
      [
        'signed for another origin',
        'origin-differs',
        () => change('checkpoint', () => Buffer.from(resign(`elsewhere\n0\n${'A'.repeat(43)}=\n`))),
      ],
      ['without a signature', 'note-malformed', () => change('checkpoint', () => Buffer.from('nothing\n'))],
    ])('%s', async (_, reason, corrupt) => {
      corrupt()
      expect(await verifyLog(log, vkey)).toMatchObject({ ok: false, reason })
    })

    it('that the given key has not signed', async () => {
      const other = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
      expect(await verifyLog(log, other)).toMatchObject({ reason: 'signature-missing' })
      expect(await verifyLog(log, vkey.replace(/.$/, 'x'))).toMatchObject({ reason: 'key-malformed' })
    })
  })

  describe('rejects a receipt', () => {
    const altered = (change: Partial<Record<keyof Receipt, unknown>>) =>
      verifyReceipt({ ...receipt, ...change }, vkey)

    it('with altered content', async () => {
      const record = receipt.record!.replace('同意', '不同意')
      expect(await altered({ record })).toMatchObject({ ok: false, reason: 'record-altered' })
    })
    it('with a wrong index', async () => {
      expect(await altered({ index: receipt.index - 1 })).toMatchObject({ reason: 'not-included' })
      expect(await altered({ index: secondSize })).toMatchObject({ reason: 'index-outside' })
      expect(await altered({ index: -1 })).toMatchObject({ reason: 'receipt-malformed' })
    })
    it('with another entry, or a shortened or lengthened proof', async () => {
      const [first, ...rest] = receipt.proof
      const entry = Buffer.alloc(32).toString('base64')
      expect(await altered({ record: null, salt: null, entry })).toMatchObject({ reason: 'not-included' })
      expect(await altered({ proof: rest })).toMatchObject({ reason: 'not-included' })
      expect(await altered({ proof: [first, ...receipt.proof] })).toMatchObject({ reason: 'not-included' })
    })
    it('under a checkpoint that the log did not sign', async () => {
      expect(await altered({ checkpoint: forge(receipt.checkpoint) })).toMatchObject({
        reason: 'signature-forged',
      })
    })
    it.each([null, 'text', {}, { format: 'tiaoli-receipt-1' }])('that is none: %o', async (value) => {
      expect(await verifyReceipt(value, vkey)).toMatchObject({ reason: 'receipt-malformed' })
    })
  })

  describe('rejects rewritten history', () => {
    it('of a log signed again with other entries', async () => {
      expect(await verifyConsistency(oldCheckpoint, join(folder, 'fork'), vkey)).toMatchObject({
        ok: false,
        reason: 'history-rewritten',
      })
      const current = readFileSync(join(log, 'checkpoint'), 'utf8')
      expect(await verifyConsistency(current, join(folder, 'fork'), vkey)).toMatchObject({
        reason: 'history-rewritten',
      })
    })
    it('of a log that has shrunk', async () => {
      const current = readFileSync(join(log, 'checkpoint'), 'utf8')
      writeFileSync(join(log, 'checkpoint'), oldCheckpoint)
      expect(await verifyConsistency(current, log, vkey)).toMatchObject({ reason: 'log-shrunk' })
    })
  })

  describe('on the command line', () => {
    const run = (args: string[], language: string) =>
      promisify(execFile)(process.execPath, ['cli/tiaoli.ts', 'verify', ...args], {
        env: { ...process.env, LC_ALL: language },
      }).then(
        ({ stdout }) => ({ status: 0, said: stdout }),
        (error: { code: number; stderr: string }) => ({ status: error.code, said: error.stderr }),
      )

    let server: Server
    let url: string
    beforeAll(async () => {
      server = createServer((request, response) => {
        try {
          response.end(readFileSync(join(folder, 'log', request.url!.replace('/ledger/', ''))))
        } catch {
          response.writeHead(404).end()
        }
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      writeFileSync(join(folder, 'receipt.json'), JSON.stringify(receipt))
      writeFileSync(join(folder, 'vkey.txt'), `${vkey}\n`)
      writeFileSync(join(folder, 'old.txt'), oldCheckpoint)
    })
    afterAll(() => void server.close())

    it('checks over HTTP and speaks Chinese first', async () => {
      const key = ['--key', join(folder, 'vkey.txt')]
      expect(await run(['log', url, ...key], 'zh_CN.UTF-8')).toMatchObject({
        status: 0,
        said: expect.stringContaining('日志完整'),
      })
      expect(await run(['consistency', join(folder, 'old.txt'), url, ...key], 'C.UTF-8')).toMatchObject({
        status: 0,
        said: expect.stringContaining('历史未被改写'),
      })
      const both = await run(
        ['receipt', join(folder, 'receipt.json'), '--url', url, '--key', vkey],
        'en_GB.UTF-8',
      )
      expect(both).toMatchObject({
        status: 0,
        said: expect.stringMatching(/The receipt holds.*History holds/s),
      })
    })

    it('ends with status 1 and a reason', async () => {
      change('tile/0/000', flip(0))
      const found = await run(['log', log, '--key', vkey], 'zh_CN.UTF-8')
      expect(found).toEqual({
        status: 1,
        said: '✗ 核验不通过：哈希瓦片与日志条目不符 [tile-differs] tile/0/000\n',
      })
    })
  })
})

function swapFirstTwo(length: number) {
  return (bytes: Buffer): Buffer =>
    Buffer.concat([bytes.subarray(length, 2 * length), bytes.subarray(0, length), bytes.subarray(2 * length)])
}

/** Changes a byte of the signature itself, leaving the key id. */
function forge(note: string): string {
  const at = note.lastIndexOf(' ') + 1
  const bytes = Buffer.from(note.slice(at), 'base64')
  bytes[20]! ^= 1
  return `${note.slice(0, at)}${bytes.toString('base64')}\n`
}
