import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sendInParts } from '@tiaoli/cli/send-in-parts'
import { newId } from '@tiaoli/kernel/ids'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { companyFile, publishEntry } from '../kit/acts.ts'
import type { Answer, Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const tus = { 'tus-resumable': '1.0.0' }
const part = (offset: number) => ({
  ...tus,
  'upload-offset': String(offset),
  'content-type': 'application/offset+octet-stream',
})

describe('Files sent in parts', () => {
  let city: City
  let folder: string
  let entryId: string
  const file = Buffer.from(companyFile([syntheticCreditCode(1), syntheticCreditCode(2)]))
  const half = Math.floor(file.length / 2)

  beforeAll(async () => {
    city = await openCity('chongqing', { maxUploadMb: 1 })
    city.at('2026-09-28T01:00:00Z')
    folder = city.dataFolder
    entryId = await publishEntry(city, {})
  })
  afterAll(() => city.close())

  const begin = (caller: Caller, length: number | string = file.length, name = '企业.csv', extra = {}) =>
    caller.send('POST', `/api/v1/entries/${entryId}/uploads`, undefined, {
      ...tus,
      'upload-length': String(length),
      ...(name && { 'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` }),
      ...extra,
    })
  const idOf = (answer: Answer) => String(answer.headers.location).split('/').at(-1)!
  const send = (id: string, offset: number, bytes: Buffer, caller = city.steward) =>
    caller.send('PATCH', `/api/v1/uploads/${id}`, bytes, part(offset))
  const state = async (id: string) => (await city.steward.get(`/api/v1/uploads/${id}`)).body
  const finish = (id: string, caller = city.steward) =>
    caller.post(`/api/v1/uploads/${id}/acts/finish`, { accept: 'auto' })
  const give = (id: string, caller = city.steward) =>
    caller.send('DELETE', `/api/v1/uploads/${id}`, undefined, tus)
  const said = ({ status, body }: Answer) => [status, body.code]

  it('are refused to others than the stewards of the provider, and where they are not as the protocol says', async () => {
    expect(said(await begin(city.visitor))).toEqual([401, 'not-signed-in'])
    expect(said(await begin(city.user))).toEqual([403, 'not-allowed'])
    expect(said(await begin(city.citizen))).toEqual([403, 'not-allowed'])
    expect(said(await begin(city.steward, file.length, ''))).toEqual([400, 'bad-request'])
    for (const length of [0, -1, 1.5, 'many'])
      expect(said(await begin(city.steward, length))).toEqual([400, 'bad-request'])
    expect(said(await begin(city.steward, 2 ** 20 + 1))).toEqual([413, 'too-large'])
    expect(said(await begin(city.steward, 9, 'a.csv', { 'tus-resumable': '0.2' }))).toEqual([
      400,
      'bad-request',
    ])
    expect(await readdir(join(folder, 'uploads'))).toEqual([])
  })

  it('are there for nobody but who began them', async () => {
    const id = idOf(await begin(city.steward))
    for (const caller of [city.user, city.authority]) {
      expect(said(await caller.get(`/api/v1/uploads/${id}`))).toEqual([404, 'not-found'])
      expect(said(await send(id, 0, file, caller))).toEqual([404, 'not-found'])
      expect(said(await finish(id, caller))).toEqual([404, 'not-found'])
      expect(said(await give(id, caller))).toEqual([404, 'not-found'])
    }
    expect((await state(id)).offset).toBe(0)
    expect((await give(id)).status).toBe(204)
    expect(said(await city.steward.get(`/api/v1/uploads/${id}`))).toEqual([404, 'not-found'])
    expect(existsSync(join(folder, 'uploads', id))).toBe(false)
  })

  it('go on where they stopped, and become a batch once', async () => {
    const id = idOf(await begin(city.steward))
    expect((await send(id, 0, file.subarray(0, half))).headers['upload-offset']).toBe(String(half))
    expect(said(await finish(id))).toEqual([409, 'act-not-available'])
    // A part that was sent before, and one that leaves a gap.
    for (const offset of [0, half + 1])
      expect(said(await send(id, offset, file.subarray(offset)))).toEqual([409, 'changed-meanwhile'])
    expect(said(await city.steward.send('PATCH', `/api/v1/uploads/${id}`, file, tus))).toEqual([
      415,
      'unsupported-media',
    ])
    // More than was announced.
    expect(said(await send(id, half, Buffer.concat([file, file])))[0]).toBe(413)
    const { offset } = await state(id)
    expect((await send(id, offset, file.subarray(offset))).status).toBe(204)
    const [first, second] = [await finish(id), await finish(id)]
    expect([first.status, second.status]).toEqual([202, 202])
    expect(second.body.id).toBe(first.body.id)
    await city.settle()
    expect((await city.steward.get(`/api/v1/batches/${first.body.id}`)).body).toMatchObject({
      state: 'live',
      rows: 2,
      fileName: '企业.csv',
    })
    expect(existsSync(join(folder, 'uploads', id))).toBe(false)
  })
  it('go with a schema that is honoured; one that is malformed is refused, and nothing is lost', async () => {
    const code = syntheticCreditCode(7)
    const spelt = Buffer.from(
      `统一社会信用代码,企业名称,注册资本\n${code},无,"1.234,5"\n${syntheticCreditCode(8)},X,-\n`,
    )
    const amount = { name: '注册资本', type: 'number', decimalChar: ',', groupChar: '.', title: '注册资本金' }
    const descriptor = { missingValues: ['无'], primaryKey: '企业名称', fields: [amount] }
    const sent = async (told: object, accept = 'auto') => {
      const id = idOf(await begin(city.steward, spelt.length))
      expect((await send(id, 0, spelt)).status).toBe(204)
      const answer = await city.steward.post(`/api/v1/uploads/${id}/acts/finish`, {
        accept,
        descriptor: told,
      })
      await city.settle()
      return { id, answer }
    }
    const seen = async (batchId: string) => (await city.steward.get(`/api/v1/batches/${batchId}`)).body

    const bad = await sent({ fields: [{ name: '注册资本', type: 'money' }] })
    expect(said(bad.answer)).toEqual([422, 'content-incomplete'])
    expect(bad.answer.body.errors).toMatchObject([{ path: 'descriptor.fields.0.type' }])
    expect(await state(bad.id)).toMatchObject({ offset: spelt.length, batchId: null })
    expect((await give(bad.id)).status).toBe(204)

    // Two fields of the entry have no column: nobody accepts that unseen.
    const { answer } = await sent(descriptor)
    const waits = await seen(answer.body.id)
    expect(waits).toMatchObject({ state: 'awaiting-acceptance' })
    expect(waits.tables[0].schema).toMatchObject({
      primaryKey: ['企业名称'],
      missingValues: ['', '无'],
      absent: [],
    })
    expect(waits.tables[0].columns[2]).toMatchObject({
      type: 'decimal',
      misfits: 1,
      misfitSamples: ['-'],
      schema: { type: 'number', title: '注册资本金', contradicts: false, unchecked: [] },
    })
    const accepted = await city.steward.post(`/api/v1/batches/${answer.body.id}/acts/accept`)
    expect(accepted.status).toBe(200)
    await city.settle()
    expect(await seen(answer.body.id)).toMatchObject({ state: 'live', rows: 1, refusedRows: 1 })
    const row = await city.steward.get(`/api/v1/entries/${entryId}/rows/${code}`)
    expect(row.body.row).toMatchObject({ 企业名称: null, 注册资本: 1234.5 })
  })

  it('wait where their schema contradicts the catalogue, whose type counts; a schema may come afterwards', async () => {
    const sent = await city.steward.upload(`/api/v1/entries/${entryId}/batches?filename=a.csv`, file)
    await city.settle()
    const batch = `/api/v1/batches/${sent.body.id}`
    const told = {
      fields: [{ name: '联系电话', type: 'integer', constraints: { minimum: 1, required: true } }],
    }
    expect(said(await city.user.post(`${batch}/acts/describe`, { descriptor: told }))).toEqual([
      404,
      'not-found',
    ])
    expect(said(await city.steward.post(`${batch}/acts/describe`, { descriptor: {} }))).toEqual([
      422,
      'content-incomplete',
    ])
    expect((await city.steward.post(`${batch}/acts/describe`, { descriptor: told })).status).toBe(200)
    await city.settle()
    const { body } = await city.steward.get(batch)
    const phone = body.tables[0].columns.find(({ source }: { source: string }) => source === '联系电话')
    expect(body.state).toBe('awaiting-acceptance')
    expect(phone).toMatchObject({
      type: 'phone',
      misfits: 0,
      schema: { contradicts: true, unchecked: ['minimum', 'required'] },
    })
    await city.steward.post(`${batch}/acts/accept`, { schema: 'ignore' })
    await city.settle()
    expect((await city.steward.get(batch)).body).toMatchObject({ state: 'live', rows: 2, refusedRows: 0 })
    expect(said(await city.steward.post(`${batch}/acts/describe`, { descriptor: told }))).toEqual([
      409,
      'act-not-available',
    ])
  })

  it('bring words for the fields, which go into the revision of the entry and no further, on record', async () => {
    const described = async (fields: object[]) => {
      const id = idOf(await begin(city.steward))
      expect((await send(id, 0, file)).status).toBe(204)
      const sent = await city.steward.post(`/api/v1/uploads/${id}/acts/finish`, { descriptor: { fields } })
      await city.settle()
      return `/api/v1/batches/${sent.body.id}`
    }
    const phone = { name: '联系电话', description: '另一说法', unit: '位' }
    const batch = await described([phone, { name: '企业名称', title: '企业名称' }])
    const takeOver = `${batch}/acts/take-over`
    expect(said(await city.visitor.post(takeOver, {}))).toEqual([401, 'not-signed-in'])
    expect(said(await city.user.post(takeOver, {}))).toEqual([404, 'not-found'])
    expect(said(await city.steward.post(takeOver, { table: '没有的表' }))).toEqual([409, 'act-not-available'])
    const waits = (await city.steward.get(batch)).body
    expect(waits.acts).toEqual(['accept', 'cancel', 'take-over'])
    expect(waits.tables[0].suggestions).toEqual([{ field: '联系电话', part: 'unit', words: '位' }])
    // The words of a file that was not taken in are of nothing.
    const givenUp = await described([phone])
    const cancelled = await city.steward.post(`${givenUp}/acts/cancel`, {})
    expect([cancelled.status, cancelled.body.state, cancelled.body.acts]).toEqual([200, 'cancelled', []])
    expect(said(await city.steward.post(`${givenUp}/acts/take-over`, {}))).toEqual([409, 'act-not-available'])
    const entry = `/api/v1/entries/${entryId}`
    const before = (await city.steward.get(entry)).body
    const taken = await city.steward.post(takeOver, {})
    expect([taken.status, taken.body.acts]).toEqual([200, ['accept', 'cancel']])
    // Everybody else sees the entry as it was published, until the revision is handed in and confirmed.
    const phoneOf = (body: { fields: { name: string }[] }) =>
      body.fields.find(({ name }) => name === '联系电话')
    expect(phoneOf((await city.visitor.get(entry)).body)).toMatchObject({ unit: '' })
    const after = (await city.steward.get(entry)).body
    expect(after.version).toBe(before.version + 1)
    expect(phoneOf(after)).toMatchObject({ meaning: '企业联系电话', unit: '位', type: 'phone' })
    const records = (await city.authority.get(`/api/v1/records?entry=${entryId}`)).body.items
    expect(records.filter(({ kind }: { kind: string }) => kind === 'entry.schema-taken-over')).toHaveLength(1)
    // Words that are there stay, whatever a schema says.
    const again = await described([{ ...phone, unit: '个' }])
    expect(said(await city.steward.post(`${again}/acts/take-over`, {}))).toEqual([409, 'act-not-available'])
    // What was handed in is fixed.
    const handedIn = await city.steward.post(`${entry}/acts/change`, { content: { note: '补充计量单位' } })
    expect(handedIn.status, handedIn.text).toBe(200)
    const late = await described([{ name: '企业名称', unit: '个' }])
    const fixed = (await city.steward.get(late)).body
    expect(fixed.tables[0].suggestions).toHaveLength(1)
    expect(fixed.acts).toEqual(['accept', 'cancel'])
    expect(said(await city.steward.post(`${late}/acts/take-over`, {}))).toEqual([409, 'act-not-available'])
  })

  it('wait for a steward once a schema was given afterwards, although they were to load by themselves', async () => {
    const id = idOf(await begin(city.steward))
    expect((await send(id, 0, file)).status).toBe(204)
    const withSchema = (field: object) => ({ descriptor: { fields: [field] } })
    const sent = await city.steward.post(`/api/v1/uploads/${id}/acts/finish`, {
      ...{ accept: 'auto', ...withSchema({ name: '联系电话', type: 'integer' }) },
    })
    await city.settle()
    const batch = `/api/v1/batches/${sent.body.id}`
    expect((await city.steward.get(batch)).body).toMatchObject({
      state: 'awaiting-acceptance',
      describedAt: null,
    })
    const amount = { name: '注册资本', type: 'number', constraints: { minimum: 'abc', maximum: 1e9 } }
    for (const [told, unread] of [
      [amount, ['minimum']],
      [{ name: '注册资本', type: 'number' }, []],
    ] as const) {
      expect((await city.steward.post(`${batch}/acts/describe`, withSchema(told))).status).toBe(200)
      await city.settle()
      const { body } = await city.steward.get(batch)
      expect(body).toMatchObject({ state: 'awaiting-acceptance', describedAt: '2026-09-28T01:00:00.000Z' })
      const column = body.tables[0].columns.find(({ source }: { source: string }) => source === '注册资本')
      expect(column.schema).toMatchObject({ contradicts: false, unread, unchecked: [] })
    }
    expect((await city.steward.post(`${batch}/acts/accept`)).status).toBe(200)
    await city.settle()
    expect((await city.steward.get(batch)).body).toMatchObject({ state: 'live', rows: 2, refusedRows: 0 })
  })

  it('are refused by name where the disk is full, and go on from what was kept', async () => {
    const id = idOf(await begin(city.steward))
    expect((await send(id, 0, file.subarray(0, half))).status).toBe(204)
    const place = join(folder, 'uploads', id)
    await rename(place, `${place}.aside`)
    // A device that is always full; its size is that of nothing.
    await symlink('/dev/full', place)
    const { status, body } = await send(id, 0, file.subarray(half))
    expect([status, body.code]).toEqual([503, 'storage-unavailable'])
    await rename(`${place}.aside`, place)
    expect((await state(id)).offset).toBe(half)
    expect((await send(id, half, file.subarray(half))).status).toBe(204)
    expect((await finish(id)).status).toBe(202)
    await city.settle()
  })

  it('are bounded for each person, and thrown away when their time is over', async () => {
    const begun = []
    for (let count = 0; count < 10; count += 1) begun.push(idOf(await begin(city.steward)))
    expect(said(await begin(city.steward))).toEqual([403, 'refused-by-platform'])
    await give(begun[0]!)
    // Two of the largest files are more than one person may have under way beside anything else.
    for (const id of begun.slice(1, 9)) await give(id)
    expect((await begin(city.steward, 2 ** 20)).status).toBe(201)
    expect(said(await begin(city.steward, 2 ** 20))).toEqual([403, 'refused-by-platform'])
    city.at('2026-10-02T01:00:00Z')
    await city.settle()
    expect(said(await city.steward.get(`/api/v1/uploads/${begun[9]}`))).toEqual([404, 'not-found'])
    expect(await readdir(join(folder, 'uploads'))).toEqual([])
  })

  it('are sent so by the command line, with a key', async () => {
    const state = await mkdtemp(join(tmpdir(), 'tiaoli-cli-'))
    vi.stubEnv('TIAOLI_STATE', state)
    const path = join(state, '企业.csv')
    await writeFile(path, file)
    const url = await city.house.app.listen({ port: 0, host: '127.0.0.1' })
    const { key } = (await city.steward.post('/api/v1/api-keys', { name: '上传' })).body
    const id = await sendInParts(path, { url, entryId, key, mode: 'upsert' as const })
    expect((await city.steward.withKey(key).get(`/api/v1/uploads/${id}`)).body).toMatchObject({
      fileName: '企业.csv',
      offset: file.length,
      batchId: null,
    })
    await expect(
      sendInParts(path, { url, entryId: newId(), key, mode: 'upsert' as const }),
    ).rejects.toMatchObject({
      name: 'ProblemError',
      problem: { code: 'not-found' },
    })
    vi.unstubAllEnvs()
    await rm(state, { recursive: true })
  })
})
