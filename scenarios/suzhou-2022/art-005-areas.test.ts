import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { type District, foundBody, foundDistrict } from '../kit/bodies.ts'
import type { Answer, Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { draftEntry, obligatory } from '../kit/compiling.ts'
import { act, grantOf, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let taicang: District
let kunshan: District
/** A published entry of a bureau of each of the two, and one of a municipal bureau. */
let entries: { taicang: string; kunshan: string; city: string }

beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
  taicang = await foundDistrict(city, 'taicang', '太仓市', '320585')
  kunshan = await foundDistrict(city, 'kunshan', '昆山市', '320583')
  entries = {
    taicang: await publishEntry(city, { title: '太仓企业登记' }, taicang.bureaus[0]),
    kunshan: await publishEntry(city, { title: '昆山企业登记' }, kunshan.bureaus[0]),
    city: await publishEntry(city, { title: '市级企业登记' }),
  }
  for (const [id, steward] of [
    [entries.taicang, taicang.bureaus[0]],
    [entries.kunshan, kunshan.bureaus[0]],
  ] as const)
    await bringIn(city, id, companyFile([syntheticCreditCode(1)]), '企业.csv', steward)
})
afterAll(() => city.close())

const idsIn = async (
  caller: Caller,
  path: string,
  pick: (item: Answer['body']) => string,
): Promise<string[]> => {
  const answer = await caller.get(path)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items.map(pick).sort()
}
const providersOfTasks = (caller: Caller) =>
  idsIn(caller, '/api/v1/aggregation/tasks', (task) => task.organisation.id)

describe('Article 5: a data authority for the city and for each county-level city or district', () => {
  it('[SZ-5.1] each area has one: a second one is refused, and so is a body of another level', async () => {
    const admin = await foundBody(
      city,
      { id: 'sysadmin', zh: '示例系统管理单位', kind: 'authority', level: 'city' },
      ['admin'],
    )
    const body = { zh: '示例机构', kind: 'authority', level: 'district', roles: [] } as const
    await foundBody(city, { ...body, id: 'taicang_second_authority', divisionCode: '320585' }, ['officer'])
    await foundBody(city, { ...body, id: 'zhangjiagang_authority', divisionCode: '320582' }, ['officer'])
    await foundBody(city, { ...body, id: 'nowhere_authority' }, ['officer'])
    const give = (id: string, role: string) =>
      admin.post(`/api/v1/organisations/${id}/roles`, { roles: [role] })
    const second = await give('taicang_second_authority', 'authority-district')
    expect([second.status, second.body.article]).toEqual([403, 'SZ-5.1'])
    expect(second.body.condition.zh).toContain('示例太仓市数据主管部门')
    for (const [id, role] of [
      ['nowhere_authority', 'authority-district'],
      ['taicang_first', 'authority-district'],
      ['market', 'authority-municipal'],
      ['zhangjiagang_authority', 'authority-municipal'],
    ] as const) {
      const refused = await give(id, role)
      expect([id, refused.status, refused.body.article]).toEqual([id, 403, 'SZ-5.1'])
    }
    expect((await give('zhangjiagang_authority', 'authority-district')).status).toBe(200)
  })

  it('[SZ-5.1] the specification is the municipal authority’s: for that of a county-level city it is read-only', async () => {
    const specification = {
      title: '目录编制规范',
      items: [obligatory('updateCycle', '更新频率'), obligatory('securityGrade', '安全等级')],
    }
    const refused = await taicang.authority.post('/api/v1/specifications', specification)
    expect([refused.status, refused.body.article]).toEqual([403, 'SZ-10.1-a'])
    const made = await city.authority.post('/api/v1/specifications', specification)
    expect(made.status, made.text).toBe(201)
    const read = await taicang.authority.get('/api/v1/specifications')
    expect(read.status).toBe(200)
    expect(read.body).toMatchObject({ publishable: false })
    expect((await city.authority.get('/api/v1/specifications')).body).toMatchObject({ publishable: true })
  })

  it('[SZ-5.1] sets nothing for the whole city: intervals, targets, the calendar', async () => {
    const setting = { everyMonths: 12, instrument: '示例办法' }
    const refused = await taicang.authority.post('/api/v1/opening/reassessments/setting', setting)
    expect(refused.status).toBe(403)
    expect((await city.authority.post('/api/v1/opening/reassessments/setting', setting)).status).toBe(200)
  })

  it('[SZ-5.1] its lists hold its own area only, those of the municipal authority all', async () => {
    expect(await providersOfTasks(taicang.authority)).toEqual(['taicang_first'])
    expect(await providersOfTasks(kunshan.authority)).toEqual(['kunshan_first'])
    expect(await providersOfTasks(city.authority)).toEqual(['kunshan_first', 'market', 'taicang_first'])
    const leaked = await taicang.authority.get(`/api/v1/aggregation/tasks/${entries.kunshan}`)
    expect([leaked.status, leaked.body.code]).toEqual([404, 'not-found'])
    expect((await taicang.authority.get(`/api/v1/aggregation/tasks/${entries.city}`)).status).toBe(404)
    expect((await taicang.authority.get(`/api/v1/aggregation/tasks/${entries.taicang}`)).status).toBe(200)

    const duties = async (caller: Caller) => {
      const { items } = (await caller.get('/api/v1/duties?box=all&limit=200')).body
      return [
        ...new Set(
          items.flatMap(({ owners }: { owners: { organisation: { id: string } }[] }) =>
            owners.map(({ organisation }) => organisation.id),
          ),
        ),
      ].sort()
    }
    const own = await duties(taicang.authority)
    expect(own).toContain('taicang_first')
    expect(own.filter((id) => !String(id).startsWith('taicang'))).toEqual([])
    expect(await duties(city.authority)).toEqual(expect.arrayContaining(['market', 'kunshan_first']))
  })

  it('[SZ-5.1] sees the cases in which bodies of its area take part, and no other, in lists and singly', async () => {
    const ask = async (applicant: Caller, entryId: string) =>
      (await request(city, applicant, entryId, { fields: ['企业名称'] })).body.id as string
    const within = await ask(taicang.bureaus[1], entries.taicang)
    const across = await ask(taicang.bureaus[1], entries.kunshan)
    const elsewhere = await ask(kunshan.bureaus[1], entries.kunshan)
    const municipal = await ask(city.user, entries.city)
    const listed = (caller: Caller) =>
      idsIn(caller, '/api/v1/cases?box=all&procedure=sharing-request', ({ id }) => id)
    expect(await listed(taicang.authority)).toEqual([within, across].sort())
    expect(await listed(kunshan.authority)).toEqual([across, elsewhere].sort())
    expect(await listed(city.authority)).toEqual([within, across, elsewhere, municipal].sort())
    for (const [caller, id, status] of [
      [taicang.authority, within, 200],
      [taicang.authority, elsewhere, 404],
      [taicang.authority, municipal, 404],
      [kunshan.authority, within, 404],
      [city.authority, elsewhere, 200],
    ] as const)
      expect((await caller.get(`/api/v1/cases/${id}`)).status).toBe(status)
    // The same of the figures of those who ask, which are for them and their authority.
    const asking = async (caller: Caller, organisation = '') =>
      caller.get(`/api/v1/figures?by=applicant&from=2024-01-01&until=2024-12-31${organisation}`)
    const counted = async (caller: Caller) =>
      (await asking(caller)).body.organisations.map(
        ({ organisation }: { organisation: { id: string } }) => organisation.id,
      )
    expect(await counted(taicang.authority)).toEqual(['taicang_second'])
    expect((await counted(city.authority)).sort()).toEqual(['civil', 'kunshan_second', 'taicang_second'])
    const foreign = await asking(taicang.authority, '&organisation=kunshan_second')
    expect([foreign.status, foreign.body.code]).toEqual([403, 'not-allowed'])
  })

  it('[SZ-5.1] acts in its area only: it ends a grant there, and does not know of one elsewhere', async () => {
    const granted = async (applicant: Caller, entryId: string, steward: Caller) => {
      const filed = await request(city, applicant, entryId, { fields: ['企业名称'] })
      return (await grantOf(city, applicant, filed, steward)).grantId as string
    }
    const [own, foreign] = [
      await granted(taicang.bureaus[1], entries.taicang, taicang.bureaus[0]),
      await granted(kunshan.bureaus[1], entries.kunshan, kunshan.bureaus[0]),
    ]
    const revoke = (caller: Caller, id: string) =>
      caller.post(`/api/v1/grants/${id}/acts/revoke`, { reasons: '用途结束', basis: '示例规定' })
    expect((await taicang.authority.get(`/api/v1/grants/${foreign}`)).status).toBe(404)
    expect((await revoke(taicang.authority, foreign)).status).toBe(404)
    expect((await revoke(taicang.authority, own)).status).toBe(200)
    expect((await revoke(city.authority, foreign)).status).toBe(200)
  })

  it('[SZ-5.1] reads the records of its own area, not those of another', async () => {
    const actors = async (caller: Caller) => {
      const items = (await caller.get('/api/v1/records?limit=200')).body.items as {
        actor: { organisation: { id: string } | null }
      }[]
      return [...new Set(items.map(({ actor }) => actor.organisation?.id ?? ''))].sort()
    }
    const own = await actors(taicang.authority)
    expect(own).toContain('taicang_first')
    expect(own.filter((id) => !id.startsWith('taicang'))).toEqual([])
    const [foreign] = (await kunshan.authority.get('/api/v1/records?limit=1')).body.items
    expect((await kunshan.authority.get(`/api/v1/records/${foreign.id}`)).status).toBe(200)
    expect((await taicang.authority.get(`/api/v1/records/${foreign.id}`)).status).toBe(404)
  })

  it('[SZ-5.1] drafts of another area do not exist for it, and neither do those of its own before they are handed in', async () => {
    const draft = await draftEntry(kunshan.bureaus[0], { title: '昆山草稿' })
    for (const caller of [taicang.authority, kunshan.authority])
      expect((await caller.get(`/api/v1/entries/${draft}`)).status).toBe(404)
    const submitted = await act(
      city,
      taicang.authority,
      { id: draft, procedure: { key: 'catalogue-entry' } },
      'publish',
    )
    expect(submitted.status).toBe(404)
  })
})
