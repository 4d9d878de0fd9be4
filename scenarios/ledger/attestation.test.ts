import { generateKeyPairSync } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Content, contentsOf, verifyIndex, verifyLog, verifyReceipt } from '@tiaoli/cli/verify/index'
import { attestationJobs } from '@tiaoli/server/attestation'
import { inMemory } from '@tiaoli/server/foundations/database/fresh-database'
import { type Database, migrate, openDatabase } from '@tiaoli/server/foundations/database/index'
import { cosigner, noteSigner, noteVerifier } from '@tiaoli/server/foundations/ledger/index'
import { createWitness, type Witness, witnessMigrations } from '@tiaoli/server/foundations/witness/index'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

/** Another installation as our witness, and a log of another installation whose witness we are. */
const neighbour = cosigner('neighbour.test/witness', generateKeyPairSync('ed25519').privateKey)
const foreignLog = noteSigner('foreign.test/ledger', generateKeyPairSync('ed25519').privateKey)
const emptyRoot = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

describe('What vouches for the ledger', () => {
  let city: City
  let entryId: string
  let server: Server
  let store: Database
  let witness: Witness
  let second: Caller
  const answers: number[] = []
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  beforeAll(async () => {
    store = await openDatabase(inMemory())
    await migrate(store, [witnessMigrations])
    server = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      const answer = await witness.addCheckpoint(body)
      const status = { cosigned: 200, conflict: 409 }[answer.kind as string] ?? 403
      answers.push(status)
      response.writeHead(status)
      response.end(
        answer.kind === 'cosigned' ? answer.lines : answer.kind === 'conflict' ? `${answer.size}\n` : '',
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    city = await openCity('chongqing', {
      environment: {
        TIAOLI_LEDGER_NAME: 'data.city.invalid',
        TIAOLI_SM2: '1',
        TIAOLI_WITNESSES: `${neighbour.verifierKey} ${address()}/witness/add-checkpoint`,
        TIAOLI_WITNESSED_LOGS: foreignLog.verifierKey,
      },
    })
    city.at('2026-10-13T02:00:00Z')
    entryId = await publishEntry(city, { opening: { ...unconditional } })
    await bringIn(city, entryId, companyFile([1, 2, 3].map(syntheticCreditCode)))
    witness = createWitness({
      database: store,
      ledger: city.house.ledger,
      cosigner: neighbour,
      logs: [noteVerifier(city.house.ledger.publicKey())],
      clock: city.house.clock,
    })
    await city.house.identity.createUser({
      username: 'second',
      name: '示例监督员',
      password: cityPassword,
      organisationId: 'authority',
      powers: ['supervisor'],
    })
    second = await city.signIn('second')
  })
  afterAll(async () => {
    await city.close()
    await store.close()
    server.close()
  })

  /** The answer of the public interface as the checker on somebody else's machine has it. */
  async function overHttp<T>(check: (url: string) => Promise<T>): Promise<T> {
    const url = city.house.app.server.listening
      ? `http://127.0.0.1:${(city.house.app.server.address() as AddressInfo).port}`
      : await city.house.app.listen({ host: '127.0.0.1', port: 0 })
    return check(url)
  }
  const key = async (path: string) => (await city.visitor.get(path)).text.trim().split('\n')[0]!

  it('is asked of the neighbour, and published for whoever demands it', async () => {
    await attestationJobs(city.house, city.house).begin()
    await city.settle()
    expect(answers).toEqual([200])
    const log = await key('/ledger/key')
    const found = await overHttp((url) => verifyLog(url, log, [neighbour.verifierKey]))
    expect(found).toMatchObject({ ok: true, origin: 'data.city.invalid/ledger' })
    // The log goes on before the witness has seen it: what was cosigned stays to be had.
    await city.visitor.get(`/api/v1/entries/${entryId}/rows`)
    await city.house.ledger.sequence()
    expect((await city.visitor.get('/ledger/checkpoint')).text).not.toContain('neighbour.test')
    expect((await city.visitor.get('/ledger/checkpoint.witnessed')).text).toContain('neighbour.test')
    city.at('2026-10-13T02:06:00Z')
    await city.settle()
    expect(answers).toEqual([200, 200])
    const { body } = await city.visitor.get('/api/v1/ledger')
    expect(body).toMatchObject({
      logs: [
        {
          path: '/ledger/',
          algorithm: 'sha256',
          witnessed: { by: [{ name: 'neighbour.test/witness', at: '2026-10-13T02:06:00.000Z' }] },
        },
        { path: '/ledger/sm3/', algorithm: 'sm3', witnessed: null },
      ],
      witnesses: [neighbour.verifierKey],
      index: { number: 1, on: '2026-10-13' },
      witness: { logs: [{ origin: 'foreign.test/ledger', size: null }] },
    })
  })

  describe('the contents of the log', () => {
    const path = '/api/v1/ledger/contents'
    async function* contents(): AsyncGenerator<Content> {
      for (let next: number | null = 0; next !== null; ) {
        const { body }: { body: { items: Content[]; next: number | null } } = await city.authority.get(
          `${path}?from=${next}`,
        )
        yield* body.items
        next = body.next
      }
    }
    const check = async (given: AsyncIterable<Content>) => {
      await city.house.ledger.sequence()
      const log = await key('/ledger/key')
      return overHttp((url) => verifyLog(url, log, [], given))
    }
    const change = (kind: string) =>
      sql`update record set kind = ${kind} where id = (select record_id from log_position where position = 3)`.execute(
        city.house.database.db,
      )

    it('are for those who answer for the whole city', async () => {
      expect(expectProblem(await city.visitor.get(path))).toBe('not-signed-in')
      expect(expectProblem(await city.steward.get(path))).toBe('not-allowed')
      expect(expectProblem(await city.user.get(path))).toBe('not-allowed')
      await overHttp(async (url) =>
        expect(await verifyLog(url, await key('/ledger/key'), [], contentsOf(url, 'no key'))).toMatchObject({
          ok: false,
          reason: 'contents-refused',
        }),
      )
    })

    it('hold against the entries, until somebody changes a record in the database', async () => {
      expect(await check(contents())).toMatchObject({ ok: true, contents: { erased: 0 } })
      const { body } = await city.authority.get(`${path}?from=3`)
      const { kind } = JSON.parse(body.items[0].record)
      await change('case.act')
      expect(await check(contents())).toMatchObject({ ok: false, reason: 'record-altered', detail: '3' })
      await change(kind)
      expect(await check(contents())).toMatchObject({ ok: true })
    })

    it('lack nothing that the log has', async () => {
      async function* without(): AsyncGenerator<Content> {
        for await (const content of contents()) if (content.index !== 5) yield content
      }
      expect(await check(without())).toMatchObject({ ok: false, reason: 'record-missing', detail: '5' })
    })
  })

  it('joins the logs by an index a day, which a stranger checks', async () => {
    city.at('2026-10-14T02:00:00Z')
    await city.settle()
    const index = await key('/ledger/index/key')
    const found = await overHttp((url) => verifyIndex(url, index, { full: true }))
    expect(found).toMatchObject({
      ok: true,
      indexes: 2,
      on: '2026-10-14',
      logs: [{ path: '.' }, { path: 'sm3' }],
    })
    expect(expectProblem(await city.visitor.get('/ledger/index/9'))).toBe('not-found')
    expect(expectProblem(await city.visitor.get('/ledger/index/..%2f..%2findex-key.pem'))).toBe('not-found')
  })

  it('vouches for the other logs where one cannot be read, and is signed once, whatever becomes of its files', async () => {
    const file = (path: string) => join(city.dataFolder, 'ledger', path)
    const due = async () =>
      (
        await sql<{ due_at: Date }>`select due_at from job where kind = 'ledger.index'`.execute(
          city.house.database.db,
        )
      ).rows.map(({ due_at }) => due_at.toISOString())
    const sound = await readFile(file('sm3/checkpoint'))
    const health = async () => (await city.visitor.get('/healthz')).status
    city.at('2026-10-15T02:00:00Z')
    await writeFile(file('sm3/checkpoint'), 'unreadable')
    await city.house.jobs.settle()
    const { body } = await city.visitor.get('/api/v1/ledger')
    expect(body).toMatchObject({
      logs: [{ readable: true }, { readable: false, size: 0, witnessed: null }],
      index: { number: 3, on: '2026-10-15' },
    })
    expect(await readFile(file('index/3'), 'utf8')).toMatch(/\nunread sm3 data\.city\.invalid\/ledger\/sm3\+/)
    expect(await health()).toBe(503)
    const index = await key('/ledger/index/key')
    const check = () => overHttp((url) => verifyIndex(url, index, { full: true }))
    expect(await check()).toMatchObject({ ok: true, indexes: 3, logs: [{ path: '.' }], unread: ['sm3'] })
    await writeFile(file('sm3/checkpoint'), sound)
    await city.house.ledger.sequence()
    expect(await health()).toBe(200)

    // What says which is the latest is lost, and with it the last: both are what they were.
    const stands = await readFile(file('index/3'), 'utf8')
    await rm(file('index/latest'))
    await rm(file('index/3'))
    city.at('2026-10-16T02:00:00Z')
    await city.settle()
    expect((await city.visitor.get('/api/v1/ledger')).body.index).toMatchObject({
      number: 4,
      on: '2026-10-16',
    })
    expect(await readFile(file('index/3'), 'utf8')).toBe(stands)
    expect(await check()).toMatchObject({ ok: true, indexes: 4, unread: [] })

    // Where more is gone none is signed, and it is tried again until they are back.
    const first = await readFile(file('index/1'))
    const latest = await readFile(file('index/latest'))
    await rm(file('index/latest'))
    await rm(file('index/1'))
    city.at('2026-10-17T02:00:00Z')
    await city.house.jobs.settle()
    expect(await readdir(file('index'))).not.toContain('1')
    expect(await due()).toEqual(['2026-10-17T02:10:00.000Z'])
    await writeFile(file('index/1'), first)
    await writeFile(file('index/latest'), latest)
    city.at('2026-10-17T02:10:00Z')
    await city.settle()
    expect(await check()).toMatchObject({ ok: true, indexes: 5, on: '2026-10-17' })
  })

  it('gives receipts that hold in the SM3 tree, with the key in PEM for others’ tools', async () => {
    const { recordId } = (await city.visitor.get(`/api/v1/entries/${entryId}/rows`)).body
    const receipt = (await city.visitor.get(`/api/v1/records/${recordId}/receipt`)).body
    expect(await verifyReceipt(receipt, await key('/ledger/sm3/key'))).toMatchObject({
      ok: true,
      record: { kind: 'access.rows' },
    })
    expect((await city.visitor.get('/ledger/sm3/key.pem')).text).toMatch(/^-----BEGIN PUBLIC KEY-----\n/)
    expect(expectProblem(await city.visitor.get('/ledger/nodes/b/key'))).toBe('not-found')
  })

  it('is given to others as C2SP has it', async () => {
    const note = (size: number, root: string, signer = foreignLog) =>
      signer.sign(`foreign.test/ledger\n${size}\n${root}\n`)
    const leaf = Buffer.alloc(32, 7).toString('base64')
    const other = Buffer.alloc(32, 8).toString('base64')
    const stranger = noteSigner('foreign.test/ledger', generateKeyPairSync('ed25519').privateKey)
    const ask = (body: string) =>
      city.visitor.send('POST', '/witness/add-checkpoint', body, { 'content-type': 'text/plain' })
    expect(expectProblem(await ask('nonsense'))).toBe('bad-request')
    expect(expectProblem(await ask(`old 0\n\n${note(1, leaf, stranger)}`))).toBe('not-allowed')
    expect(expectProblem(await ask(`old 0\n\n${note(1, leaf).replaceAll('foreign.test', 'x.test')}`))).toBe(
      'not-found',
    )
    expect(expectProblem(await ask(`old 5\n\n${note(1, leaf)}`))).toBe('bad-request')
    expect(expectProblem(await ask('o'.repeat(70_000)))).toBe('too-large')
    const first = await ask(`old 0\n\n${note(1, leaf)}`)
    expect(first.status).toBe(200)
    expect(first.text).toMatch(/^— data\.city\.invalid\/witness [A-Za-z0-9+/=]+\n$/)
    expect(expectProblem(await ask(`old 1\n${emptyRoot}\n\n${note(2, other)}`))).toBe('proof-not-valid')
    const fork = await ask(`old 1\n\n${note(1, other)}`)
    expect([fork.status, fork.text, fork.headers['content-type']]).toEqual([409, '1\n', 'text/x.tlog.size'])
    const { items } = (await city.authority.get('/api/v1/records?kind=witness.fork')).body
    expect(items).toMatchObject([{ outcome: 'refused', details: { origin: 'foreign.test/ledger', size: 1 } }])
  })

  describe('when the content of a record is to be forgotten', () => {
    let recordId: string
    beforeAll(async () => {
      recordId = (await city.user.get(`/api/v1/entries/${entryId}/rows`)).body.recordId
    })
    const propose = (caller: Caller, id = recordId, more = {}) =>
      caller.post(`/api/v1/records/${id}/erasure`, { reason: '当事人撤回同意', ...more })
    const confirm = (caller: Caller, id = recordId) => caller.post(`/api/v1/records/${id}/erasure/confirm`)

    it('refuses those it is not for, and whoever would do it alone', async () => {
      expect(expectProblem(await propose(city.visitor))).toBe('not-signed-in')
      for (const caller of [city.user, city.steward, city.citizen])
        expect(expectProblem(await propose(caller))).toBe('not-found')
      expect(expectProblem(await propose(second))).toBe('not-allowed')
      expect(expectProblem(await propose(city.authority, recordId, { article: 'CQ-999' }))).toBe(
        'content-incomplete',
      )
      expect(expectProblem(await confirm(second))).toBe('act-not-available')
      expect((await propose(city.authority, recordId, { article: 'CQ-29' })).status).toBe(201)
      expect(expectProblem(await propose(city.authority))).toBe('act-not-available')
      expect(expectProblem(await confirm(city.authority))).toBe('not-allowed')
      expect((await city.user.get(`/api/v1/records/${recordId}`)).body.erasedAt).toBeNull()
    })

    it('erases by two persons, keeps the proof, and says for good who did it and why', async () => {
      const done = await confirm(second)
      expect(done.body).toMatchObject({
        article: 'CQ-29',
        proposedBy: '示例authority',
        confirmedBy: '示例监督员',
      })
      const seen = (await city.user.get(`/api/v1/records/${recordId}`)).body
      expect(seen).toMatchObject({ details: {}, erasedAt: done.body.confirmedAt })
      const receipt = (await city.user.get(`/api/v1/records/${recordId}/receipt`)).body
      expect(receipt).toMatchObject({ record: null, salt: null })
      for (const path of ['/ledger/key', '/ledger/sm3/key'])
        expect(await verifyReceipt(receipt, await key(path))).toMatchObject({ ok: true, record: null })
      const [erased] = (await city.authority.get('/api/v1/records?kind=record.erased')).body.items
      expect(erased).toMatchObject({ article: 'CQ-29', details: { recordId, reason: '当事人撤回同意' } })
      expect(expectProblem(await propose(city.authority, erased.id))).toBe('act-not-available')
      expect(expectProblem(await confirm(second))).toBe('act-not-available')
      // What decisions rest on, and what shows who could do what, stays: signing in, grants, acts on cases.
      for (const kind of ['account.signed-in', 'case.act']) {
        const [kept] = (await city.authority.get(`/api/v1/records?kind=${kind}&limit=200`)).body.items.filter(
          ({ actor }: { actor: { name: string } }) => actor.name !== '示例authority',
        )
        const refused = await propose(city.authority, kept.id)
        expect([kind, expectProblem(refused)]).toEqual([kind, 'act-not-available'])
      }
      const { recordId: later } = (await city.user.get(`/api/v1/entries/${entryId}/rows`)).body
      await propose(city.authority, later)
      const list = '/api/v1/records/erasures?limit=1'
      const first = (await second.get(list)).body
      expect(first.items).toMatchObject([{ recordId: later, confirmedAt: null }])
      const { items, nextCursor } = (await second.get(`${list}&cursor=${first.nextCursor}`)).body
      expect(items).toMatchObject([{ recordId, reason: '当事人撤回同意' }])
      expect(nextCursor).toBeNull()
      expect(expectProblem(await city.user.get('/api/v1/records/erasures'))).toBe('not-allowed')
    })
  })

  it('gives nothing and does nothing while the disk is full, and all again once it is not', async () => {
    const { script } = city.house.database
    await script(`
      create function disk_is_full() returns trigger language plpgsql as $$
        begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
      create trigger full_disk before insert on record execute function disk_is_full()`)
    const rows = `/api/v1/entries/${entryId}/rows`
    const before = (await city.house.ledger.find({ entryId })).records.length
    for (const path of [
      rows,
      `${rows}/${syntheticCreditCode(1)}`,
      `/api/v1/entries/${entryId}/aggregate?group=${encodeURIComponent('企业名称')}`,
      `/api/v1/entries/${entryId}/download?format=csv`,
    ]) {
      const answer = await city.user.get(path)
      if (answer.status === 404) throw new Error(`no such way out: ${path}`)
      expect([path, expectProblem(answer)]).toEqual([path, 'record-unavailable'])
      expect(answer.text).not.toContain('示例企业')
      expect(answer.headers['retry-after']).toBe('5')
    }
    const asked = await city.user.post('/api/v1/cases', {
      procedure: 'sharing-request',
      entryId,
      content: { scenario: '低保核对', fields: ['企业名称'] },
    })
    expect(expectProblem(asked)).toBe('record-unavailable')
    expect((await city.user.get('/api/v1/cases')).body.items).toEqual([])
    await script('drop trigger full_disk on record')
    expect((await city.house.ledger.find({ entryId })).records).toHaveLength(before)
    expect((await city.user.get(rows)).status).toBe(200)
  })
})
