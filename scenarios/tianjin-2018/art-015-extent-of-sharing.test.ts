import { afterAll, beforeAll, expect, it } from 'vitest'
import { companyRegister } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectReport } from '../kit/opening-report.ts'

let city: City
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-09-12T01:00:00Z')
})
afterAll(() => city.close())

it('[TJ-15.1-a] Article 15: an entry starts from unconditional sharing, leaving it demands a basis, and the share of each type is reported', async () => {
  const { body } = await city.steward.post('/api/v1/entries', { title: '路灯位置' })
  expect(body.sharing.type).toBe('unconditional')
  const strict = await city.steward.post('/api/v1/entries', {
    ...companyRegister,
    sharing: { type: 'none', conditions: '', basis: null },
    opening: { type: 'none', conditions: '', basis: null },
  })
  const refused = await city.steward.post(`/api/v1/entries/${strict.body.id}/acts/submit`)
  expect(refused.status).toBe(422)
  expect(refused.body.errors.map((error: { path: string }) => error.path)).toContain('sharing.basis')
  const report = await expectReport(city, 'sharing')
  expect(report.articles.sharing).toEqual({ article: 'TJ-15.1-a' })
})
