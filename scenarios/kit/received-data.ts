import { hash } from 'node:crypto'
import { expect } from 'vitest'
import { bringIn, companyFile, companyRegister, conditional, publishEntry, unconditional } from './acts.ts'
import type { City } from './city.ts'
import { grantOf, request } from './requests.ts'
import { syntheticCreditCode } from './synthetic.ts'

const rows = companyFile(Array.from({ length: 60 }, (_, n) => syntheticCreditCode(n + 1)))
const shared = companyRegister.fields.slice(0, 3)

/** An entry of the provider with rows, and a grant of three of its fields that the user holds. */
export async function grantHeld(city: City) {
  const entryId = await publishEntry(city, {
    title: '车辆登记',
    sharing: conditional,
    opening: conditional,
  })
  await bringIn(city, entryId, rows)
  const filed = await request(city, city.user, entryId, {
    scenario: '学位分配核验',
    fields: shared.map(({ name }) => name),
  })
  const { grantId } = await grantOf(city, city.user, filed)
  return { entryId, grantId: grantId as string }
}

/** What a body has received it cannot register as its own: not by its fields, not by its file. */
export async function expectKeptFromCatalogue(city: City, entryId: string, article: string) {
  const own = {
    title: '本单位车辆',
    fields: shared,
    sharing: unconditional,
    opening: unconditional,
    assessment: { contains: '车辆', personalInformation: false, conclusion: '可以开放' },
  }
  await expect(publishEntry(city, own, city.user)).rejects.toThrow(article)
  await expect(publishEntry(city, own, city.user)).rejects.toThrow('车辆登记')
  // A body that has received nothing may hold a register with such fields.
  await publishEntry(city, { ...own, title: '另一单位自有的登记' }, city.other)
  // Nor may the file be brought in, under whatever name the entry says the body collects itself.
  const other = await publishEntry(city, { ...own, ownCollection: '窗口业务自行采集' }, city.user)
  const file = await city.user.get(`/api/v1/entries/${entryId}/download?format=csv`)
  expect(file.status).toBe(200)
  const sent = await city.user.upload(`/api/v1/entries/${other}/batches?filename=a.csv`, file.text)
  expect(sent.body).toMatchObject({ status: 403, code: 'refused-by-law', article })
  expect(sent.body.condition.zh).toContain('车辆登记')
  const cut = file.text.split('\r\n').slice(0, 41).join('\r\n')
  expect((await city.user.upload(`/api/v1/entries/${other}/batches?filename=b.csv`, cut)).status).toBe(403)
}

/** A file that went astray names its receiver to those who answer for the data, and to nobody else. */
export async function expectTraced(city: City, entryId: string, holder: string) {
  for (const format of ['csv', 'json', 'ndjson', 'xlsx', 'parquet']) {
    const response = await city.house.app.inject({
      method: 'GET',
      url: `/api/v1/entries/${entryId}/download?format=${format}`,
      headers: await sessionOf(city, 'user'),
    })
    const bytes = response.rawPayload
    // Of the table, some rows in another order and without their first column.
    const stray = format === 'csv' ? leakOf(bytes.toString()) : bytes
    const traced = await city.authority.upload('/api/v1/deliveries/trace?filename=stray', stray)
    expect(traced.body.delivery, format).toMatchObject({
      foundBy: format === 'csv' ? 'rows' : 'mark',
      entry: { id: entryId },
      receiver: { organisation: { id: holder } },
    })
    const receipt = await city.authority.get(`/api/v1/records/${traced.body.delivery.recordId}/receipt`)
    // The record proves the signs by their digests; who draws its receipt learns none to forge a file with.
    const { mark, hand } = traced.body.delivery.signs
    for (const sign of [mark, hand]) {
      expect(sign).toMatch(/^[0-9a-f]{24}$/)
      expect(receipt.body.record).toContain(hash('sha256', sign, 'hex'))
      expect(receipt.body.record).not.toContain(sign)
    }
  }
  const { text } = await city.user.get(`/api/v1/entries/${entryId}/download?format=csv`)
  expect((await city.steward.upload('/api/v1/deliveries/trace', text)).body.delivery).toMatchObject({
    entry: { id: entryId },
    signs: null,
  })
  // Who does not answer for the data is told no otherwise than of a file that nobody handed over.
  const stranger = await city.other.upload('/api/v1/deliveries/trace', text)
  expect([stranger.status, stranger.body.delivery]).toEqual([200, null])
  expect((await city.citizen.upload('/api/v1/deliveries/trace', text)).status).toBe(403)
  const own = await city.authority.upload('/api/v1/deliveries/trace', rows)
  expect(own.body).toMatchObject({ mark: null, delivery: null, reason: 'no-match' })
  // Nobody is named by the headings alone, but those who were handed such columns are.
  const heading = await city.authority.upload('/api/v1/deliveries/trace', `${text.split('\r\n')[0]}\r\n`)
  expect(heading.body).toMatchObject({ delivery: null, reason: 'no-carriers' })
  expect(heading.body.receivers).toMatchObject([
    { entry: { id: entryId }, receiver: { organisation: { id: holder } } },
  ])
  const nothing = await city.other.upload('/api/v1/deliveries/trace', `${text.split('\r\n')[0]}\r\n`)
  expect(nothing.body.receivers).toEqual([])
}

/** Fifty of the rows, the last first, without their first column, cut by the line. */
const leakOf = (csv: string): string =>
  csv
    .trim()
    .split('\r\n')
    .slice(1, 51)
    .reverse()
    .map((line) => line.replace(/^("[^"]*"|[^,]*),/, ''))
    .join('\n')

async function sessionOf(city: City, username: string): Promise<Record<string, string>> {
  const { cityPassword } = await import('./city.ts')
  const signed = await city.house.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { username, password: cityPassword },
  })
  const cookies = [signed.headers['set-cookie']].flat().map((cookie) => String(cookie).split(';')[0])
  return { cookie: cookies.join('; ') }
}

/** A use for another scenario than the granted one is refused and recorded; provider and authority hear of it, once. */
export async function expectOtherPurposeRefused(
  city: City,
  entryId: string,
  grantId: string,
  article: string,
) {
  const call = (scenario: string) =>
    city.user.get(
      `/api/v1/entries/${entryId}/rows?limit=1&grant=${grantId}&scenario=${encodeURIComponent(scenario)}`,
    )
  expect((await call('学位分配核验')).status).toBe(200)
  const told = async (caller: City['citizen']) =>
    (await caller.get('/api/v1/notices')).body.items.filter(
      (notice: { kind: string }) => notice.kind === 'use.other-purpose',
    )
  for (const caller of [city.steward, city.authority]) expect(await told(caller)).toHaveLength(0)
  const refused = await call('人员招聘')
  expect(refused.body).toMatchObject({ status: 403, article })
  expect(refused.body.remedy.zh).toContain('申请')
  const receipt = await city.user.get(`/api/v1/records/${refused.body.recordId}/receipt`)
  expect(JSON.parse(receipt.body.record).outcome).toBe('other-purpose')
  await call('人员招聘')
  for (const caller of [city.steward, city.authority]) expect(await told(caller)).toHaveLength(1)
  const uses = (await city.authority.get(`/api/v1/records?grant=${grantId}`)).body.items
  expect(uses.map((record: { details: { scenario?: string } }) => record.details.scenario)).toContain(
    '学位分配核验',
  )
}
