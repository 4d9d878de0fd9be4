import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, closed, publishEntry, unconditional } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { toldOf } from '../kit/tasks.ts'

const raw = (code: string) =>
  ['统一社会信用代码,企业名称,注册资本', `${code},　示例（北京）　公司 １ 号 ,10`, ''].join('\n')
const steps = ['white-space', 'width']

describe('Article 17.2: what the big data centre does itself', () => {
  let city: City
  let centre: Caller
  let entryId: string
  beforeAll(async () => {
    city = await openCity('beijing')
    city.at('2023-03-01T02:00:00Z')
    centre = await city.signIn('centre')
    entryId = await publishEntry(city, {
      title: '待清洗的登记信息',
      sharing: unconditional,
      opening: unconditional,
      fields: [
        { name: '统一社会信用代码', type: 'credit-code', meaning: '代码', sensitivity: 'public', key: true },
        { name: '企业名称', type: 'text', meaning: '名称', sensitivity: 'public' },
        { name: '注册资本', type: 'decimal', meaning: '认缴', unit: '万元', sensitivity: 'public' },
      ],
    })
  })
  afterAll(() => city.close())

  const code = syntheticCreditCode(1)
  const address = () => `/api/v1/entries/${entryId}/cleanings`
  const name = async () =>
    (await city.visitor.get(`/api/v1/entries/${entryId}/rows/${code}`)).body.row.企业名称

  it('[BJ-17.2-a] refuses a cleaning to the authority and to the provider, and runs it for the centre, in its name', async () => {
    expect((await centre.post(address(), { steps })).body.code).toBe('no-snapshot')
    await bringIn(city, entryId, raw(code))
    for (const caller of [city.authority, city.steward, city.citizen]) {
      const refused = await caller.post(address(), { steps })
      expect([refused.status, refused.body.code, refused.body.article]).toEqual([
        403,
        'not-allowed',
        'BJ-17.2-a',
      ])
      expect(refused.body.remedy.zh).toContain('市大数据中心')
    }
    expect((await city.visitor.post(address(), { steps })).status).toBe(401)
    expect((await centre.post(address(), { steps: ['other'] })).status).toBe(422)
    expect((await centre.get(address())).body).toMatchObject({ items: [], mayRun: true })
    expect(await name()).toBe('　示例（北京）　公司 １ 号 ')

    const run = await centre.post(address(), { steps })
    expect([run.status, run.body]).toEqual([
      202,
      expect.objectContaining({
        changedCells: 1,
        organisation: expect.objectContaining({ id: 'centre' }),
      }),
    ])
    await city.settle()
    expect(await name()).toBe('示例（北京） 公司 1 号')
    const receipt = await centre.get(`/api/v1/records/${run.body.recordId}/receipt`)
    expect(JSON.parse(receipt.body.record)).toMatchObject({
      kind: 'processing.cleaned',
      organisationId: 'centre',
      entryId,
      snapshotId: run.body.snapshotId,
      article: 'BJ-17.2-a',
    })

    // Whose data they are is told, and reads the run; the load is theirs, as is every load of the entry.
    expect(await toldOf(city.steward, 'processing.cleaned')).toEqual(['《待清洗的登记信息》的数据已清洗'])
    expect((await city.steward.get(address())).body).toMatchObject({
      items: [{ id: run.body.id, steps }],
      mayRun: false,
    })
    expect((await city.steward.get(`/api/v1/batches/${run.body.batchId}`)).body).toMatchObject({
      state: 'live',
      rows: 1,
      refusedRows: 0,
    })
    expect((await city.other.get(address())).status).toBe(404)
  })

  it('[BJ-17.2-a] makes no new snapshot where there is nothing to clean', async () => {
    const before = (await city.visitor.get(`/api/v1/entries/${entryId}/snapshots`)).body.items.length
    const idle = await centre.post(address(), { steps })
    expect([idle.status, idle.body.code]).toEqual([409, 'act-not-available'])
    await city.settle()
    expect((await city.visitor.get(`/api/v1/entries/${entryId}/snapshots`)).body.items.length).toBe(before)
  })

  it('lets no work on earlier data take the place of data that came in while it was under way', async () => {
    const { catalogue, aggregation } = city.house
    const { live, ...entry } = (await catalogue.find(entryId))!
    const given = { fileName: 'cleaned', autoAccept: false, baseSnapshotId: live!.snapshotId }
    const steward = { id: (await city.steward.get('/api/v1/session')).body.user.id, name: 'steward' }
    const worked = () => aggregation.takeIn({ ...entry, live }, steward, Readable.from([raw(code)]), given)
    const { id } = await worked()
    await bringIn(city, entryId, raw(code).replace('１ 号', '２号'))
    expect((await city.steward.post(`/api/v1/batches/${id}/acts/accept`, {})).status).toBe(200)
    await city.settle()
    expect(await name()).toContain('２号')
    expect((await city.steward.get(`/api/v1/batches/${id}`)).body).toMatchObject({
      state: 'failed',
      failure: { code: 'overtaken', message: { zh: expect.stringContaining('更新的数据') } },
    })
    expect(await toldOf(city.steward, 'batch.failed')).toHaveLength(1)
    // What is handed in too late already is refused at once.
    await expect(worked()).rejects.toMatchObject({ code: 'act-not-available', status: 409 })
  })

  it('[BJ-17.2-e] has the open platform run and maintained by the centre, and refuses its maintenance to everyone else', async () => {
    const shown = async () =>
      (await city.visitor.get('/api/v1/systems')).body.items.find(
        ({ key }: { key: string }) => key === 'opening',
      )
    expect(await shown()).toMatchObject({
      term: { zh: '公共数据开放平台' },
      article: 'BJ-17.2-e',
      admitted: true,
      runBy: { id: 'centre' },
      canMaintain: false,
      maintenance: [],
    })
    const path = '/api/v1/systems/opening/maintenance'
    const work = { from: '2023-03-04T14:00:00Z', until: '2023-03-04T16:00:00Z', note: '升级检索服务' }
    for (const caller of [city.authority, city.steward, city.citizen]) {
      const refused = await caller.post(path, work)
      expect([refused.status, refused.body.article]).toEqual([403, 'BJ-17.2-e'])
    }
    expect((await city.visitor.post(path, work)).status).toBe(401)
    expect((await centre.post(path, { ...work, until: work.from })).status).toBe(422)
    expect((await centre.post(path, work)).status).toBe(201)
    expect((await shown()).maintenance).toMatchObject([{ note: '升级检索服务', by: { id: 'centre' } }])
    const [mine] = (await centre.get('/api/v1/systems')).body.items
    expect(mine.canMaintain).toBe(true)
    const records = (await centre.get('/api/v1/records')).body.items
    expect(records.map(({ kind }: { kind: string }) => kind)).toContain('system.maintained')

    // The public site needs no account; what is internal or unpublished does not stand there.
    await publishEntry(city, { title: '内部名录', sharing: unconditional, opening: closed })
    const { items } = (await city.visitor.get('/api/v1/systems/opening/entries')).body
    expect(items.map(({ title }: { title: string }) => title)).toEqual(['待清洗的登记信息'])
  })
})
