import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
const codes = Array.from({ length: 30 }, (_, n) => syntheticCreditCode(n + 1))

beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-03-06T01:00:00Z')
  entryId = await publishEntry(city, { sharing: unconditional })
})
afterAll(() => city.close())

const upload = (mode: string, content: string, to = entryId) =>
  city.steward.upload(`/api/v1/entries/${to}/batches?accept=auto&filename=a.csv&mode=${mode}`, content)

/** A batch of a mode, taken to its end. */
async function bring(mode: string, content: string, to = entryId) {
  const sent = await upload(mode, content, to)
  expect(sent.status).toBe(202)
  await city.settle()
  return (await city.steward.get(`/api/v1/batches/${sent.body.id}`)).body
}
const nameOf = async (code: string) => {
  const found = await city.steward.get(`/api/v1/entries/${entryId}/rows/${code}`)
  return found.status === 200 ? found.body.row.企业名称 : found.status
}
const snapshots = async () => (await city.steward.get(`/api/v1/entries/${entryId}/snapshots`)).body.items
const renamed = (indexes: readonly number[]) =>
  companyFile(indexes.map((index) => codes[index]!)).replaceAll('示例企业', '改名企业')

describe('the mode of a batch', () => {
  it('is one of four, and has to fit the entry: refused with the reason, before anything is taken in', async () => {
    expect((await upload('merge', 'a\n1\n')).body).toMatchObject({ status: 400, code: 'bad-request' })
    const nothing = await upload('delete', companyFile(codes.slice(0, 1)))
    expect(nothing.body).toMatchObject({ status: 409, code: 'act-not-available' })
    expect(nothing.body.article).toBeUndefined()
    expect(nothing.body.condition.zh).toContain('尚无数据')
    const keyless = await publishEntry(city, {
      title: '无主键',
      fields: [{ name: '名称', type: 'text', meaning: '名称', sensitivity: 'public' }],
    })
    const refused = await upload('upsert', '名称\n甲\n', keyless)
    expect(refused.body).toMatchObject({ status: 409, code: 'act-not-available' })
    expect(refused.body.condition.zh).toContain('没有主键')
    const stranger = `/api/v1/entries/${entryId}/batches?filename=a.csv&mode=upsert`
    expect((await city.user.upload(stranger, companyFile(codes))).status).toBe(403)
    expect((await city.steward.get('/api/v1/batches')).body.items).toEqual([])
  })

  it('counts by its number, not by the clock: one that comes while the clock has gone back is the newest', async () => {
    const entry = await publishEntry(city, { title: '时钟回拨', sharing: unconditional })
    const one = codes.slice(0, 1)
    await bring('replace', companyFile(one), entry)
    city.at('2023-03-01T01:00:00Z')
    const back = await bring('upsert', companyFile(one).replaceAll('示例企业', '改名企业'), entry)
    city.at('2023-03-06T01:00:00Z')
    expect(back).toMatchObject({ state: 'live', number: 2, changes: { added: 0, replaced: 1, removed: 0 } })
    const { items } = (await city.steward.get(`/api/v1/entries/${entry}/snapshots`)).body
    expect(items.map(({ number, live }: { number: number; live: boolean }) => [number, live])).toEqual([
      [2, true],
      [1, false],
    ])
    const row = await city.steward.get(`/api/v1/entries/${entry}/rows/${one[0]}`)
    expect(row.body.row.企业名称).toBe('改名企业1')
  })

  it('appends what is new and refuses what is there, and the first rows of an entry may come so', async () => {
    const first = await bring('append', companyFile(codes.slice(0, 20)))
    expect(first).toMatchObject({ state: 'live', mode: 'append', rows: 20, changes: null })
    const more = await bring('append', companyFile([...codes.slice(18, 24)]))
    expect(more).toMatchObject({
      state: 'live',
      rows: 4,
      refusedRows: 2,
      changes: { added: 4, replaced: 0, removed: 0 },
    })
    expect(more.refusals[0]).toMatchObject({ cause: 'duplicate-key', line: 2 })
    const [live] = await snapshots()
    expect(live).toMatchObject({ mode: 'append', rows: 24, live: true, changes: { added: 4 } })
  })

  it('puts rows in place of others by key; the version before stays as it was, and both are on record', async () => {
    const [before] = await snapshots()
    const batch = await bring('upsert', renamed([0, 1, 25]))
    expect(batch).toMatchObject({ rows: 3, changes: { added: 1, replaced: 2, removed: 0 } })
    expect([await nameOf(codes[0]!), await nameOf(codes[25]!), await nameOf(codes[2]!)]).toEqual([
      '改名企业1',
      '改名企业3',
      '示例企业3',
    ])
    const [live] = await snapshots()
    expect(live.rows).toBe(25)
    const rowsIn = (snapshot: string) =>
      city.steward.get(
        `/api/v1/entries/${entryId}/rows?snapshot=${snapshot}&limit=1&where=企业名称:prefix:改名`,
      )
    expect((await rowsIn(before.id)).body.total).toBe(0)
    expect((await rowsIn(live.id)).body.total).toBe(3)
    const record = (await city.steward.get(`/api/v1/records/${live.recordId}/receipt`)).body.record
    expect(JSON.parse(record).payload).toMatchObject({
      mode: 'upsert',
      baseSnapshotId: before.id,
      changes: { added: 1, replaced: 2, removed: 0 },
    })
  })

  it('deletes by a file of keys, whatever else stands in it', async () => {
    const batch = await bring('delete', `统一社会信用代码\n${codes[0]}\n${codes[29]}\n`)
    expect(batch).toMatchObject({ rows: 1, refusedRows: 1, changes: { added: 0, replaced: 0, removed: 1 } })
    expect(batch.refusals[0]).toMatchObject({ cause: 'no-such-row' })
    expect(await nameOf(codes[0]!)).toBe(404)
    expect((await bring('upsert', renamed([0]))).changes).toEqual({ added: 1, replaced: 0, removed: 0 })
    expect(await nameOf(codes[0]!)).toBe('改名企业1')
  })

  it('changes nothing where the file lacks a field of the rows, and says which', async () => {
    const batch = await bring('upsert', `统一社会信用代码,企业名称\n${codes[1]},别的\n`)
    expect(batch.state).toBe('awaiting-acceptance')
    const accepted = await city.steward.post(`/api/v1/batches/${batch.id}/acts/accept`, {})
    expect(accepted.status).toBe(200)
    await city.settle()
    const failed = (await city.steward.get(`/api/v1/batches/${batch.id}`)).body
    expect(failed).toMatchObject({ state: 'failed', failure: { code: 'fields-changed' } })
    expect(failed.failure.message.zh).toContain('注册资本')
    expect(await nameOf(codes[1]!)).toBe('改名企业2')
  })

  it('loses nothing of two changes that come at the same time', async () => {
    const sent = await Promise.all([upload('upsert', renamed([26])), upload('append', renamed([27, 28]))])
    expect(sent.map(({ status }) => status)).toEqual([202, 202])
    await city.settle()
    for (const index of [26, 27, 28]) expect(await nameOf(codes[index]!)).toContain('改名企业')
  })

  it('may be to replace all rows, as ever', async () => {
    const batch = await bringIn(city, entryId, companyFile(codes.slice(0, 2)))
    expect(batch).toMatchObject({ mode: 'replace', rows: 2, changes: null })
    expect((await snapshots())[0]).toMatchObject({ rows: 2, mode: 'replace', changes: null })
  })
})

describe('rows that a system pushes', () => {
  const line = (index: number, name: string) =>
    `${JSON.stringify({ 统一社会信用代码: codes[index], 企业名称: name, 注册资本: 1, 法定代表人: '示例人', 联系电话: '13800000000' })}\n`

  it('come as NDJSON with an API key; bad rows are told, and sent once more under the same key they count once', async () => {
    const keyed = await publishEntry(city, { title: '推送', sharing: unconditional })
    const { body: issued } = await city.steward.post('/api/v1/api-keys', { name: '推送系统' })
    const push = (content: string, batchKey: string, mode = 'append', key = issued.key) =>
      city.visitor
        .withKey(key)
        .upload(
          `/api/v1/entries/${keyed}/batches?accept=auto&filename=push.ndjson&mode=${mode}&batchKey=${batchKey}`,
          content,
        )
    const end = async (id: string) => {
      await city.settle()
      return (await city.steward.get(`/api/v1/batches/${id}`)).body
    }
    const rows = `${line(0, '甲')}no json\n${line(1, '乙')}`
    const first = await push(rows, 'push-2023-03-06-1')
    expect(first.status).toBe(202)
    expect(await end(first.body.id)).toMatchObject({ state: 'live', rows: 2, refusedRows: 1 })
    const again = await push(rows, 'push-2023-03-06-1')
    expect([again.status, again.body.id]).toEqual([202, first.body.id])
    const other = await push(line(2, '丙'), 'push-2023-03-06-1')
    expect(other.body).toMatchObject({ status: 409, code: 'act-not-available' })
    expect(other.body.article).toBeUndefined()
    const [one, two] = await Promise.all([1, 2].map(() => push(line(2, '丙'), 'push-2023-03-06-2')))
    expect(one!.body.id).toBe(two!.body.id)
    expect(await end(one!.body.id)).toMatchObject({ state: 'live', changes: { added: 1 } })
    const changed = await push(line(1, '乙改') + line(3, '丁'), 'push-2023-03-06-3', 'upsert')
    expect(await end(changed.body.id)).toMatchObject({ changes: { added: 1, replaced: 1, removed: 0 } })
    const gone = await push(
      `${JSON.stringify({ 统一社会信用代码: codes[0] })}\n`,
      'push-2023-03-06-4',
      'delete',
    )
    expect(await end(gone.body.id)).toMatchObject({ changes: { added: 0, replaced: 0, removed: 1 } })
    expect((await push(rows, 'short')).body).toMatchObject({ status: 400, code: 'bad-request' })
    const unknown = await push(rows, 'push-2023-03-06-5', 'append', 'unknown')
    expect(unknown.body).toMatchObject({ status: 401, code: 'key-not-valid' })
  })
})
