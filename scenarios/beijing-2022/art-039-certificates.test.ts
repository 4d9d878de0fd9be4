import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, commit, companyFile, companyRegister, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let registerId: string
const licence = syntheticCreditCode(1)
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2023-03-01T02:00:00Z')
  registerId = await publishEntry(city, {
    title: '电子营业执照',
    sharing: unconditional,
    documentClass: 'certificate',
  })
  await bringIn(city, registerId, companyFile([licence]))
  for (const department of [city.user, city.other]) await commit(city, department, registerId)
})
afterAll(() => city.close())

const check = (caller: City['user'], key: string, entryId = registerId) =>
  caller.post('/api/v1/certificate-checks', { entryId, key })
const settle = (caller: City['user'], id: string, body: object) =>
  caller.post(`/api/v1/certificate-checks/${id}/outcome`, body)
const refusals = async (caller: City['user']) =>
  (await caller.get('/api/v1/certificate-checks?refused=true')).body.items

describe('Article 39.1: electronic certificates trusted by all', () => {
  it('[BJ-39.1-c] checks an electronic licence against its register for every department, and has it accepted', async () => {
    for (const department of [city.user, city.other]) {
      const { status, body } = await check(department, licence)
      expect(status).toBe(201)
      expect(body).toMatchObject({ valid: true, kind: 'certificate', outcome: null })
      expect((await settle(department, body.id, { accepted: true })).body.outcome).toBe('accepted')
      expect((await settle(department, body.id, { accepted: false, reason: '改主意' })).status).toBe(409)
    }
    const unknown = await check(city.user, syntheticCreditCode(9))
    expect(unknown.body.valid).toBe(false)
    expect((await settle(city.user, unknown.body.id, { accepted: true })).status).toBe(409)
    expect((await settle(city.user, unknown.body.id, { accepted: false })).body.outcome).toBe('refused')
    expect(await refusals(city.authority)).toEqual([])
    expect((await check(city.citizen, licence)).status).toBe(403)
    // A register that holds nothing yet says so.
    const empty = await publishEntry(city, {
      title: '电子印章',
      sharing: unconditional,
      documentClass: 'seal',
    })
    await commit(city, city.user, empty)
    expect((await check(city.user, licence, empty)).body.code).toBe('no-snapshot')
  })

  it('[BJ-39.1-c] lets a clerk demand paper in place of a valid one only with a reason, which is reported', async () => {
    const { body } = await check(city.user, licence)
    const silent = await settle(city.user, body.id, { accepted: false, reason: ' ' })
    expect(silent.status).toBe(422)
    expect(silent.body).toMatchObject({ article: 'BJ-39.1-c', errors: [{ path: 'reason' }] })
    expect((await settle(city.other, body.id, { accepted: true })).status).toBe(404)
    const refused = await settle(city.user, body.id, { accepted: false, reason: '窗口设备不能读取' })
    expect(refused.body.outcome).toBe('refused')
    for (const reader of [city.authority, city.user])
      expect(await refusals(reader)).toEqual([
        expect.objectContaining({
          id: body.id,
          reason: '窗口设备不能读取',
          organisation: expect.objectContaining({ id: 'civil' }),
        }),
      ])
    expect(await refusals(city.other)).toEqual([])
  })

  it('[BJ-39.1-c] knows certificates, seals and archives, and checks nothing that is no register of them', async () => {
    const odd = await city.steward.post('/api/v1/entries', { ...companyRegister, documentClass: 'poem' })
    expect(odd.status).toBe(403)
    expect(odd.body.condition.zh).toContain('电子证照、电子印章、电子档案')
    const plain = await publishEntry(city, { title: '商户名录', sharing: unconditional })
    expect((await check(city.user, licence, plain)).status).toBe(409)
  })
})
