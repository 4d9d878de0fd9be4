import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, publishEntry } from '../kit/acts.ts'
import { agreedRequest, agreementContent, offerAgreement, signAgreement } from '../kit/agreements.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string

beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
  entryId = await publishEntry(city, { title: '停车记录', opening: conditional })
  await bringIn(city, entryId, companyFile([1, 2, 3].map(syntheticCreditCode)))
})
afterAll(() => city.close())

const rows = () => city.citizen.get(`/api/v1/entries/${entryId}/rows`)
const noticesOf = async (caller: City['citizen']): Promise<string[]> =>
  (await caller.get('/api/v1/notices')).body.items.map((notice: { title: { zh: string } }) => notice.title.zh)
const model = (feedback: string) => ({
  clauses: { security: '加密存储\n专人管理', disposal: '期满后删除并出具证明', feedback },
  bodies: ['market', 'civil'],
  inForceOn: '2026-03-02',
})

describe('Article 29.2: the model text of the agreement', () => {
  it('[CQ-29.2-b] is kept by version with the bodies that took part; nobody else publishes one', async () => {
    expect((await city.steward.post('/api/v1/agreement-models', model('甲'))).status).toBe(403)
    const alone = await city.authority.post('/api/v1/agreement-models', { ...model('甲'), bodies: [] })
    expect(alone.status).toBe(422)
    const bare = await city.authority.post('/api/v1/agreement-models', {
      ...model('甲'),
      clauses: { security: '加密存储' },
    })
    expect(bare.body).toMatchObject({ status: 422, article: 'CQ-29.2-b' })
    for (const feedback of ['每年报告使用情况', '书面报告使用情况'])
      expect((await city.authority.post('/api/v1/agreement-models', model(feedback))).status).toBe(201)
    const { items } = (await city.visitor.get('/api/v1/agreement-models')).body
    expect(items.map((each: { version: number; inForce: boolean }) => [each.version, each.inForce])).toEqual([
      [2, true],
      [1, false],
    ])
    expect(items[0].bodies.map((body: { id: string }) => body.id)).toEqual(['market', 'civil'])
  })

  it('[CQ-29.1-a] [CQ-29.2-b] drafts from request, entry and the version in force; both parties see a changed clause marked', async () => {
    const caseId = await agreedRequest(city, entryId, city.citizen)
    const { draft } = (await city.authority.get(`/api/v1/cases/${caseId}/agreement`)).body
    expect(draft).toMatchObject({
      act: 'sign-agreement',
      modelVersion: 2,
      content: {
        scenario: '行业分布研究',
        fields: ['统一社会信用代码', '企业名称'],
        feedback: '书面报告使用情况',
      },
    })
    expect((await city.citizen.get(`/api/v1/cases/${caseId}/agreement`)).body.draft).toBeNull()
    await offerAgreement(city, caseId, { feedback: '每季度在线填报使用情况' })
    for (const party of [city.authority, city.citizen]) {
      const { agreement } = (await party.get(`/api/v1/cases/${caseId}/agreement`)).body
      expect(agreement.deviations).toEqual([
        expect.objectContaining({
          key: 'feedback',
          model: '书面报告使用情况',
          agreed: '每季度在线填报使用情况',
        }),
      ])
    }
    await city.citizen.post(`/api/v1/cases/${caseId}/acts/withdraw`)
    const { agreement } = (await city.citizen.get(`/api/v1/cases/${caseId}/agreement`)).body
    expect(agreement.standing).toBe('lapsed')
  })
})

describe('Articles 28 and 29: signing', () => {
  it('[CQ-29.2-a] cannot be done with any of the seven matters missing, and the matter is named', async () => {
    const caseId = await agreedRequest(city, entryId, city.citizen)
    for (const matter of ['fields', 'purpose', 'scenario', 'security', 'until', 'disposal', 'feedback']) {
      const answer = await offerAgreement(city, caseId, { [matter]: undefined })
      expect(answer.body).toMatchObject({
        status: 422,
        article: 'CQ-29.2-a',
        errors: [expect.objectContaining({ path: matter })],
      })
    }
    const past = await offerAgreement(city, caseId, { until: '2026-03-01' })
    expect(past.body).toMatchObject({ status: 422, errors: [{ path: 'until' }] })
    expect((await city.citizen.get(`/api/v1/cases/${caseId}/agreement`)).body.agreement).toBeNull()
    await city.citizen.post(`/api/v1/cases/${caseId}/acts/withdraw`)
  })

  it('[CQ-28.1-b] [CQ-29.1-a] opens access with the second signature and not before; both signatures, their times and the access stand in what is kept', async () => {
    const caseId = await agreedRequest(city, entryId, city.citizen)
    expect((await rows()).status).toBe(403)
    await offerAgreement(city, caseId)
    expect((await rows()).status).toBe(403)
    city.at('2026-03-02T02:00:00Z')
    const agreement = await signAgreement(city.citizen, caseId)
    expect((await rows()).status).toBe(200)
    expect(agreement).toMatchObject({
      standing: 'in-force',
      signatures: {
        authority: { organisation: { id: 'authority' }, at: '2026-03-02T01:00:00.000Z' },
        user: { name: '示例citizen', at: '2026-03-02T02:00:00.000Z' },
      },
    })
    expect((await city.citizen.get(`/api/v1/cases/${caseId}`)).body.grantId).toBe(agreement.grantId)

    const kept = await city.citizen.get(`/api/v1/agreements/${agreement.id}/document`)
    expect(createHash('sha256').update(kept.text).digest('hex')).toBe(agreement.sha256)
    expect(JSON.parse(kept.text).signatures).toHaveLength(2)
    const receipt = await city.citizen.get(`/api/v1/records/${agreement.recordId}/receipt`)
    expect(receipt.body.record).toContain(agreement.sha256)
    const again = await offerAgreement(city, caseId, { purpose: '其他' })
    expect(again.status).toBe(409)
    expect((await city.citizen.get(`/api/v1/agreements/${agreement.id}/document`)).text).toBe(kept.text)
    expect((await city.other.get(`/api/v1/agreements/${agreement.id}`)).status).toBe(404)
  })

  it('[CQ-29.1-b] puts a copy into the provider’s inbox with the date it was received', async () => {
    expect(await noticesOf(city.steward)).toContainEqual(expect.stringContaining('协议抄送'))
    const [copy] = (await city.steward.get('/api/v1/agreements?box=copies')).body.items
    expect(copy).toMatchObject({
      entry: { title: '停车记录' },
      copy: { deliveredAt: '2026-03-02T02:00:00.000Z', openedAt: null },
    })
    expect((await city.steward.get(`/api/v1/agreements/${copy.id}`)).status).toBe(200)
    const [opened] = (await city.steward.get('/api/v1/agreements?box=copies')).body.items
    expect(opened.copy.openedAt).toBe('2026-03-02T02:00:00.000Z')
    const { items } = (await city.authority.get(`/api/v1/records?kind=agreement.copied`)).body
    expect(items).toHaveLength(1)
    expect((await city.other.get('/api/v1/agreements?box=copies')).body.items).toEqual([])
  })

  it('[CQ-29.3-a] holds the access to the listed data', async () => {
    const outside = await city.citizen.get(
      `/api/v1/entries/${entryId}/rows?fields=${encodeURIComponent('联系电话')}`,
    )
    expect(outside.status).toBe(403)
    expect((await rows()).body.columns.map((column: { name: string }) => column.name)).toEqual(
      agreementContent.fields,
    )
  })
})

describe('Article 29.3: while the agreement lasts, and after', () => {
  const tasks = async (caller: City['citizen'], side: string) =>
    (await caller.get(`/api/v1/agreement-tasks?side=${side}`)).body.items

  it('[CQ-29.3-d] lists measures without evidence to the authority until the user has confirmed each', async () => {
    const unconfirmed = async () =>
      (await tasks(city.authority, 'concluded'))
        .filter((task: { kind: string }) => task.kind === 'measure')
        .map((task: { subject: string }) => task.subject)
    expect(await unconfirmed()).toEqual(['加密存储', '专人管理'])
    const [storage] = await tasks(city.citizen, 'held')
    const bare = await city.citizen.post(`/api/v1/agreement-tasks/${storage.id}/acts/file`, {
      content: { evidence: '  ' },
    })
    expect(bare.body).toMatchObject({ status: 422, article: 'CQ-29.3-d' })
    const evidence = { content: { evidence: '全盘加密配置截图，编号 A-1' } }
    expect(
      (await city.authority.post(`/api/v1/agreement-tasks/${storage.id}/acts/file`, evidence)).status,
    ).toBe(403)
    expect(
      (await city.citizen.post(`/api/v1/agreement-tasks/${storage.id}/acts/file`, evidence)).status,
    ).toBe(200)
    expect(await unconfirmed()).toEqual(['专人管理'])
    expect(
      (await city.citizen.post(`/api/v1/agreement-tasks/${storage.id}/acts/file`, evidence)).status,
    ).toBe(409)
  })

  it('[CQ-29.2-a] [CQ-29.3-b] turns feedback into dates: reminded before, flagged when missed, both sides told', async () => {
    city.at('2026-06-24T01:00:00Z')
    await city.settle()
    expect(await noticesOf(city.citizen)).toContainEqual(expect.stringContaining('2026-06-30'))
    city.at('2026-06-30T15:59:00Z')
    await city.settle()
    const due = async () =>
      (await tasks(city.authority, 'concluded')).find(
        (task: { dueOn: string }) => task.dueOn === '2026-06-30',
      )
    expect((await due()).missed).toBe(false)
    city.at('2026-06-30T16:00:00Z')
    await city.settle()
    expect((await due()).missed).toBe(true)
    for (const party of [city.citizen, city.authority])
      expect(await noticesOf(party)).toContainEqual(expect.stringContaining('逾期未报'))

    const late = await city.citizen.post(`/api/v1/agreement-tasks/${(await due()).id}/acts/file`, {
      content: { use: '完成行业分布统计', results: '研究报告一份' },
    })
    expect(late.body).toMatchObject({ missed: true, content: [{ key: 'use' }, { key: 'results' }] })
    const { items } = (await city.citizen.get('/api/v1/agreements')).body
    expect(items[0].missedTasks).toBe(0)
  })

  it('[CQ-29.2-a] [CQ-29.3-a] closes access at the end of the period and opens the disposal task', async () => {
    city.at('2026-12-31T15:59:00Z')
    await city.settle()
    expect((await rows()).status).toBe(200)
    expect(await noticesOf(city.citizen)).toContainEqual(expect.stringContaining('即将到期'))
    city.at('2027-01-01T01:00:00Z')
    await city.settle()
    const late = await rows()
    expect(late.status).toBe(403)
    expect(late.body.condition.zh).toContain('到期')
    const disposal = (await tasks(city.citizen, 'held')).find(
      (task: { kind: string }) => task.kind === 'disposal',
    )
    expect(disposal).toMatchObject({ subject: '期满后删除并出具证明', filedAt: null })
    expect((await city.citizen.get('/api/v1/agreements')).body.items[0].standing).toBe('expired')
  })

  it('[CQ-29.3-c] binds the user by a standing clause, and its breach is a ground on which the authority ends the access', async () => {
    const caseId = await agreedRequest(city, entryId, city.citizen)
    await offerAgreement(city, caseId, {
      until: '2027-12-31',
      'feedback-first': '2027-06-30',
    })
    const agreement = await signAgreement(city.citizen, caseId)
    expect(agreement.standingClauses.map((clause: { article: string }) => clause.article)).toContain(
      'CQ-29.3-c',
    )
    expect((await rows()).status).toBe(200)
    const file = await city.citizen.get(`/api/v1/entries/${entryId}/download?format=json`)
    const traced = await city.authority.upload('/api/v1/deliveries/trace', file.text)
    expect(traced.body.delivery).toMatchObject({
      foundBy: 'mark',
      agreement: { id: agreement.id, number: agreement.number },
    })
    // Who answers for other data learns nothing, not even that the file is known; who asked is recorded.
    const stranger = await city.signIn('hospital')
    const asked = await stranger.upload('/api/v1/deliveries/trace', file.text)
    expect(asked.body).toMatchObject({ delivery: null, reason: 'too-few-carriers', receivers: [] })
    expect(asked.body.carriers).toBeGreaterThan(0)
    const records = (await city.authority.get('/api/v1/records?kind=delivery.traced')).body.items
    expect(records.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['not-found', 'traced'])
    // The mark changes no value, and the file's own digest is in the log.
    const ended = (await city.authority.get(`/api/v1/records?entry=${entryId}&kind=access.exported`)).body
      .items
    expect(ended[0].details.sha256).toBe(traced.body.sha256)
    const end = (caller: City['citizen'], ground: string) =>
      caller.post(`/api/v1/agreements/${agreement.id}/acts/end`, { ground, reasons: '数据流出' })
    expect((await end(city.steward, 'leak')).status).toBe(403)
    expect((await end(city.authority, 'dislike')).status).toBe(422)
    const over = await end(city.authority, 'leak')
    expect(over.body).toMatchObject({ standing: 'ended', ending: { ground: { zh: '泄露数据' } } })
    expect((await rows()).status).toBe(403)
    expect(
      (await tasks(city.citizen, 'held')).filter((task: { kind: string }) => task.kind === 'disposal'),
    ).toHaveLength(2)
    expect((await end(city.authority, 'leak')).status).toBe(409)
  })
})
