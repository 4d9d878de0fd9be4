import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { addBody, draftEntry, editionOf, obligatory, publishSpecification, titles } from '../kit/compiling.ts'
import { noticeOf } from '../kit/notices.ts'

let city: City
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
})
afterAll(() => city.close())

const submit = (id: string, steward: Caller = city.steward) =>
  steward.post(`/api/v1/entries/${id}/acts/submit`)

describe('Article 22: how the catalogue is compiled', () => {
  it('[CQ-22.2-a] checks entries against the version of the norm in force, and names it', async () => {
    const first = await publishSpecification(city, [obligatory('summary', '摘要')])
    expect(first).toMatchObject({ version: 1, inForce: true })
    const early = await publishEntry(city, { title: '第一版下发布', updateCycle: null })
    const standing = (id: string) => city.visitor.get(`/api/v1/entries/${id}/standing`)
    expect((await standing(early)).body.specification).toMatchObject({ met: 1, inForce: 1 })

    await publishSpecification(city, [obligatory('summary', '摘要'), obligatory('updateCycle', '更新周期')])
    const refused = await submit(await draftEntry(city.steward, { updateCycle: null }))
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ article: 'CQ-22.2-a', errors: [{ path: 'updateCycle' }] })
    expect(refused.body.condition.zh).toMatch(/更新周期.*第 2 版/)
    expect((await submit(await draftEntry(city.steward))).status).toBe(200)

    expect((await standing(early)).body.specification).toMatchObject({ met: 1, inForce: 2 })
    const behind = await city.authority.get('/api/v1/specifications/behind')
    expect(behind.body.items).toMatchObject([{ entryId: early, met: 1, inForce: 2 }])
    expect((await city.other.get('/api/v1/specifications/behind')).body.items).toEqual([])
  })

  it('the norm is published by the municipal authority alone, for values too, and not backwards in time', async () => {
    const items = [obligatory('summary', '摘要')]
    const foreign = await city.steward.post('/api/v1/specifications', { title: '自定规范', items })
    expect([foreign.status, foreign.body.article]).toEqual([403, 'CQ-22.2-a'])
    const past = await city.authority.post('/api/v1/specifications', {
      title: '倒签',
      effectiveAt: '2023-02-01T00:00:00Z',
      items,
    })
    expect(past.status).toBe(422)
    await publishSpecification(
      city,
      [
        obligatory('updateCycle', '更新周期'),
        obligatory('extra.office', '承办处室', { codes: ['登记处', '信息处'] }),
      ],
      { effectiveAt: '2023-03-02T00:00:00Z' },
    )
    // Until it takes effect the version before it holds.
    expect((await submit(await draftEntry(city.steward))).status).toBe(200)
    city.at('2023-03-02T02:00:00Z')
    const wrong = await submit(await draftEntry(city.steward, { extra: { office: '门房' } }))
    expect(wrong.body.errors).toMatchObject([{ path: 'extra.office' }])
    expect((await submit(await draftEntry(city.steward, { extra: { office: '登记处' } }))).status).toBe(200)
  })

  it('[CQ-22.2-b] publishes dated editions with what was added, changed and withdrawn, open to everyone', async () => {
    const extra = { office: '登记处' }
    const kept = await publishEntry(city, { title: '保留的条目', extra })
    const gone = await publishEntry(city, { title: '将撤下的条目', extra })
    const first = await editionOf(city, 'public-data', { note: '首期' })
    expect(first.status).toBe(201)
    const changed = (await city.steward.get(`/api/v1/entries/${kept}`)).body
    await city.steward.patch(`/api/v1/entries/${kept}`, { summary: '改过的摘要。', version: changed.version })
    await city.steward.post(`/api/v1/entries/${kept}/acts/change`, { content: { note: '更正摘要' } })
    for (const act of ['confirm', 'publish']) await city.authority.post(`/api/v1/entries/${kept}/acts/${act}`)
    await city.steward.post(`/api/v1/entries/${gone}/acts/withdraw`, { content: { reasons: '系统停用' } })
    await publishEntry(city, { title: '新增的条目', extra })

    expect((await editionOf(city, 'public-data', {}, city.steward)).status).toBe(403)
    city.at('2023-04-01T02:00:00Z')
    const second = await editionOf(city, 'public-data')
    expect(second.body).toMatchObject({
      number: first.body.number + 1,
      publishedAt: '2023-04-01T02:00:00.000Z',
    })
    const seen = await city.visitor.get(`/api/v1/editions/${second.body.id}`)
    expect(seen.body.previous).toBe(first.body.number)
    const { added, changed: altered, withdrawn } = seen.body.differences
    expect(titles(added)).toEqual(['新增的条目'])
    expect(altered).toMatchObject([{ entryId: kept, changed: ['summary'] }])
    expect(titles(withdrawn)).toEqual(['将撤下的条目'])
    // The history stays: the edition before still tells what it held.
    const list = await city.visitor.get('/api/v1/catalogues/public-data/editions')
    expect(list.body.items.map((item: { number: number }) => item.number)).toEqual([2, 1])
    const csv = await city.visitor.get(`/api/v1/editions/${first.body.id}/export?format=csv`)
    expect(csv.text).toContain('将撤下的条目')
    expect(csv.text).not.toContain('新增的条目')
  })

  it('[CQ-22.2-b] lists to the authority what is past the interval that the city has set, never the regulation', async () => {
    const id = await publishEntry(city, { title: '久未复核的条目', extra: { office: '信息处' } })
    const target = { key: 'review', months: 12, instrument: '示例目录管理办法' }
    expect((await city.steward.post('/api/v1/local-targets', target)).status).toBe(403)
    const set = await city.authority.post('/api/v1/local-targets', target)
    expect(set.body).toMatchObject({ months: 12, statutory: false, instrument: '示例目录管理办法' })
    const due = async (caller: Caller) => (await caller.get('/api/v1/local-targets/due?key=review')).body
    expect((await due(city.authority)).items).toEqual([])
    city.at('2024-05-02T02:00:00Z')
    const late = await due(city.authority)
    expect(late.target.statutory).toBe(false)
    expect(late.items.map((item: { subject: string }) => item.subject)).toContain(id)
    expect((await due(city.other)).items).toEqual([])
  })

  it('[CQ-22.3-a] gives departments their compiling task and shows what is ready and what came back', async () => {
    const round = await city.authority.post('/api/v1/rounds', {
      kind: 'government',
      title: '2024 年政务数据目录编制',
      participants: [
        { organisationId: 'market', part: 'organisation' },
        { organisationId: 'health', part: 'organisation' },
      ],
    })
    expect(round.status, round.text).toBe(201)
    await noticeOf(city.steward, '2024 年政务数据目录编制')
    const ids: string[] = []
    for (let n = 1; n <= 12; n++)
      ids.push(
        await draftEntry(city.steward, {
          title: `编制条目 ${n}`,
          extra: { office: '登记处' },
          updateCycle: n > 10 ? null : 'monthly',
        }),
      )
    const roundId: string = round.body.id
    const sent = await city.steward.post('/api/v1/entry-submissions', { entryIds: ids, roundId })
    expect(sent.body).toMatchObject({ ready: 10, returned: 2 })
    const progress = (await city.authority.get(`/api/v1/rounds/${roundId}`)).body.progress
    expect(
      progress.find((each: { organisation: { id: string } }) => each.organisation.id === 'market'),
    ).toMatchObject({
      ready: 10,
      returned: 2,
    })
    expect(
      progress.find((each: { organisation: { id: string } }) => each.organisation.id === 'health'),
    ).toMatchObject({
      ready: 0,
      returned: 0,
      entries: [],
    })
    // The authority publishes; a department that has no task does not see the round.
    await city.authority.post(`/api/v1/entries/${ids[0]}/acts/confirm`)
    await city.authority.post(`/api/v1/entries/${ids[0]}/acts/publish`)
    const after = (await city.steward.get(`/api/v1/rounds/${roundId}`)).body.progress
    expect(after.find((each: { published: number }) => each.published === 1)).toMatchObject({ ready: 9 })
    expect((await city.user.get(`/api/v1/rounds/${roundId}`)).status).toBe(404)
    expect(
      (
        await city.steward.post('/api/v1/rounds', {
          kind: 'government',
          title: '自行部署',
          participants: [{ organisationId: 'health', part: 'organisation' }],
        })
      ).status,
    ).toBe(403)
  })

  it('[CQ-22.4-a] compiles public-service data by sector, each entry with the need that it serves', async () => {
    const gas = await addBody(city, 'gas', '示例燃气公司', {
      kind: 'public-service',
      roles: ['public-service-organisation'],
      budgetFunded: false,
    })
    const association = await addBody(city, 'gas-association', '示例燃气行业协会', {
      kind: 'company',
      roles: [],
    })
    const regulator = await addBody(city, 'urban', '示例城市管理局')
    const opened = await city.authority.post('/api/v1/rounds', {
      kind: 'public-service',
      title: '燃气行业公共服务数据目录编制',
      sector: '燃气',
      participants: [
        { organisationId: 'gas', part: 'organisation' },
        { organisationId: 'gas-association', part: 'association' },
        { organisationId: 'urban', part: 'regulator' },
      ],
    })
    expect(opened.status, opened.text).toBe(201)
    const path = `/api/v1/rounds/${opened.body.id}`
    const proposed = await association.post(`${path}/proposals`, {
      title: '燃气泄漏报告',
      need: '燃气安全',
      providerId: 'gas',
    })
    const proposal = `${path}/proposals/${proposed.body.proposals[0].id}/acts`
    expect((await association.post(`${proposal}/confirm`)).status).toBe(403)
    expect((await regulator.post(`${proposal}/confirm`)).status).toBe(200)
    // Without the company's own confirmation nothing is drafted.
    expect((await gas.post(`${proposal}/draft`)).status).toBe(409)
    expect((await gas.post(`${proposal}/confirm`)).status).toBe(200)
    const drafted = await gas.post(`${proposal}/draft`)
    expect(drafted.status, drafted.text).toBe(200)
    const entry = (await gas.get(`/api/v1/entries/${drafted.body.proposals[0].entryId}`)).body
    expect(entry).toMatchObject({ title: '燃气泄漏报告', need: '燃气安全', part: 'public-service' })
    expect(drafted.body.proposals[0].confirmedBy.map(({ id }: { id: string }) => id)).toEqual([
      'urban',
      'gas',
    ])
  })
})
