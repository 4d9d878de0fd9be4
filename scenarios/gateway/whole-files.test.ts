import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bringIn, closed, companyFile, companyRegister, publishEntry, unconditional } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
/** Open to everybody; shared with bodies alone. */
let open: string
let shared: string

beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-03-06T01:00:00Z')
  const codes = Array.from({ length: 10_000 }, (_, n) => syntheticCreditCode(n + 1))
  const published = async (opening: object, more: object = {}) => {
    const entryId = await publishEntry(city, {
      sharing: unconditional,
      opening,
      securityGrade: 'general-1',
      ...more,
    })
    expect(await bringIn(city, entryId, companyFile(codes))).toMatchObject({ state: 'live', rows: 10_000 })
    return entryId
  }
  open = await published(unconditional)
  // Without a field that is masked: nothing but the marks tells the files of its receivers apart.
  shared = await published(closed, { fields: companyRegister.fields.slice(0, 3) })
})
afterAll(() => city.close())

const download = (caller: Caller, entryId = open) =>
  caller.get(`/api/v1/entries/${entryId}/download?format=csv&scenario=${encodeURIComponent('核对企业情况')}`)
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
/** What lies on the disk because it was asked for. */
async function kept(): Promise<string[]> {
  const names = await readdir(join(city.dataFolder, 'lake', 'temp'), { recursive: true })
  return names.filter((name) => /whole-[^/]+\/[0-9a-f]{64}$/.test(name))
}

it('is given again to whoever may have it, each time decided and on record with its digest', async () => {
  const seen: string[] = []
  for (const caller of [city.visitor, city.visitor, city.citizen]) {
    const answer = await download(caller)
    expect([answer.status, digestOf(answer.text)]).toEqual([200, seen[0] ?? digestOf(answer.text)])
    expect(answer.text.split('\n').length).toBe(10_002)
    seen.push(digestOf(answer.text))
    const id = String(answer.headers['tiaoli-record'])
    const ended = (await city.authority.get('/api/v1/records?kind=access.exported')).body.items[0]
    const { record } = (await city.authority.get(`/api/v1/records/${ended.id}/receipt`)).body
    expect(JSON.parse(record).payload).toEqual({ begun: id, rows: 10_000, sha256: seen[0] })
  }
  expect(await kept()).toHaveLength(1)
})

it('is not what others are given: all fields to the provider, files that say whose they are to each body', async () => {
  const own = await download(city.steward)
  expect(own.text.split('\n')[0]).toContain('法定代表人')
  expect((await download(city.visitor)).text.split('\n')[0]).not.toContain('法定代表人')
  expect(await kept()).toHaveLength(2)
  // Marks stand in the rows: a body gets the same again, another gets others.
  const [user, other, again] = [city.user, city.other, city.user].map((caller) => download(caller, shared))
  expect((await user!).status).toBe(200)
  expect((await user!).text).not.toBe((await other!).text)
  expect((await again!).text.split('\n').length).toBe(10_002)
  expect(await kept()).toHaveLength(2)
})

it('is given to nobody once the entry is withdrawn, though it lies there', async () => {
  const grounds = { content: { reasons: '示例原因' } }
  const withdrawn = await city.steward.post(`/api/v1/entries/${open}/acts/withdraw`, grounds)
  expect(withdrawn.status, withdrawn.text).toBe(200)
  expect(await kept()).toHaveLength(2)
  for (const caller of [city.visitor, city.citizen, city.user])
    expect(['not-found', 'refused-by-law']).toContain(expectProblem(await download(caller)))
})
