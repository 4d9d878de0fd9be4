import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, companyRegister, lawBasis, publishEntry, requestFields } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, grantOf, openingContent, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const unlisted = { type: '', conditions: '', basis: null }
const free = { type: 'unconditional', conditions: '', basis: null }
const codes = [1, 2, 3].map(syntheticCreditCode)
const needed = { fields: requestFields }

let city: City
let agency: Caller
let entryId: string
beforeAll(async () => {
  city = await openCity('xiamen')
  agency = await city.signIn('agency')
  city.at('2023-05-08T01:00:00Z')
  entryId = await publishEntry(city, { opening: unlisted })
  await bringIn(city, entryId, companyFile(codes))
})
afterAll(() => city.close())

const file = (content: object = {}, caller = city.user) =>
  request(city, caller, entryId, { ...needed, ...content })
const seenBy = async (caller: Caller, id: string) => (await caller.get(`/api/v1/cases/${id}`)).body
async function underReview(content: object = {}) {
  const filed = (await file(content)).body
  return (await act(city, agency, filed, 'forward')).body
}

describe('Article 26: types of sharing', () => {
  const draft = (sharing: object) =>
    city.steward.post('/api/v1/entries', { ...companyRegister, opening: unlisted, sharing })

  it('[XM-26.1-b] has exactly three types, presets none, and takes neither a fourth nor none at all', async () => {
    const { catalogue } = (await city.visitor.get('/api/v1/rulebook')).body
    expect(catalogue.sharingTypes.map(({ term }: { term: { zh: string } }) => term.zh)).toEqual([
      '无条件共享',
      '有条件共享',
      '暂不共享',
    ])
    expect(catalogue.defaultSharingType).toBeNull()
    const { body: blank } = await city.steward.post('/api/v1/entries', companyRegister)
    expect(blank.sharing.type).toBe('')
    const submitted = await city.steward.post(`/api/v1/entries/${blank.id}/acts/submit`)
    expect(submitted.status).toBe(422)
    expect(submitted.body).toMatchObject({ article: 'XM-26.1-b', errors: [{ path: 'sharingType' }] })
    const fourth = await draft({ type: 'internal' })
    expect(fourth.body).toMatchObject({ code: 'refused-by-law', errors: [{ path: 'sharing.type' }] })
  })

  it('[XM-26.4] keeps data back only on a law, a regulation or a state policy, shown to all bodies', async () => {
    const local = await draft({
      type: 'none',
      basis: { rank: 'normative-document', instrument: '示例局内部通知', article: '第二条' },
    })
    expect(local.status).toBe(403)
    expect(local.body).toMatchObject({ code: 'refused-by-law', article: 'XM-26.4' })
    const { body: bare } = await draft({ type: 'none', basis: null })
    const submitted = await city.steward.post(`/api/v1/entries/${bare.id}/acts/submit`)
    expect(submitted.body).toMatchObject({ article: 'XM-26.4', errors: [{ path: 'sharing.basis' }] })
    const kept = await publishEntry(city, {
      title: '纳税明细',
      opening: unlisted,
      sharing: { type: 'none', conditions: '', basis: lawBasis },
    })
    expect((await city.user.get(`/api/v1/entries/${kept}`)).body.sharing.basis).toEqual(lawBasis)
    const asked = await request(city, city.user, kept, needed)
    expect(asked.body).toMatchObject({ code: 'refused-by-law' })
  })

  it('[XM-26.2] gives unconditional data at once, without approval, for a stated use', async () => {
    const open = await publishEntry(city, { title: '公交站点清单', sharing: free, opening: unlisted })
    await bringIn(city, open, companyFile(codes))
    const tasks = async () => (await city.steward.get('/api/v1/cases?box=inbox')).body.items.length
    const before = await tasks()
    const unsaid = await city.user.get(`/api/v1/entries/${open}/rows`)
    expect(unsaid.body).toMatchObject({ code: 'refused-by-law', article: 'XM-27.2-c' })
    const use = encodeURIComponent('学校周边线路规划')
    const taken = await city.user.get(`/api/v1/entries/${open}/rows?scenario=${use}`)
    expect(taken.status).toBe(200)
    expect(taken.body.rows).toHaveLength(3)
    expect(await tasks()).toBe(before)
    const [record] = (await city.user.get(`/api/v1/records?entry=${open}&kind=access.rows`)).body.items
    expect(record.actor.organisation.id).toBe('civil')
    const receipt = await city.user.get(`/api/v1/records/${record.id}/receipt`)
    expect(receipt.body.record).toContain('学校周边线路规划')
  })
})

describe('Articles 18 and 26: request and joint reply', () => {
  it('[XM-26.3-a] [XM-18.1(2)] goes to the agency first, with authority and provider looking on', async () => {
    const filed = await file()
    expect(filed.body.state.key).toBe('received')
    const queue = (await agency.get('/api/v1/cases?box=inbox')).body.items
    expect(queue[0]).toMatchObject({
      id: filed.body.id,
      procedure: { key: 'sharing-request' },
      applicant: { organisation: { id: 'civil' } },
      openedAt: filed.body.openedAt,
      state: { key: 'received' },
    })
    for (const caller of [city.authority, city.steward]) {
      const seen = await seenBy(caller, filed.body.id)
      expect(seen.number).toBe(filed.body.number)
      expect(seen.acts).toEqual([])
    }
    const forwarded = await act(city, agency, filed.body, 'forward', { note: '内容齐全' })
    expect(forwarded.body.events.at(-1)).toMatchObject({
      act: 'forward',
      at: '2023-05-08T01:00:00.000Z',
      actor: { organisation: { id: 'agency' } },
    })
    const waiting = forwarded.body.waitsFor.map(
      (each: { organisation: { id: string } }) => each.organisation.id,
    )
    expect(waiting.toSorted()).toEqual(['authority', 'market'])
  })

  it('[XM-18.1(2)] sends back what is incomplete and has applications for opening in the same queue', async () => {
    const filed = (await file()).body
    const back = await act(city, agency, filed, 'ask-completion', { missing: '请写明使用系统' })
    expect(back.body.waitsFor[0].organisation.id).toBe('civil')
    const again = await act(city, city.user, filed, 'complete', { supplement: '低保核对系统' })
    expect(again.body.state.key).toBe('received')
    const onApplication = await publishEntry(city, {
      title: '公交刷卡记录（已匿名）',
      opening: { type: 'conditional', conditions: '', basis: null },
    })
    const applied = await request(city, city.citizen, onApplication, needed, 'opening-request')
    const queue = (await agency.get('/api/v1/cases?box=inbox')).body.items
    const kinds = new Map(
      queue.map((item: { id: string; procedure: { key: string } }) => [item.id, item.procedure.key]),
    )
    expect(kinds.get(filed.id)).toBe('sharing-request')
    expect(kinds.get(applied.body.id)).toBe('opening-request')
  })

  it('[XM-26.3-a] needs the provider’s position and the authority’s reply, and counts time without a due date', async () => {
    const found = await underReview()
    const early = await act(city, city.authority, found, 'agree')
    expect(early.status).toBe(409)
    expect(early.body).toMatchObject({ article: 'XM-26.3-a' })
    await act(city, city.steward, found, 'give-position')
    const byProvider = await act(city, city.steward, found, 'agree')
    expect(byProvider.status).toBe(403)
    expect((await seenBy(city.user, found.id)).state.key).toBe('reviewing')
    city.at('2023-06-20T01:00:00Z')
    await city.settle()
    const agreed = await act(city, city.authority, found, 'agree')
    expect(agreed.body.state.key).toBe('agreed')
    const [reply] = agreed.body.clocks
    expect(reply).toMatchObject({
      title: { zh: '合理期限答复' },
      startedOn: '2023-05-08',
      dueOn: null,
      workingDays: null,
      overdue: false,
      stoppedAt: '2023-06-20T01:00:00.000Z',
    })
    const positions = agreed.body.events.map((event: { act: string }) => event.act)
    expect(positions).toEqual(['file', 'forward', 'give-position', 'agree'])
  })

  it('[XM-26.3-a] warns by a target that the city sets, called a reasonable period without a statutory number', async () => {
    const target = (caller: typeof agency, workingDays: number | null) =>
      caller.post('/api/v1/clock-targets/sharing-request/reply', {
        workingDays,
        instrument: { zh: '示例市公共数据共享工作规程第三条', en: 'Demo rules on sharing, article 3' },
      })
    expect((await target(city.steward, 5)).status).toBe(403)
    city.at('2023-07-03T01:00:00Z')
    expect((await target(city.authority, 5)).status).toBe(200)
    const [reply] = (await underReview()).clocks
    expect(reply).toMatchObject({
      title: { zh: '合理期限答复' },
      kind: 'local',
      workingDays: 5,
      dueOn: '2023-07-10',
      article: null,
      instrument: { zh: '示例市公共数据共享工作规程第三条' },
    })
    city.at('2023-07-10T16:00:01Z')
    await city.settle()
    const { items } = (await city.authority.get('/api/v1/notices?limit=100')).body
    const late = items.find(({ kind }: { kind: string }) => kind === 'case.overdue')
    expect(late.title.zh).toContain('非法定')
    expect(late.body.zh).toContain('条例没有规定期限')
    // Taken back, the next request has no date again.
    expect((await target(city.authority, null)).status).toBe(200)
    expect((await underReview()).clocks[0]).toMatchObject({ dueOn: null, workingDays: null })
  })

  it('[XM-15.1-b] leaves the decision to authority and provider, whatever the agency tries', async () => {
    const found = await underReview()
    for (const [key, article] of [
      ['agree', 'XM-26.3-a'],
      ['refuse', 'XM-26.3-c'],
      ['give-position', 'XM-26.3-a'],
    ] as const) {
      const tried = await act(city, agency, found, key)
      expect(tried.status).toBe(403)
      expect(tried.body.code).toBe('not-allowed')
      expect(tried.body.article).toBe(article)
    }
    const records = (await city.authority.get('/api/v1/records?kind=case.refused')).body.items
    expect(records.filter((one: { caseId: string | null }) => one.caseId === found.id)).not.toEqual([])
    expect((await seenBy(city.authority, found.id)).state.key).toBe('reviewing')
  })

  it('[XM-26.3-b] delivers exactly what was agreed, and is complete once the body has confirmed', async () => {
    city.at('2023-07-03T01:00:00Z')
    const found = await underReview()
    await act(city, city.steward, found, 'give-position')
    const two = ['统一社会信用代码', '企业名称']
    const agreed = await act(city, city.authority, found, 'agree', { fields: two })
    expect(agreed.body.clocks.find((clock: { key: string }) => clock.key === 'completion')).toMatchObject({
      title: { zh: '及时完成共享' },
      article: 'XM-26.3-b',
      dueOn: null,
      running: true,
    })
    const rows = `/api/v1/entries/${entryId}/rows`
    const delivered = await act(city, agency, found, 'execute')
    expect(delivered.body.grantId).not.toBeNull()
    const grant = `grant=${delivered.body.grantId}`
    expect(Object.keys((await city.user.get(`${rows}?${grant}`)).body.rows[0])).toEqual(two)
    const more = await city.user.get(`${rows}?${grant}&fields=${encodeURIComponent('注册资本')}`)
    expect(more.body).toMatchObject({ code: 'refused-by-law' })
    city.at('2023-07-04T01:00:00Z')
    const confirmed = await act(city, city.user, found, 'confirm-receipt')
    expect(confirmed.body).toMatchObject({
      state: { key: 'completed', title: { zh: '共享完成' } },
      outcome: 'granted',
      updatedAt: '2023-07-04T01:00:00.000Z',
    })
  })

  it('[XM-26.3-c] refuses with written reasons only, as a document that the body can keep', async () => {
    const found = await underReview()
    await act(city, city.steward, found, 'give-position', { position: 'against' })
    for (const reasons of [undefined, '', '  ']) {
      const bare = await city.authority.post(`/api/v1/cases/${found.id}/acts/refuse`, {
        content: { reasons },
      })
      expect(bare.status).toBe(422)
      expect(bare.body.article).toBe('XM-26.3-c')
    }
    const reasons = '所述事项可以逐笔核验，无须批量提供'
    const refused = await act(city, city.authority, found, 'refuse', { reasons })
    expect(refused.body.outcome).toBe('refused')
    const document = await city.user.get(
      `/api/v1/cases/${found.id}/events/${refused.body.events.at(-1).sequence}/document`,
    )
    expect(document.status).toBe(200)
    expect(document.text).toContain(reasons)
    expect(document.text).toContain(found.number)
    expect(document.text).toContain('2023-07-04')
    expect((await city.other.get(`/api/v1/cases/${found.id}/events/1/document`)).status).toBe(404)
  })
})

describe('Articles 25 and 27: who asks, and how', () => {
  it('[XM-25.1] lets departments and public-service organisations ask, and nobody else', async () => {
    for (const caller of [city.citizen, await city.signIn('company')]) {
      const asked = await request(city, caller, entryId, needed)
      expect(asked.body).toMatchObject({ code: 'refused-by-law', article: 'XM-25.1' })
    }
    const hospital = await city.signIn('hospital')
    expect((await request(city, hospital, entryId, needed)).status).toBe(201)
    const found = await hospital.get(`/api/v1/entries?q=${encodeURIComponent('企业登记信息')}`)
    expect(found.body.items.map((item: { id: string }) => item.id)).toContain(entryId)
    const plan = (await city.citizen.get(`/api/v1/entries/${entryId}/access-plan`)).body
    expect(plan.request).toBeNull()
  })

  it('[XM-25.2] asks for the duty or service in need of the data', async () => {
    const hospital = await city.signIn('hospital')
    for (const need of [undefined, ' ']) {
      const asked = await request(city, hospital, entryId, { ...needed, need })
      expect(asked.status).toBe(422)
      expect(asked.body).toMatchObject({ article: 'XM-25.2', errors: [{ path: 'need' }] })
    }
    // One body asks and provides, in two lists of work.
    const own = await publishEntry(city, { title: '床位使用情况', opening: unlisted }, hospital)
    const toIt = (await request(city, city.user, own, needed)).body
    await act(city, agency, toIt, 'forward')
    const fromIt = (await request(city, hospital, entryId, needed)).body
    const inbox = (await hospital.get('/api/v1/cases?box=inbox')).body.items
    const mine = (await hospital.get('/api/v1/cases?box=mine&procedure=sharing-request')).body.items
    const ids = (items: { id: string }[]) => items.map(({ id }) => id)
    expect(ids(inbox)).toContain(toIt.id)
    expect(ids(inbox)).not.toContain(fromIt.id)
    expect(ids(mine)).toContain(fromIt.id)
    expect(ids(mine)).not.toContain(toIt.id)
  })

  it('[XM-27.1-b] [XM-27.1-c] takes no request without scenario and all three commitments', async () => {
    const content = openingContent(city, 'sharing-request', needed)
    const send = (change: object) =>
      city.user.post('/api/v1/cases', {
        procedure: 'sharing-request',
        entryId,
        content: { ...content, ...change },
      })
    const silent = await send({ scenario: '' })
    expect(silent.body).toMatchObject({ code: 'content-incomplete', article: 'XM-27.1-b' })
    for (const part of ['true-scenario', 'compliant-scenario', 'secure-scenario'])
      for (const value of [undefined, false, 'yes']) {
        const asked = await send({ [part]: value })
        expect(asked.status).toBe(422)
        expect(asked.body).toMatchObject({ article: 'XM-27.1-c', errors: [{ path: part }] })
      }
    const filed = await send({ scenario: '2024年入学资格核对' })
    expect(filed.status).toBe(201)
    const [opening] = filed.body.events
    expect(opening.actor.name).not.toBe('')
    const document = await city.user.get(`/api/v1/cases/${filed.body.id}/events/1/document`)
    for (const words of [
      '2024年入学资格核对',
      '承诺应用场景真实',
      '承诺应用场景合规',
      '承诺应用场景安全',
      opening.actor.name,
    ])
      expect(document.text).toContain(words)
    // The scenario is that of the grant and of every call.
    const found = await grantOf(city, city.user, filed)
    const grant = (await city.user.get(`/api/v1/grants/${found.grantId}`)).body
    expect(grant.scenario).toBe('2024年入学资格核对')
    await city.user.get(`/api/v1/entries/${entryId}/rows?grant=${found.grantId}`)
    const [call] = (await city.user.get(`/api/v1/records?entry=${entryId}&kind=access.rows`)).body.items
    const receipt = await city.user.get(`/api/v1/records/${call.id}/receipt`)
    expect(receipt.body.record).toContain('2024年入学资格核对')
  })

  it('[XM-27.1-a] lets a body choose the least fields, each with its need, and delivers those and no fifth', async () => {
    const bare = await request(city, city.other, entryId, { ...needed, necessity: '' })
    expect(bare.body).toMatchObject({ article: 'XM-27.1-a', errors: [{ path: 'necessity' }] })
    const none = await request(city, city.other, entryId, { fields: [] })
    expect(none.body).toMatchObject({ article: 'XM-27.1-a', errors: [{ path: 'fields' }] })
    const asked = [...requestFields, '法定代表人']
    const found = await grantOf(
      city,
      city.other,
      await request(city, city.other, entryId, {
        fields: asked,
        range: '2023年新登记的企业',
        frequency: 'monthly',
      }),
    )
    const rows = `/api/v1/entries/${entryId}/rows`
    expect(Object.keys((await city.other.get(rows)).body.rows[0]).toSorted()).toEqual(asked.toSorted())
    const fifth = await city.other.get(`${rows}?fields=${encodeURIComponent('联系电话')}`)
    expect(fifth.body).toMatchObject({ code: 'refused-by-law', article: 'XM-27.1-a' })
    const opening = found.opening.map((answer: { key: string }) => answer.key)
    expect(opening).toEqual(expect.arrayContaining(['range', 'frequency', 'necessity']))
  })
})
