import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bringIn, companyFile, conditional, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { act, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
let grantId: string
const codes = Array.from({ length: 60 }, (_, n) => syntheticCreditCode(n + 1))
const fields = ['统一社会信用代码', '企业名称', '法定代表人']

beforeAll(async () => {
  city = await openCity('suzhou', { limitFactor: 1 })
  city.at('2023-03-06T01:00:00Z')
  entryId = await publishEntry(city, { sharing: conditional })
  await bringIn(city, entryId, companyFile(codes))
  const filed = await request(city, city.user, entryId, { fields, scenario: '核对企业情况' })
  await act(city, city.steward, filed.body, 'provide', { masks: { 法定代表人: 'pseudonym' } })
  grantId = (await city.user.get('/api/v1/grants?side=held')).body.items[0].id
})
afterAll(() => city.close())

const ask = (caller: City['user'], content: object = {}) =>
  caller.post(`/api/v1/entries/${entryId}/exports`, { format: 'csv', ...content })
const collect = (caller: City['user'], id: string) => caller.get(`/api/v1/exports/${id}/file`)
const described = (caller: City['user'], id: string) => caller.get(`/api/v1/exports/${id}/datapackage.json`)
/** What lies on disk for collection. */
const onDisk = async () => {
  const folder = join(city.dataFolder, 'lake', 'exports')
  return existsSync(folder) ? readdir(folder) : []
}

describe('a file made in the background', () => {
  it('is refused as the data themselves are, on record, and to nobody in particular', async () => {
    expect((await ask(city.visitor)).status).toBe(401)
    const refused = await ask(city.other)
    expect(refused.body).toMatchObject({ status: 403, code: 'refused-by-law', article: 'SZ-13.2-a' })
    const { body } = await city.other.get(`/api/v1/records/${refused.body.recordId}/receipt`)
    expect(JSON.parse(body.record)).toMatchObject({ kind: 'access.refused' })
    expect((await ask(city.user, { fields: ['联系电话'] })).body).toMatchObject({ status: 403 })
    expect((await ask(city.user, { format: 'doc' })).status).toBe(422)
    const where = [{ field: '企业名称', operator: 'between', values: ['甲'] }]
    expect((await ask(city.user, { where })).body).toMatchObject({ status: 400, code: 'bad-filter' })
    const elsewhere = await city.user.post('/api/v1/entries/01890000-0000-7000-8000-000000000000/exports', {})
    expect(elsewhere.status).toBe(404)
    expect((await city.user.get('/api/v1/exports')).body.items).toEqual([])
  })

  it('is made, told of, and collected by its owner alone; it is the file that a download gives', async () => {
    const asked = await ask(city.user, { fields, grant: grantId })
    expect(asked.status).toBe(202)
    const { id } = asked.body
    await city.settle()
    const ready = (await city.user.get(`/api/v1/exports/${id}`)).body
    expect(ready).toMatchObject({ state: 'ready', rows: 60, fields, grantId, refusal: null })
    expect(await noticeOf(city.user, 'export.ready')).toMatchObject({ link: `/desk/grants/${grantId}` })
    for (const stranger of [city.other, city.authority, city.steward]) {
      expect((await stranger.get(`/api/v1/exports/${id}`)).status).toBe(404)
      expect((await collect(stranger, id)).status).toBe(404)
      expect((await described(stranger, id)).status).toBe(404)
      expect((await stranger.delete(`/api/v1/exports/${id}`)).status).toBe(404)
    }
    const file = await collect(city.user, id)
    expect(file.headers['content-disposition']).toContain('filename="data.csv"')
    const [{ schema, ...resource }] = (await described(city.user, id)).body.resources
    const bytes = Buffer.from(file.text)
    expect(resource).toMatchObject({
      ...{ path: 'data.csv', format: 'csv', encoding: 'utf-8', bytes: bytes.length },
      hash: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    })
    expect(schema.primaryKey).toEqual(['统一社会信用代码'])
    expect(schema.fields).toEqual([
      {
        ...{ name: '统一社会信用代码', type: 'string', description: '登记机关赋予的代码' },
        constraints: { required: true },
      },
      { name: '企业名称', type: 'string', description: '登记名称' },
      { name: '法定代表人', type: 'string', description: '姓名' },
    ])
    const cells = (text: string) => text.replaceAll('"', '')
    const direct = await city.user.get(
      `/api/v1/entries/${entryId}/download?grant=${grantId}&fields=${encodeURIComponent(fields.join(','))}`,
    )
    expect(cells(file.text)).toBe(cells(direct.text))
    const record = (await city.user.get(`/api/v1/records/${file.headers['tiaoli-record']}/receipt`)).body
      .record
    expect(JSON.parse(record)).toMatchObject({
      kind: 'access.collected',
      grantId,
      payload: { rows: 60, made: ready.recordId, sha256: ready.sha256 },
    })
    const traced = await city.authority.upload('/api/v1/deliveries/trace', file.text)
    expect(traced.body.delivery).toMatchObject({ grantId, recordId: ready.recordId })
  })

  it('is resumed where it broke off: part by part, each decided and on record, and never of another file', async () => {
    const [{ id, sha256, sizeBytes }] = (await city.user.get(`/api/v1/exports?grant=${grantId}`)).body.items
    const part = (headers: Record<string, string>, caller = city.user) =>
      caller.get(`/api/v1/exports/${id}/file`, headers)
    const whole = await part({})
    expect([whole.status, whole.headers.etag, whole.headers['accept-ranges']]).toEqual([
      200,
      `"${sha256}"`,
      'bytes',
    ])
    expect(Number(whole.headers['content-length'])).toBe(sizeBytes)
    const bytes = Buffer.from(whole.text)
    // Within ASCII, so that a part is a text of its own.
    const at = bytes.indexOf(0x0a) + 1
    const rest = await part({ range: `bytes=${at}-`, 'if-range': `"${sha256}"` })
    expect([rest.status, rest.headers['content-range']]).toEqual([
      206,
      `bytes ${at}-${sizeBytes - 1}/${sizeBytes}`,
    ])
    expect(rest.text).toBe(bytes.subarray(at).toString())
    const { record } = (await city.user.get(`/api/v1/records/${rest.headers['tiaoli-record']}/receipt`)).body
    expect(JSON.parse(record)).toMatchObject({
      kind: 'access.collected',
      payload: { sha256, bytes: { first: at, last: sizeBytes - 1 } },
    })
    expect((await part({ range: 'bytes=5-', 'if-range': '"another"' })).status).toBe(200)
    const beyond = await part({ range: `bytes=${sizeBytes}-` })
    expect(beyond.body).toMatchObject({ status: 416, code: 'range-not-there' })
    expect(beyond.headers['content-range']).toBe(`bytes */${sizeBytes}`)
    expect((await part({ range: 'bytes=0-1' }, city.other)).status).toBe(404)
  })

  it('is spelt in GB 18030 or without a mark where that is asked for', async () => {
    const spelt = await city.steward.get(`/api/v1/entries/${entryId}/download?encoding=utf-8&fields=企业名称`)
    expect(spelt.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(spelt.text.startsWith('企业名称')).toBe(true)
    const bytes = await city.steward.bytes(
      `/api/v1/entries/${entryId}/download?encoding=gb18030&fields=企业名称`,
    )
    expect(new TextDecoder('gb18030').decode(bytes)).toBe(spelt.text)
    expect((await city.steward.get(`/api/v1/entries/${entryId}/download?encoding=latin1`)).status).toBe(400)
    const { id } = (await ask(city.user, { fields: ['企业名称'], grant: grantId, encoding: 'gb18030' })).body
    await city.settle()
    const file = await city.user.bytes(`/api/v1/exports/${id}/file`)
    expect(new TextDecoder('gb18030').decode(file)).toContain('示例企业60')
    await city.user.delete(`/api/v1/exports/${id}`)
  })

  it('is not given any more once the grant stands still, and is again when it goes on', async () => {
    const [{ id }] = (await city.user.get(`/api/v1/exports?grant=${grantId}`)).body.items
    const grounds = { reasons: '核查使用情况', basis: '使用约定' }
    const turn = (what: string) => city.steward.post(`/api/v1/grants/${grantId}/acts/${what}`, grounds)
    expect((await turn('suspend')).status).toBe(200)
    expect((await collect(city.user, id)).body).toMatchObject({ status: 403, code: 'refused-by-platform' })
    const late = await ask(city.user, { grant: grantId })
    expect(late.body).toMatchObject({ status: 403, code: 'refused-by-platform' })
    expect((await turn('resume')).status).toBe(200)
    expect((await collect(city.user, id)).status).toBe(200)
  })

  it('is decided again when it is made', async () => {
    const turn = (what: string) =>
      city.steward.post(`/api/v1/grants/${grantId}/acts/${what}`, { reasons: '核查', basis: '使用约定' })
    /** Asks for a file and suspends the grant before it is made; what is made in the background may be quicker. */
    const suspended = async () => {
      const { id } = (await ask(city.user, { grant: grantId })).body
      await turn('suspend')
      await city.settle()
      const made = (await city.user.get(`/api/v1/exports/${id}`)).body
      expect((await city.user.delete(`/api/v1/exports/${id}`)).body).toEqual({ dropped: true })
      await turn('resume')
      return made
    }
    let refused = await suspended()
    for (let again = 0; again < 20 && refused.state === 'ready'; again += 1) refused = await suspended()
    expect(refused.state).toBe('refused')
    expect(refused.refusal.condition.zh).toContain('暂停')
  })

  it('goes after a day, or when its owner drops it, and nobody has more than ten', async () => {
    expect(await onDisk()).toHaveLength(1)
    const ids: string[] = []
    for (let n = 0; n < 9; n++) ids.push((await ask(city.user)).body.id)
    expect((await ask(city.user)).body).toMatchObject({ status: 429, code: 'too-many-requests' })
    for (const id of ids) expect((await city.user.delete(`/api/v1/exports/${id}`)).status).toBe(200)
    city.at('2023-03-07T01:00:01Z')
    await city.settle()
    expect((await city.user.get('/api/v1/exports')).body.items).toEqual([])
    expect(await onDisk()).toEqual([])
  })

  it('that cannot be written is on record as broken off, and takes no place of those to come', async () => {
    const folder = join(city.dataFolder, 'lake', 'exports')
    await rm(folder, { recursive: true, force: true })
    await writeFile(folder, 'in the way')
    const { id } = (await ask(city.user, { grant: grantId })).body
    await city.settle()
    const ends = async () =>
      (await city.user.get(`/api/v1/records?grant=${grantId}&kind=access.exported`)).body.items
    await vi.waitFor(async () =>
      expect((await ends())[0]).toMatchObject({ outcome: 'broken-off', details: { rows: 0 } }),
    )
    // It cannot have been made, however quick the background is: nothing is collected, and nothing told of it.
    for (const asked of [collect, described]) {
      const { status, body } = await asked(city.user, id)
      expect([status, body.code]).toEqual([409, 'act-not-available'])
    }
    await rm(folder)
    expect((await city.user.delete(`/api/v1/exports/${id}`)).body).toEqual({ dropped: true })
  })
})

it('pseudonyms that were read through the interface name the grant, and say how far it can be traced', async () => {
  const { body } = await city.user.get(`/api/v1/entries/${entryId}/rows?limit=20&grant=${grantId}`)
  const leaked = body.rows.map((row: Record<string, string>) => row.法定代表人).join('\n')
  const traced = await city.authority.upload('/api/v1/deliveries/trace', `x\n${leaked}`)
  expect(traced.body.delivery).toMatchObject({ foundBy: 'pseudonyms', grantId })
  expect(traced.body.delivery.evidence.surety).toBeGreaterThanOrEqual(9)

  // The same by the command, which says so in its exit status too.
  const url = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  const { key } = (await city.authority.post('/api/v1/api-keys', { name: '查验' })).body
  const file = join(city.dataFolder, 'leak.csv')
  const command = (content: string, env: Record<string, string>) =>
    writeFile(file, content).then(
      () =>
        new Promise<{ status: unknown; said: string }>((resolve) => {
          const words = ['cli/tiaoli.ts', 'trace', file, '--url', url]
          const options = { env: { ...process.env, LC_ALL: 'en_GB', TIAOLI_KEY: '', ...env } }
          execFile(process.execPath, words, options, (error, out, complaint) =>
            resolve({ status: error?.code ?? 0, said: out + complaint }),
          )
        }),
    )
  const unknown = await command(`x\n${leaked}`, { TIAOLI_KEY: 'tl_none' })
  expect(unknown.status).toBe(1)
  expect(unknown.said).not.toContain(grantId)
  const none = await command('1\n2\n', { TIAOLI_KEY: key })
  expect(none).toMatchObject({ status: 1, said: expect.stringContaining('Cannot be traced. Nothing in') })
  const named = await command(`x\n${leaked}`, { TIAOLI_KEY: key })
  expect(named).toMatchObject({ status: 0, said: expect.stringContaining(`Grant: ${grantId}`) })
  expect(named.said).toContain(traced.body.delivery.recordId)
  expect(named.said).toContain('Found by: its pseudonyms')

  // Who receives need not be told what would not be found.
  expect((await city.user.get(`/api/v1/grants/${grantId}/tracing`)).status).toBe(403)
  expect((await city.steward.get(`/api/v1/grants/${grantId}/tracing`)).body.traceability).toBe('values')
  expect((await city.other.get(`/api/v1/grants/${grantId}/tracing`)).status).toBe(404)
})
