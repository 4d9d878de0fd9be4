import { changesBetween } from '@tiaoli/server/rooms/subscriptions/subscriptions.store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, passChecks, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const base = '/api/v1/subscriptions'
let city: City
let register: string

beforeAll(async () => {
  city = await openCity('chongqing-2022')
  city.at('2026-09-01T02:00:00Z')
  register = await publishEntry(city, { title: '企业登记信息', opening: unconditional })
})
afterAll(() => city.close())

/** What a citizen was told about the catalogue, the oldest first. */
async function told(): Promise<{ title: string; body: string; link: string }[]> {
  const { body } = await city.citizen.get('/api/v1/notices')
  return body.items
    .filter(({ kind }: { kind: string }) => kind === 'catalogue.changed')
    .map((each: { title: { zh: string }; body: { zh: string }; link: string }) => ({
      ...{ title: each.title.zh, body: each.body.zh, link: each.link },
    }))
    .reverse()
}

async function at(instant: string): Promise<void> {
  city.at(instant)
  await city.settle()
}

const load = () => bringIn(city, register, companyFile([syntheticCreditCode(1)]))

it('is for people who are signed in, and for what they may see', async () => {
  expect(expectProblem(await city.visitor.get(base))).toBe('not-signed-in')
  expect(expectProblem(await city.visitor.post(base, { entryId: register }))).toBe('not-signed-in')
  const draft = await city.steward.post('/api/v1/entries', { title: '未公开的草稿' })
  expect(expectProblem(await city.citizen.post(base, { entryId: draft.body.id }))).toBe('not-found')
  expect(expectProblem(await city.citizen.post(base, { organisationId: 'nobody' }))).toBe('not-found')
  for (const body of [
    {},
    { search: {} },
    { search: { q: ' ' } },
    { entryId: register, organisationId: 'market' },
  ])
    expect(expectProblem(await city.citizen.post(base, body))).toBe('content-incomplete')
})

it('follows the same thing once, and ends by whoever began it', async () => {
  const [one, two] = [
    await city.other.post(base, { organisationId: 'market' }),
    await city.other.post(base, { organisationId: 'market' }),
  ]
  expect([one.status, two.body.id]).toEqual([201, one.body.id])
  expect(one.body).toMatchObject({
    kind: 'organisation',
    title: { zh: '示例市场监督管理局' },
    link: '/search?organisation=market',
  })
  expect(expectProblem(await city.citizen.delete(`${base}/${one.body.id}`))).toBe('not-found')
  expect((await city.other.delete(`${base}/${one.body.id}`)).status).toBe(200)
  expect((await city.other.get(base)).body.items).toEqual([])
})

it('tells of new data once a day, and of what came meanwhile the day after', async () => {
  const { body } = await city.citizen.post(base, { entryId: register })
  expect(body).toMatchObject({ title: { zh: '“企业登记信息”' }, toldAt: null })
  city.at('2026-09-01T02:10:00Z')
  await load()
  await at('2026-09-01T02:30:00Z')
  expect(await told()).toEqual([])
  await at('2026-09-01T03:00:00Z')
  expect(await told()).toEqual([
    {
      title: '您订阅的“企业登记信息”有 1 个条目发生变化',
      body: '“企业登记信息”数据更新。',
      link: `/entries/${register}`,
    },
  ])
  await load()
  await load()
  await at('2026-09-01T20:00:00Z')
  expect(await told()).toHaveLength(1)
  await at('2026-09-02T05:00:00Z')
  expect(await told()).toHaveLength(2)
  await at('2026-09-04T00:00:00Z')
  expect(await told()).toHaveLength(2)
})

it('tells of entries that a search finds or a body publishes, and of no draft', async () => {
  await city.citizen.post(base, { search: { q: '停车场', theme: 'transport' } })
  city.at('2026-09-04T00:10:00Z')
  await city.steward.post('/api/v1/entries', { title: '停车场草稿', theme: 'transport' })
  await publishEntry(city, { title: '公共停车场信息', theme: 'transport' })
  await publishEntry(city, { title: '停车场收费标准', theme: 'economy' })
  await at('2026-09-04T02:00:00Z')
  expect((await told()).slice(2)).toMatchObject([
    { title: '您订阅的检索 “停车场”，交通出行有 1 个条目发生变化', body: '“公共停车场信息”发布。' },
  ])
})

it('tells of a new version with another opening type, then of the withdrawal alone', async () => {
  const act = (caller: City['steward'], name: string, content: object = {}) =>
    caller.post(`/api/v1/entries/${register}/acts/${name}`, { content })
  const { version } = (await city.steward.get(`/api/v1/entries/${register}`)).body
  await city.steward.patch(`/api/v1/entries/${register}`, {
    opening: conditional,
    version,
  })
  await act(city.steward, 'change', { note: '调整开放类型' })
  await act(city.authority, 'confirm')
  await passChecks(register, city.steward)
  expect((await act(city.authority, 'publish')).body.status).toBe('published')
  await at('2026-09-06T02:00:00Z')
  expect((await told()).at(-1)!.body).toBe('“企业登记信息”发布新版本、开放类型变更。')

  await load()
  const withdrawn = await act(city.authority, 'withdraw', { reasons: '示例原因' })
  expect(withdrawn.body.status).toBe('withdrawn')
  await at('2026-09-08T02:00:00Z')
  expect((await told()).at(-1)!.body).toBe('“企业登记信息”撤下。')
})

it('reads all that has changed, however little comes at once', async () => {
  const database = city.house.database
  const span = [new Date('2026-09-01T00:00:00Z'), new Date('2026-09-08T02:00:00Z')] as const
  const read = async (pageSize: number) => {
    const all: string[] = []
    const target = { entryId: null, organisationId: null }
    for await (const page of changesBetween(database.db, target, ...span, pageSize))
      all.push(...page.map(({ id }) => id))
    return all
  }
  const whole = await read(5_000)
  expect(whole.length).toBeGreaterThan(5)
  expect(new Set(whole).size).toBe(whole.length)
  for (const pageSize of [1, 2, whole.length]) expect(await read(pageSize)).toEqual(whole)
})
