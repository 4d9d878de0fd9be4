import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { act, request } from '../kit/requests.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-05-08T01:00:00Z')
  entryId = await publishEntry(city, { opening: { type: 'unconditional', conditions: '', basis: null } })
})
afterAll(() => city.close())

const object = async (given: object = {}) =>
  (await request(city, await city.signIn('company'), entryId, given, 'objection')).body

describe('Article 16.3: objection and correction', () => {
  it('[SZ-16.3-a] takes an objection from anyone, with its ground, to the responsible institution, with a number', async () => {
    for (const caller of [city.citizen, await city.signIn('company')]) {
      const filed = await request(
        city,
        caller,
        entryId,
        { ground: 'error', statement: '地址登记有误' },
        'objection',
      )
      expect(filed.body).toMatchObject({
        number: expect.stringMatching(/^SZ-YY-2023-\d{6}$/),
        waitsFor: [{ organisation: { id: 'market' } }],
      })
      const inbox = (await city.steward.get('/api/v1/cases?box=inbox')).body.items
      expect(inbox.map(({ id }: { id: string }) => id)).toContain(filed.body.id)
      expect((await caller.get(`/api/v1/cases/${filed.body.id}`)).status).toBe(200)
    }
    expect((await object({ ground: 'dislike' })).errors).toMatchObject([{ path: 'ground' }])
  })

  it('[SZ-16.3-b] tells the objector what was found, where no fault is', async () => {
    const filed = await object()
    const silent = await city.steward.post(`/api/v1/cases/${filed.id}/acts/reject`, { content: {} })
    expect(silent.body).toMatchObject({ article: 'SZ-16.3-b', errors: [{ path: 'explanation' }] })
    const closed = await act(city, city.steward, filed, 'reject', { explanation: '与登记档案一致' })
    expect(closed.body.outcome).toBe('refused')
    const company = await city.signIn('company')
    await noticeOf(company, filed.number)
    const seen = (await company.get(`/api/v1/cases/${filed.id}`)).body
    expect(seen.events.at(-1).content).toMatchObject([{ value: '与登记档案一致' }])
  })

  it('[SZ-16.3-b] stays open after a fault is confirmed, until the corrected value is on record', async () => {
    const filed = await object({ ground: 'omission' })
    expect((await act(city, city.steward, filed, 'correct')).status).toBe(409)
    const confirmed = await act(city, city.steward, filed, 'confirm-fault')
    expect(confirmed.body).toMatchObject({ outcome: null, state: { key: 'correcting' } })
    const counter = confirmed.body.clocks.find(({ key }: { key: string }) => key === 'correction')
    expect(counter).toMatchObject({ kind: 'statutory', article: 'SZ-16.3-b', dueOn: null, running: true })
    expect((await act(city, city.steward, filed, 'reject')).status).toBe(409)
    for (const part of ['before', 'after']) {
      const half = await act(city, city.steward, filed, 'correct', { before: '空', after: '3幢', [part]: '' })
      expect(half.body).toMatchObject({ article: 'SZ-16.3-b', errors: [{ path: part }] })
    }
    const corrected = await act(city, city.steward, filed, 'correct', { before: '空', after: '3幢' })
    expect(corrected.body.outcome).toBe('granted')
    expect(corrected.body.events.at(-1).content).toMatchObject([{ value: '空' }, { value: '3幢' }])
  })
})
