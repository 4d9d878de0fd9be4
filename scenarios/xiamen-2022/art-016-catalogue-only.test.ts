import { newId } from '@tiaoli/kernel/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyFile, companyRegister, conditional, requestFields } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { request } from '../kit/requests.ts'

const nothing = { conditions: '', basis: null }

let city: City
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2023-05-08T01:00:00Z')
})
afterAll(() => city.close())

describe('Article 16: nothing outside the catalogue', () => {
  it('[XM-16.1-a] is brought in, asked for or opened: each needs an entry that stands there', async () => {
    const { body: draft } = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      title: '校车线路',
      sharing: conditional,
      opening: { type: 'unconditional', ...nothing },
    })
    for (const entryId of [newId(), draft.id]) {
      for (const procedure of ['sharing-request', 'opening-request'])
        expect((await request(city, city.user, entryId, { fields: requestFields }, procedure)).status).toBe(
          404,
        )
      expect((await city.visitor.get(`/api/v1/entries/${entryId}/rows`)).status).toBe(404)
    }
    const unknown = await city.steward.upload(
      `/api/v1/entries/${newId()}/batches?filename=a.csv`,
      companyFile([]),
    )
    expect(unknown.status).toBe(404)
    const { lists } = (await city.steward.get('/api/v1/opening-lists')).body
    for (const entryId of [newId(), draft.id]) {
      const listed = await city.steward.post('/api/v1/opening-lists', {
        list: lists[0].key,
        lines: [{ entryId }],
        reasons: { [entryId]: '新增' },
      })
      expect([listed.status, listed.body.code, listed.body.article]).toEqual([
        403,
        'refused-by-law',
        'XM-16.1-a',
      ])
      expect(listed.body.condition.zh).toContain('未编入目录')
      // The way to a catalogue entry is offered.
      expect(listed.body.remedy.zh).toContain('/desk/entries/new')
    }
    // What is open is said in the entry itself, so nothing gets onto the list by another way.
    const open = await city.visitor.get('/api/v1/entries?opening=unconditional&limit=100')
    expect(open.body.items.map(({ id }: { id: string }) => id)).not.toContain(draft.id)
  })
})
