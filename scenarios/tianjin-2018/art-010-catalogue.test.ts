import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyFile, companyRegister, conditional, publishEntry, unconditional } from '../kit/acts.ts'
import { foundDistrict } from '../kit/bodies.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
})
afterAll(() => city.close())

const nothingOpened = { type: 'none', conditions: '', basis: null }
async function submitted(title: string, steward = city.steward) {
  const { body } = await steward.post('/api/v1/entries', {
    ...companyRegister,
    title,
    sharing: unconditional,
    opening: nothingOpened,
  })
  expect((await steward.post(`/api/v1/entries/${body.id}/acts/submit`)).status).toBe(200)
  return body.id as string
}

describe('Article 10: management by catalogue', () => {
  it('[TJ-10.1] lets nobody use or ask for data that have no confirmed entry, nor load data without any', async () => {
    const id = await submitted('餐饮卫生等级')
    const sent = await city.steward.upload(
      `/api/v1/entries/${id}/batches?accept=auto&filename=a.csv`,
      companyFile([syntheticCreditCode(1)]),
    )
    expect(sent.status, sent.text).toBe(202)
    await city.settle()
    // The provider may bring its file; it lies with the unconfirmed entry, of which nobody else knows.
    expect((await city.steward.get(`/api/v1/batches/${sent.body.id}`)).body.state).toBe('live')
    for (const caller of [city.user, city.visitor]) {
      expect((await caller.get(`/api/v1/entries/${id}`)).status).toBe(404)
      expect((await caller.get(`/api/v1/entries/${id}/rows?scenario=x`)).status).toBe(404)
    }
    const filed = await city.user.post('/api/v1/cases', {
      procedure: 'sharing-request',
      entryId: id,
      content: { scenario: '检查', fields: ['企业名称'] },
    })
    expect(filed.status).toBe(404)
    const system = await city.steward.post('/api/v1/source-systems', {
      name: '餐饮监管系统',
      url: null,
      limitSeconds: null,
    })
    const link = await city.steward.post(`/api/v1/source-systems/${system.body.id}/entries`, {
      entryId: id,
      atSource: false,
    })
    expect([link.status, link.body.article]).toEqual([403, 'TJ-10.1'])
    expect(link.body.remedy.zh).toContain('/desk/entries/new')
    // A table for which there is no entry at all is refused in the same words.
    const unknown = await city.steward.post(`/api/v1/source-systems/${system.body.id}/entries`, {
      entryId: '0198c0de-0000-7000-8000-000000000000',
      atSource: false,
    })
    expect([unknown.status, unknown.body]).toEqual([403, { ...link.body, instance: unknown.body.instance }])
    const none = '/api/v1/entries/0198c0de-0000-7000-8000-000000000000'
    expect((await city.steward.upload(`${none}/batches?filename=a.csv`, '甲,乙\n1,2\n')).status).toBe(404)
  })

  it('[TJ-10.3-b] lets the municipal authority alone confirm; what it returns carries a reason', async () => {
    const id = await submitted('养老床位')
    const confirm = (caller: typeof city.authority, entryId: string) =>
      caller.post(`/api/v1/entries/${entryId}/acts/confirm`)
    const own = await confirm(city.steward, id)
    expect([own.status, own.body.article]).toEqual([403, 'TJ-10.3-b'])
    expect((await confirm(city.other, id)).status).toBe(404)

    // The catalogue of a district too: its own authority sees what its bureau handed in and may not confirm it.
    const heping = await foundDistrict(city, 'heping', '和平区', '120101')
    const hexi = await foundDistrict(city, 'hexi', '河西区', '120103')
    const entryId = await submitted('和平区养老床位', heping.bureaus[0])
    expect((await heping.authority.get(`/api/v1/entries/${entryId}`)).body.status).toBe('submitted')
    const refused = await confirm(heping.authority, entryId)
    expect([refused.status, refused.body.article]).toEqual([403, 'TJ-10.3-b'])
    expect(refused.body.condition.zh).toContain('市互联网信息主管部门')
    expect((await confirm(hexi.authority, entryId)).status).toBe(404)
    const inDistrict = (await city.authority.get('/api/v1/entries?scope=to-confirm')).body.items
    expect(inDistrict.map((item: { id: string }) => item.id)).toContain(entryId)
    const effective = await confirm(city.authority, entryId)
    expect(effective.body.catalogueCase.events.at(-1)).toMatchObject({
      act: 'confirm',
      article: 'TJ-10.3-b',
      at: '2019-03-04T01:00:00.000Z',
      actor: { organisation: { id: 'authority' } },
    })
    expect((await city.authority.post(`/api/v1/entries/${entryId}/acts/publish`)).status).toBe(200)
    expect((await city.visitor.get(`/api/v1/entries/${entryId}`)).body.status).toBe('published')

    const queue = (await city.authority.get('/api/v1/entries?scope=to-confirm')).body.items
    expect(queue.map((item: { id: string }) => item.id)).toContain(id)
    const silent = await city.authority.post(`/api/v1/entries/${id}/acts/return`)
    expect(silent.status).toBe(422)
    const waiting = (await city.authority.get(`/api/v1/entries/${id}`)).body.catalogueCase
    expect(waiting.due).toBeNull()
    expect(waiting.clocks[0]).toMatchObject({ kind: 'waiting', workingDays: null })
    await city.authority.post(`/api/v1/entries/${id}/acts/return`, { content: { reasons: '缺少计量单位' } })
    const returned = (await city.steward.get(`/api/v1/entries/${id}`)).body
    expect(returned.status).toBe('returned')
    expect(returned.catalogueCase.events.at(-1).content).toContainEqual(
      expect.objectContaining({ value: '缺少计量单位' }),
    )
    await city.steward.post(`/api/v1/entries/${id}/acts/submit`)
    const confirmed = await city.authority.post(`/api/v1/entries/${id}/acts/confirm`)
    expect(confirmed.body.catalogueCase.events.at(-1)).toMatchObject({
      act: 'confirm',
      at: '2019-03-04T01:00:00.000Z',
      actor: expect.objectContaining({ organisation: expect.objectContaining({ id: 'authority' }) }),
    })
  })

  it('offers no request where an entry is shared freely, and takes one where it is conditional', async () => {
    const free = await publishEntry(city, { title: '路灯', sharing: unconditional, opening: nothingOpened })
    const asked = await publishEntry(city, { title: '低保', sharing: conditional, opening: nothingOpened })
    expect((await city.user.get(`/api/v1/entries/${free}/access-plan`)).body.request).toBeNull()
    expect((await city.user.get(`/api/v1/entries/${asked}/access-plan`)).body.request).not.toBeNull()
  })
})
