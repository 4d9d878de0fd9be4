import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  businessOf,
  closed,
  companyRegister,
  conditional,
  fileRequest,
  lawBasis,
  publishEntry,
} from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { act } from '../kit/requests.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2022-09-28T01:00:00Z')
  entryId = await publishEntry(city, {})
})
afterAll(() => city.close())

/** One more member of the authority; gives their caller and id. */
async function member(username: string, powers: ('officer' | 'requester' | 'admin' | 'supervisor')[]) {
  const id = await city.house.identity.createUser({
    username,
    name: `示例${username}`,
    password: cityPassword,
    organisationId: 'authority',
    powers,
  })
  return { id, caller: await city.signIn(username) }
}

const request = async (applicant: Caller = city.user) => (await fileRequest(applicant, entryId)).body

describe('replies that an organisation keeps', () => {
  const reply = { title: '场景不符', body: '所述场景不需要所申请的信息项。' }

  it('are refused to persons, to those without cases, and to who only applies', async () => {
    const admin = await member('deskadmin', ['admin'])
    for (const caller of [city.citizen, admin.caller]) {
      expect((await caller.get('/api/v1/saved-replies')).body.code).toBe('not-allowed')
      expect((await caller.post('/api/v1/saved-replies', reply)).body.code).toBe('not-allowed')
    }
    const applicant = await city.signIn('company')
    expect((await applicant.get('/api/v1/saved-replies')).body).toMatchObject({ items: [], canKeep: false })
    const refused = await applicant.post('/api/v1/saved-replies', reply)
    expect([refused.status, refused.body.code]).toEqual([403, 'not-allowed'])
  })

  it('are kept, changed and removed on record, and are nobody else’s', async () => {
    const kept = await city.authority.post('/api/v1/saved-replies', {
      ...reply,
      procedure: 'sharing-request',
    })
    expect(kept.status).toBe(201)
    const [{ id }] = kept.body.items
    const path = `/api/v1/saved-replies/${id}`
    expect((await city.steward.get('/api/v1/saved-replies')).body.items).toEqual([])
    expect((await city.steward.patch(path, reply)).status).toBe(404)
    expect((await city.steward.delete(path)).status).toBe(404)
    const changed = await city.authority.patch(path, { ...reply, title: '不需要该信息项' })
    expect(changed.body.items).toMatchObject([
      { title: '不需要该信息项', procedure: null, keptBy: '示例authority' },
    ])
    expect((await city.authority.get('/api/v1/saved-replies?procedure=correction')).body.items).toHaveLength(
      1,
    )
    expect((await city.authority.delete(path)).body.items).toEqual([])
    const records = (await city.authority.get('/api/v1/records?kind=desk.reply')).body.items
    expect(records.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['removed', 'changed', 'kept'])
  })

  it('have bounds', async () => {
    for (const wrong of [{ title: '', body: '答' }, { title: '长'.repeat(81), body: '答' }, { title: '题' }])
      expect((await city.authority.post('/api/v1/saved-replies', wrong)).status).toBe(422)
  })
})

describe('one act on several cases', () => {
  const together = (caller: Caller, act: string, cases: object[], content: object = {}) =>
    caller.post('/api/v1/case-acts', { procedure: 'sharing-request', act, content, cases })

  it('is refused where the article wants reasons in each case, for unknown acts, and beyond its bounds', async () => {
    const { id, version } = await request()
    const refusal = { reasons: '不需要', basis: lawBasis }
    const refused = await together(city.authority, 'refuse', [{ id, version }], refusal)
    expect([refused.status, refused.body.code]).toEqual([409, 'act-not-available'])
    expect((await together(city.authority, 'nonsense', [{ id, version }])).body.code).toBe('act-unknown')
    for (const cases of [
      [],
      Array.from({ length: 51 }, () => ({ id, version })),
      [
        { id, version },
        { id, version },
      ],
    ])
      expect((await together(city.authority, 'grant', cases)).body.code).toBe('content-incomplete')
    expect((await city.authority.get(`/api/v1/cases/${id}`)).body.version).toBe(version)
  })

  it('is decided case by case: what has changed, is not theirs or has ended is answered by itself', async () => {
    const [first, second, changed, ended] = [
      await request(),
      await request(),
      await request(),
      await request(),
    ]
    await city.user.post(`/api/v1/cases/${ended.id}/acts/withdraw`)
    expect((await act(city, city.authority, changed, 'mark-unsettled')).status).toBe(200)
    const done = await together(city.authority, 'grant', [
      { id: first.id, version: first.version },
      { id: changed.id, version: changed.version },
      { id: ended.id, version: ended.version + 1 },
      { id: '0190a0b0-0000-7000-8000-000000000000', version: 1 },
      { id: second.id, version: second.version },
    ])
    expect(done.status).toBe(200)
    expect(
      done.body.items.map((item: { done: boolean; problem: { code: string } | null }) => [
        item.done,
        item.problem?.code ?? null,
      ]),
    ).toEqual([
      [true, null],
      [false, 'changed-meanwhile'],
      [false, 'act-not-available'],
      [false, 'not-found'],
      [true, null],
    ])
    const records = new Set<string>()
    for (const { id } of [first, second]) {
      const found = (await city.authority.get(`/api/v1/cases/${id}`)).body
      expect(found).toMatchObject({ outcome: 'granted', grantId: expect.any(String) })
      records.add(found.events.at(-1).recordId)
    }
    expect(records.size).toBe(2)
    expect((await city.authority.get(`/api/v1/records/${done.body.recordId}`)).body).toMatchObject({
      kind: 'case.together',
      outcome: '2/5',
      details: { done: [first.number, second.number] },
    })
  })

  it('is refused in each case to who may not act in it', async () => {
    const { id, version } = await request()
    const refused = await together(city.user, 'grant', [{ id, version }])
    expect(refused.body.items).toMatchObject([{ done: false, problem: { code: 'not-allowed', status: 403 } }])
    expect((await together(city.visitor, 'grant', [{ id, version }])).status).toBe(401)
  })

  it('is told of beforehand: the act says whether it can be done so, the list which version it shows', async () => {
    const { items } = (await city.visitor.get('/api/v1/rulebook/procedures')).body
    const { acts } = items.find(({ key }: { key: string }) => key === 'sharing-request')
    const said = Object.fromEntries(
      acts.map((each: { key: string; together: boolean }) => [each.key, each.together]),
    )
    expect(said).toMatchObject({ grant: true, refuse: false, 'mark-unsettled': false })
    const listed = (await city.authority.get('/api/v1/cases')).body.items
    for (const item of listed) expect(item.version).toBeGreaterThan(0)
  })
})

describe('handing over', () => {
  const days = { fromOn: '2022-10-10', untilOn: '2022-10-14' }
  const handOver = (caller: Caller, toUserId: string, more: object = {}) =>
    caller.post('/api/v1/hand-overs', { toUserId, ...days, ...more })
  let away: { id: string; caller: Caller }
  let taker: { id: string; caller: Caller }
  let admin: { id: string; caller: Caller }

  beforeAll(async () => {
    city.at('2022-10-09T01:00:00Z')
    away = await member('away', ['officer', 'requester', 'supervisor'])
    taker = await member('taker', ['requester'])
    admin = await member('chief', ['admin'])
  })

  it('is refused to persons, to other bodies, to oneself, for others, and for wrong days', async () => {
    expect((await handOver(city.citizen, taker.id)).body.code).toBe('not-allowed')
    expect((await handOver(city.user, taker.id)).body.code).toBe('not-found')
    expect((await handOver(away.caller, away.id)).body.code).toBe('content-incomplete')
    expect((await handOver(away.caller, admin.id)).body.code).toBe('content-incomplete')
    expect((await handOver(taker.caller, taker.id, { fromUserId: away.id })).body.code).toBe('not-allowed')
    // Nor does an administrator take on what they hand over for somebody else.
    const chief = await member('chief_officer', ['admin', 'officer'])
    const taken = await handOver(chief.caller, chief.id, { fromUserId: away.id })
    expect([taken.status, taken.body.code]).toEqual([403, 'not-allowed'])
    for (const wrong of [
      { fromOn: '2022-10-08' },
      { untilOn: '2022-10-09' },
      { untilOn: '2023-10-14' },
      { fromOn: '2022-10-32' },
    ])
      expect((await handOver(away.caller, taker.id, wrong)).body.code).toBe('content-incomplete')
    expect((await away.caller.get('/api/v1/hand-overs')).body.items).toEqual([])
  })

  it('gives nothing before its first day and nothing after its last', async () => {
    const made = await handOver(away.caller, taker.id, { note: '出差' })
    expect(made.status).toBe(201)
    expect(made.body.items).toMatchObject([{ standing: 'coming', canEnd: true, note: '出差' }])
    const { id } = await request()
    const grant = () => taker.caller.post(`/api/v1/cases/${id}/acts/grant`)
    expect((await grant()).body.code).toBe('not-allowed')
    city.at('2022-10-15T01:00:00Z')
    expect((await grant()).body.code).toBe('not-allowed')
    city.at('2022-10-10T01:00:00Z')
  })

  it('cannot be made twice for the same days, nor to somebody who is away', async () => {
    const refused = await handOver(away.caller, taker.id)
    expect([refused.status, refused.body.code]).toEqual([409, 'act-not-available'])
    const third = await member('third', ['officer'])
    expect((await handOver(third.caller, away.id)).body.code).toBe('act-not-available')
  })

  it('shows in the colleague’s inbox and lets them act, on record, in the place of who is away', async () => {
    const filed = await request()
    const inbox = (await taker.caller.get('/api/v1/cases?limit=200')).body.items
    const item = inbox.find(({ id }: { id: string }) => id === filed.id)
    expect(item).toMatchObject({ waitsForMe: true, inPlaceOf: '示例away' })
    const own = (await city.authority.get('/api/v1/cases?limit=200')).body.items
    expect(own.find(({ id }: { id: string }) => id === filed.id)).toMatchObject({ inPlaceOf: null })
    const told = (await taker.caller.get('/api/v1/notices')).body.items
    expect(told.some(({ title }: { title: { zh: string } }) => title.zh.includes(filed.number))).toBe(true)

    const done = await taker.caller.post(`/api/v1/cases/${filed.id}/acts/grant`)
    expect(done.status).toBe(200)
    expect(done.body.events.at(-1).actor).toMatchObject({ name: '示例taker', inPlaceOf: '示例away' })
    const record = (await city.authority.get(`/api/v1/records/${done.body.events.at(-1).recordId}`)).body
    expect(record.details.inPlaceOf).toBe(away.id)
  })

  it('holds for entries of the catalogue that wait to be checked', async () => {
    const made = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      ...(await businessOf(city, city.steward)),
      title: '企业变更信息',
      sharing: conditional,
      opening: closed,
    })
    const act = (caller: Caller, key: string) => caller.post(`/api/v1/entries/${made.body.id}/acts/${key}`)
    expect((await act(city.steward, 'submit')).status).toBe(200)
    const outsider = await member('fifth', ['requester'])
    expect((await act(outsider.caller, 'confirm')).body.code).toBe('not-found')
    const confirmed = await act(taker.caller, 'confirm')
    expect([confirmed.status, confirmed.body.status]).toEqual([200, 'confirmed'])
    const { items } = (await city.authority.get('/api/v1/records?kind=case.act&limit=1')).body
    expect(items[0].details).toMatchObject({ act: 'confirm', inPlaceOf: away.id })
  })

  it('keeps duties apart: who stands in is bound by what binds either', async () => {
    // The colleague who is away has filed it: whoever stands in for them decides no more than they could.
    const theirs = await request(away.caller)
    const refused = await taker.caller.post(`/api/v1/cases/${theirs.id}/acts/grant`)
    // A rule of the platform: it cites no article.
    expect([refused.status, refused.body.code, refused.body.article]).toEqual([403, 'not-allowed', undefined])
    expect(refused.body.condition.zh).toContain('应当回避')
    // Whoever stands in has filed it.
    const mine = await request(taker.caller)
    const own = await taker.caller.post(`/api/v1/cases/${mine.id}/acts/grant`)
    expect([own.status, own.body.code]).toEqual([403, 'not-allowed'])
    expect(own.body.condition.zh).toContain('应当回避')
    // Another officer of the body does, and the history says so.
    const decided = await city.authority.post(`/api/v1/cases/${theirs.id}/acts/grant`)
    expect(decided.status).toBe(200)
    expect(decided.body.events.at(-1).warnings).toHaveLength(1)
  })

  it('gives powers in cases and nothing else: no supervision, no key, nothing to pass on', async () => {
    const stranger = (await fileRequest(city.other, entryId)).body
    const key = (await taker.caller.post('/api/v1/api-keys', { name: '示例密钥' })).body.key
    const byKey = await taker.caller.withKey(key).post(`/api/v1/cases/${stranger.id}/acts/grant`)
    expect([byKey.status, byKey.body.code]).toEqual([403, 'not-allowed'])
    const fourth = await member('fourth', ['requester'])
    expect((await handOver(taker.caller, fourth.id)).body.code).toBe('act-not-available')
  })

  it('ends early by those whom it concerns or an administrator, and by nobody else', async () => {
    const [{ id }] = (await away.caller.get('/api/v1/hand-overs')).body.items
    const end = (caller: Caller) => caller.post(`/api/v1/hand-overs/${id}/acts/end`)
    expect((await end(city.steward)).status).toBe(404)
    expect((await end(city.authority)).body.code).toBe('not-allowed')
    expect((await end(admin.caller)).status).toBe(200)
    expect((await end(admin.caller)).status).toBe(404)
    const { id: caseId } = await request()
    expect((await taker.caller.post(`/api/v1/cases/${caseId}/acts/grant`)).body.code).toBe('not-allowed')
    const records = (await city.authority.get('/api/v1/records?kind=desk.hand-over')).body.items
    expect(records.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['ended', 'made'])
  })
})
