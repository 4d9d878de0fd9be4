import { afterEach, beforeEach, expect, it } from 'vitest'
import { companyRegister } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectReport } from '../kit/opening-report.ts'

let city: City
beforeEach(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
})
afterEach(() => city.close())

it('[CQ-27.1-b] Article 27: the opening report shows three of five entries opened, and the basis of each of the two that are not', async () => {
  const report = await expectReport(city, 'opening')
  expect(report.articles.opening).toEqual({ article: 'CQ-27.1-b' })
})

it('[CQ-25.1] Article 25: an assessment without a restriction leaves unconditional sharing; exceptions are counted with their basis', async () => {
  const { sharing: _, ...draft } = { ...companyRegister, sharing: undefined }
  const { body } = await city.steward.post('/api/v1/entries', draft)
  expect(body.sharing.type).toBe('unconditional')
  const report = await expectReport(city, 'sharing')
  expect(report.articles.sharing).toEqual({ article: 'CQ-25.1' })
})
