import { afterAll, beforeAll, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { openEntry } from '../kit/results.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('suzhou', { limitFactor: 1 })
  city.at('2023-03-06T01:00:00Z')
  entryId = await openEntry(city, '开放的企业名录')
})
afterAll(() => city.close())

it('says with every answer what is left, and turns a visitor away who has used it up, and nobody else', async () => {
  const rows = (caller: City['visitor']) => caller.get(`/api/v1/entries/${entryId}/rows?limit=2`)
  const first = await rows(city.visitor)
  expect(first.status).toBe(200)
  expect(first.headers['ratelimit-policy']).toContain('"requests";q=600;w=60, "rows";q=2000000;w=60')
  expect(first.headers.ratelimit).toMatch(/^"requests";r=599;t=\d+, "rows";r=1999998;t=\d+, /)

  let answer = first
  for (let call = 0; call < 600; call++) answer = await rows(city.visitor)
  expect(answer.status).toBe(429)
  expect(answer.body).toMatchObject({ code: 'too-many-requests' })
  expect(answer.body.article).toBeUndefined()
  expect(answer.body.condition.zh).toContain('每分钟 600 次调用')
  expect(answer.body.condition.zh).toContain('不是条例的规定')
  expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  expect(answer.headers.ratelimit).toMatch(/^"requests";r=0;/)

  // A whole file counts with its rows, by what the snapshot says before the first byte goes out.
  const file = await city.user.get(`/api/v1/entries/${entryId}/download?format=csv`)
  expect(file.status).toBe(200)
  const { total } = (await rows(city.user)).body
  expect((await rows(city.user)).headers.ratelimit).toContain(`"rows";r=${40_000_000 - total - 4};`)

  // Whoever is signed in has limits of their own, and what is no data is not counted.
  expect((await rows(city.user)).status).toBe(200)
  expect((await city.visitor.get(`/api/v1/entries/${entryId}`)).status).toBe(200)
})

it('turns away who asks for suggestions all the time, without counting them as calls for data', async () => {
  const suggest = (caller: City['visitor']) => caller.get('/api/v1/entry-suggestions?q=')
  let answer = await suggest(city.visitor)
  expect(answer.status).toBe(200)
  for (let call = 0; call < 600; call++) answer = await suggest(city.visitor)
  expect(answer.status).toBe(429)
  expect(answer.body).toMatchObject({ code: 'too-many-requests' })
  expect(answer.body.article).toBeUndefined()
  expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
})
