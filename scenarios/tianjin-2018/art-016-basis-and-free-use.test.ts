import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  closed,
  companyFile,
  companyRegister,
  lawBasis,
  publishEntry,
  unconditional,
} from '../kit/acts.ts'
import { foundDistrict } from '../kit/bodies.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
})
afterAll(() => city.close())

describe('Article 16: unconditional sharing, and the basis of the rest', () => {
  it('[TJ-16.2-a] refuses an internal notice as the basis of not sharing and asks for law, regulation or rule', async () => {
    const answer = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      sharing: {
        type: 'none',
        conditions: '',
        basis: { rank: 'normative-document', instrument: '内部通知', article: '一' },
      },
    })
    expect(answer.status).toBe(403)
    expect(answer.body.article).toBe('TJ-16.2-a')
    expect(answer.body.condition.zh).toMatch(/法律.*法规.*规章/)
  })

  it('[TJ-16.2-a] takes a government rule as the basis here, which Chongqing would not', async () => {
    const answer = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      sharing: { type: 'conditional', conditions: '限履职', basis: { ...lawBasis, rank: 'rule' } },
    })
    expect(answer.status).toBe(201)
  })

  it('demands no basis for restricting opening, which this text does not ask for', async () => {
    const id = await publishEntry(city, {
      sharing: unconditional,
      opening: { type: 'none', conditions: '', basis: null },
    })
    expect((await city.visitor.get(`/api/v1/entries/${id}`)).body.openingType).toBe('none')
  })

  it('[TJ-16.1-a] lets no provider leave a department out, nor say which ones have freely shared data', async () => {
    const bureau = (await foundDistrict(city, 'wuqing', '武清区', '120114')).bureaus[0]
    const draft = { ...companyRegister, title: '轨道线路', opening: closed }
    const chosen = [{ exceptFor: ['wuqing_first'] }, { onlyFor: ['civil', 'health'] }]
    for (const list of chosen) {
      const refused = await city.steward.post('/api/v1/entries', {
        ...draft,
        sharing: { ...unconditional, ...list },
      })
      expect(refused.body).toMatchObject({
        status: 403,
        code: 'refused-by-law',
        article: 'TJ-16.1-a',
        errors: [{ path: `sharing.${Object.keys(list)[0]}` }],
      })
    }
    // Nor afterwards: the published entry stays what it is, for the district's department too.
    const id = await publishEntry(city, { title: '轨道线路', sharing: unconditional, opening: closed })
    await bringIn(city, id, companyFile([syntheticCreditCode(1)]))
    const { version } = (await city.steward.get(`/api/v1/entries/${id}`)).body
    const narrowed = await city.steward.patch(`/api/v1/entries/${id}`, {
      version,
      sharing: { ...unconditional, exceptFor: ['wuqing_first'] },
    })
    expect([narrowed.status, narrowed.body.article]).toEqual([403, 'TJ-16.1-a'])
    const taken = await bureau.get(`/api/v1/entries/${id}/rows?scenario=${encodeURIComponent('轨道调度')}`)
    expect(taken.status).toBe(200)
    expect(taken.body.basis).toMatchObject({ kind: 'shared' })
  })

  it('[TJ-16.1-a] [TJ-16.1-b] gives freely shared data to every department at once, without request', async () => {
    const id = await publishEntry(city, { title: '公交站点', sharing: unconditional, opening: closed })
    await bringIn(city, id, companyFile([syntheticCreditCode(1)]))
    const scenario = encodeURIComponent('应急处置')
    const jizhou = await foundDistrict(city, 'jizhou', '蓟州区', '120119')
    for (const department of [city.user, city.other, jizhou.bureaus[0]]) {
      const answer = await department.get(`/api/v1/entries/${id}/rows?scenario=${scenario}`)
      expect(answer.status).toBe(200)
      expect(answer.body.basis).toMatchObject({ kind: 'shared' })
    }
    // Found by search and taken by every way out, each with the duty on record.
    const found = (await city.user.get(`/api/v1/entries?q=${encodeURIComponent('公交')}`)).body.items
    expect(found.map((entry: { id: string }) => entry.id)).toEqual([id])
    const key = (await city.user.post('/api/v1/api-keys', { name: '应急系统' })).body.key
    const system = await city.visitor.get(
      `/api/v1/entries/${id}/rows/${syntheticCreditCode(1)}?scenario=${scenario}`,
      {
        authorization: `Bearer ${key}`,
      },
    )
    expect(system.status).toBe(200)
    const file = await city.user.get(`/api/v1/entries/${id}/download?format=csv&scenario=${scenario}`)
    expect(file.status).toBe(200)
    const preview = await city.user.get(`/api/v1/entries/${id}/rows?limit=1&scenario=${scenario}`)
    expect(preview.body.rows).toHaveLength(1)
    const recordIds = [system, file, preview].map(
      ({ body, headers }) => body.recordId ?? headers['tiaoli-record'],
    )
    for (const recordId of recordIds) {
      const receipt = await city.user.get(`/api/v1/records/${recordId}/receipt`)
      expect(receipt.status, receipt.text).toBe(200)
      expect(JSON.parse(receipt.body.record).payload).toMatchObject({ scenario: '应急处置', basis: 'shared' })
    }

    const filed = await city.user.post('/api/v1/cases', {
      procedure: 'sharing-request',
      entryId: id,
      content: { scenario: '应急', fields: ['企业名称'] },
    })
    expect(filed.body).toMatchObject({ status: 403, code: 'refused-by-law', article: 'TJ-15.1-b' })
    const outside = await city.visitor.get(`/api/v1/entries/${id}/rows?scenario=${scenario}`)
    expect(outside.body).toMatchObject({ status: 403, article: 'TJ-21.1' })
  })
})
