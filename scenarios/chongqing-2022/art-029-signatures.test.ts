import { createHash } from 'node:crypto'
import { verifyReceipt } from '@tiaoli/cli/verify/index'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conditional, publishEntry } from '../kit/acts.ts'
import { agreedRequest, agreementContent, offerAgreement, signAgreement } from '../kit/agreements.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'

let city: City
let entryId: string
let caseId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
  entryId = await publishEntry(city, { title: '停车记录', opening: conditional })
  caseId = await agreedRequest(city, entryId, city.citizen)
})
afterAll(() => city.close())

const agreementOf = async (caller: Caller) =>
  (await caller.get(`/api/v1/cases/${caseId}/agreement`)).body.agreement
async function paperOf(caller: Caller, id: string, language: string): Promise<string> {
  const bytes = await caller.bytes(`/api/v1/agreements/${id}/document.pdf?language=${language}`)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)))
  return text.join('').replace(/\s+/g, '')
}
const sign = (caller: Caller, act: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${act}`, { content })

/** A member of the authority who has its officer's part in cases only while the officer is away. */
async function colleagueStandingIn(): Promise<Caller> {
  const id = await city.house.identity.createUser({
    username: 'helper',
    name: '示例helper',
    password: cityPassword,
    organisationId: 'authority',
    powers: ['requester'],
  })
  const days = { fromOn: '2026-03-02', untilOn: '2026-03-02' }
  expect((await city.authority.post('/api/v1/hand-overs', { toUserId: id, ...days })).status).toBe(201)
  return city.signIn('helper')
}

describe('Article 29: who signs what', () => {
  it('[CQ-29.1-a] refuses the signature of the wrong side, and of the right side out of turn', async () => {
    const early = await sign(city.citizen, 'countersign-agreement')
    expect(early.body).toMatchObject({ status: 409, code: 'act-not-available', article: 'CQ-29.1-a' })
    const asAuthority = await sign(city.citizen, 'sign-agreement', agreementContent)
    expect(asAuthority.body).toMatchObject({ status: 403, code: 'not-allowed', article: 'CQ-29.1-a' })
    expect((await sign(city.steward, 'sign-agreement', agreementContent)).body).toMatchObject({
      status: 403,
      article: 'CQ-29.1-a',
    })
    const helper = await colleagueStandingIn()
    const offered = await sign(helper, 'sign-agreement', {
      ...agreementContent,
      masks: { 企业名称: 'partial' },
    })
    expect(offered.status).toBe(200)
    const asUser = await sign(city.authority, 'countersign-agreement')
    expect(asUser.body).toMatchObject({ status: 403, code: 'not-allowed', article: 'CQ-29.1-a' })
    expect((await sign(city.other, 'countersign-agreement')).status).toBe(404)
    expect((await agreementOf(city.citizen)).signatures.user).toBeNull()
  })

  it('[CQ-29.1-a] [CQ-29.2-a] drafts the agreement as a paper in both languages with the seven matters', async () => {
    const { id } = await agreementOf(city.citizen)
    const paper = await paperOf(city.citizen, id, 'both')
    for (const words of ['草案', 'Draft:']) expect(paper).toContain(words)
    const { fields, purpose, scenario, security, until, disposal, feedback } = agreementContent
    for (const [heading, value] of [
      ['拟使用数据的清单', fields.join('、')],
      ['用途', purpose],
      ['应用场景', scenario],
      ['安全保障措施', security],
      ['使用期限届满日', until],
      ['期满后数据的处置', disposal],
      ['数据使用情况反馈', feedback],
    ] as const)
      expect(paper).toMatch(new RegExp(`${heading}[^一-鿿]*${value.replace(/\s+/g, '')}`))
    expect(paper).toContain('企业名称（部分隐去）')
    expect(paper).toContain('示例helper代示例authority')
    expect(await paperOf(city.authority, id, 'en')).not.toContain('草案')
    expect((await city.other.get(`/api/v1/agreements/${id}/document.pdf`)).status).toBe(404)
  })

  it('[CQ-29.1-a] keeps one text under both signatures, and each can be verified by a stranger', async () => {
    city.at('2026-03-02T02:00:00Z')
    const agreement = await signAgreement(city.citizen, caseId)
    const kept = JSON.parse((await city.citizen.get(`/api/v1/agreements/${agreement.id}/document`)).text)
    const digest = createHash('sha256').update(kept.terms).digest('hex')
    expect(digest).toBe(agreement.termsSha256)
    expect(JSON.parse(kept.terms).matters).toHaveLength(10)
    expect(kept.signatures).toMatchObject([
      {
        side: 'authority',
        signedBy: '示例helper',
        inPlaceOf: '示例authority',
        signs: digest,
        recordId: agreement.signatures.authority.recordId,
      },
      { side: 'user', signedBy: '示例citizen', signs: digest, recordId: agreement.signatures.user.recordId },
    ])

    await city.settle()
    const key = (await city.visitor.get('/ledger/key')).text.trim()
    const { items } = (await city.steward.get(`/api/v1/agreements/${agreement.id}/receipts`)).body
    expect(items.map(({ side }: { side: string }) => side)).toEqual(['authority', 'user'])
    for (const { side, receipt } of items) {
      expect(await verifyReceipt(receipt, key)).toMatchObject({ ok: true })
      expect(JSON.parse(receipt.record)).toMatchObject({
        kind: 'agreement.signature',
        payload: { side, terms: digest, ...(side === 'authority' ? { inPlaceOf: '示例authority' } : {}) },
      })
      const altered = { ...receipt, record: receipt.record.replace(digest, 'f'.repeat(64)) }
      expect(await verifyReceipt(altered, key)).toMatchObject({ ok: false })
    }
    expect((await city.other.get(`/api/v1/agreements/${agreement.id}/receipts`)).status).toBe(404)

    const paper = await paperOf(city.steward, agreement.id, 'zh')
    expect(paper).toContain(digest)
    expect(paper).toContain('2026-03-0210:00:00(UTC+8)')
    expect(paper).not.toContain('草案')
  })

  it('[CQ-29.3-b] takes feedback after its day as late, keeps it marked, and says so in the log', async () => {
    city.at('2026-07-02T01:00:00Z')
    await city.settle()
    const { items } = (await city.citizen.get('/api/v1/agreement-tasks?side=held')).body
    const task = items.find(
      ({ kind, dueOn }: { kind: string; dueOn: string }) => kind === 'feedback' && dueOn === '2026-06-30',
    )
    const late = await city.citizen.post(`/api/v1/agreement-tasks/${task.id}/acts/file`, {
      content: { use: '完成统计', results: '报告一份' },
    })
    expect(late.body).toMatchObject({
      article: 'CQ-29.3-b',
      missed: true,
      filedAt: '2026-07-02T01:00:00.000Z',
    })
    const record = (await city.authority.get(`/api/v1/records?entry=${entryId}&kind=agreement.task`)).body
      .items[0]
    expect(record).toMatchObject({ article: 'CQ-29.3-b', outcome: 'filed-late' })
    const again = await city.citizen.post(`/api/v1/agreement-tasks/${task.id}/acts/file`, {
      content: { use: '重报', results: '重报' },
    })
    expect(again.body).toMatchObject({ status: 409, code: 'act-not-available' })
  })

  it('[CQ-29.3-a] lets nothing be done under an agreement that has expired', async () => {
    city.at('2027-01-04T01:00:00Z')
    await city.settle()
    const { id, standing } = await agreementOf(city.citizen)
    expect(standing).toBe('expired')
    const end = await city.authority.post(`/api/v1/agreements/${id}/acts/end`, {
      ground: 'beyond-scope',
      reasons: '外泄',
    })
    expect(end.body).toMatchObject({ status: 409, code: 'act-not-available', article: 'CQ-29.3-a' })
    const signed = await sign(city.citizen, 'countersign-agreement')
    expect(signed.body).toMatchObject({ status: 409, article: 'CQ-29.1-a' })
    const rows = await city.citizen.get(`/api/v1/entries/${entryId}/rows`)
    expect(rows.body).toMatchObject({ status: 403, code: 'refused-by-law', article: 'CQ-29.1-a' })
    expect(rows.body.condition.zh).toContain('到期')
  })
})

describe('Article 29: an agreement that goes on by another', () => {
  it('[CQ-29.2-a] asks for the disposal of the data at the end of the later one only', async () => {
    city.at('2027-02-01T01:00:00Z')
    caseId = await agreedRequest(city, entryId, city.citizen)
    const dates = { until: '2027-06-30', 'feedback-first': '2027-06-01', 'feedback-rhythm': 'once' }
    await offerAgreement(city, caseId, dates)
    const first = await signAgreement(city.citizen, caseId)
    city.at('2027-06-01T01:00:00Z')
    const asked = await city.citizen.post(`/api/v1/grants/${first.grantId}/acts/renew`, {
      content: { scenario: '行业分布研究', fields: agreementContent.fields },
    })
    expect(asked.status, asked.text).toBe(201)
    caseId = asked.body.caseId
    await city.authority.post(`/api/v1/cases/${caseId}/acts/agree`)
    await offerAgreement(city, caseId, { ...dates, until: '2027-12-31' })
    const second = await signAgreement(city.citizen, caseId)
    expect((await city.citizen.get(`/api/v1/grants/${second.grantId}`)).body.renews).toBe(first.grantId)

    const disposals = async (id: string) =>
      (await city.citizen.get('/api/v1/agreement-tasks?side=held')).body.items.filter(
        ({ kind, agreement }: { kind: string; agreement: { id: string } }) =>
          kind === 'disposal' && agreement.id === id,
      ).length
    city.at('2027-07-01T01:00:00Z')
    await city.settle()
    expect((await city.citizen.get(`/api/v1/agreements/${first.id}`)).body.standing).toBe('expired')
    expect(await disposals(first.id)).toBe(0)
    city.at('2028-01-03T01:00:00Z')
    await city.settle()
    expect(await disposals(second.id)).toBe(1)
  })
})
