import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { expectResultShown, openEntry } from '../kit/results.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
  entryId = await openEntry(city, '公交站点')
})
afterAll(() => city.close())

const register = (result: object) =>
  city.citizen.post('/api/v1/results', { title: '等车助手', kind: 'product', ...result })

describe('Article 30: results name their sources', () => {
  it('[CQ-30.1] refuses a result that links no source, and offers the citation', async () => {
    const answer = await register({ naming: '根据公开数据制作' })
    expect(answer.body).toMatchObject({ status: 422, article: 'CQ-30.1', errors: [{ path: 'entryIds' }] })
    expect(answer.body.remedy.zh).toContain('数据来源：')
  })

  it('[CQ-30.1] refuses a result that links its source and does not name it, with the text ready to copy', async () => {
    const { citation, number } = (await city.visitor.get(`/api/v1/entries/${entryId}`)).body
    expect(citation.zh).toContain(number)
    const answer = await register({ naming: '根据公开数据制作', entryIds: [entryId] })
    expect(answer.body).toMatchObject({ status: 422, article: 'CQ-30.1', errors: [{ path: 'naming' }] })
    expect(answer.body.remedy.zh).toContain(citation.zh)
  })

  it('[CQ-30.1] lists a registered result on the page of the data it was made with', async () => {
    await expectResultShown(city, entryId, { title: '等车助手', kind: 'product' })
  })

  it('takes no source that nobody can see, no strange kind, and no address that is none', async () => {
    const { body } = await city.steward.post('/api/v1/entries', { title: '草稿' })
    expect((await register({ naming: '草稿', entryIds: [body.id] })).status).toBe(404)
    expect((await register({ kind: 'rumour', naming: '公交站点', entryIds: [entryId] })).status).toBe(422)
    expect((await register({ url: 'javascript:alert(1)', entryIds: [entryId] })).status).toBe(422)
    expect((await city.visitor.post('/api/v1/results', {})).status).toBe(401)
  })
})
