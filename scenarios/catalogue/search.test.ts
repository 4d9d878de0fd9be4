import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type Caller, callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let admin: Caller
/** Id of each published entry by its title. */
const ids = new Map<string, string>()
const plain = (name: string) => ({ name, type: 'text', meaning: '', sensitivity: 'public' })

beforeAll(async () => {
  city = await openCity('chongqing-2022')
  city.at('2026-09-01T02:00:00Z')
  const account = { username: 'keeper', password: cityPassword }
  await city.house.identity.createUser({
    ...account,
    name: '示例管理员',
    organisationId: 'authority',
    powers: ['admin'],
  })
  admin = await callerOf(city.house, account)
  const drafts = [
    { title: '企业登记信息' },
    { title: '企业变更登记信息', summary: '登记事项的变更。' },
    {
      title: '公共停车场信息',
      theme: 'transport',
      summary: '向社会开放的停车场。',
      keywords: ['泊位', '<b>车位</b>'],
      fields: [plain('停车场名称'), plain('总泊位数')],
    },
    { title: '一件事联办目录', theme: 'other', summary: '多个部门联合办理的事项。', keywords: [] },
  ]
  for (const [index, draft] of drafts.entries()) {
    city.at(`2026-09-0${index + 1}T02:00:00Z`)
    ids.set(draft.title, await publishEntry(city, { opening: unconditional, ...draft }))
  }
})
afterAll(() => city.close())

const search = async (query: Record<string, string>, caller = city.visitor) =>
  (await caller.get(`/api/v1/entries?${new URLSearchParams(query)}`)).body
const titles = async (q: string) => (await search({ q })).items.map(({ title }: { title: string }) => title)
const vocabulary = '/api/v1/search-vocabulary'

describe('the vocabulary', () => {
  it('is for administrators of the city: nobody else reads or changes it', async () => {
    for (const caller of [city.steward, city.authority, city.citizen]) {
      expect(expectProblem(await caller.get(vocabulary))).toBe('not-allowed')
      expect(expectProblem(await caller.post(vocabulary, { addWords: ['联办'] }))).toBe('not-allowed')
    }
    expect(expectProblem(await city.visitor.get(vocabulary))).toBe('not-signed-in')
  })

  it('takes words and groups of names, and nothing that could never be searched for', async () => {
    for (const change of [
      {},
      { addWords: ['好'] },
      { addWords: ['abc'] },
      { addWords: ['联办 事项'] },
      { addSynonyms: [['联办']] },
      { addSynonyms: [['联办', '联办']] },
      { addSynonyms: [['联办', '😀']] },
    ]) {
      const answer = await admin.post(vocabulary, change)
      expect([answer.status, expectProblem(answer)]).toEqual([422, 'content-incomplete'])
    }
    expect((await admin.get(vocabulary)).body.version).toBe(1)
  })

  it('holds for queries at once, is on record, and has the catalogue read anew, which is found all the while', async () => {
    expect(await titles('套餐')).toEqual([])
    const changed = await admin.post(vocabulary, {
      addWords: ['一件事'],
      addSynonyms: [['联办', '套餐']],
    })
    expect(changed.body).toMatchObject({ words: ['一件事'], version: 2, indexedVersion: 1, waiting: 4 })
    expect(await titles('套餐')).toEqual(['一件事联办目录'])
    expect(await titles('一件事')).toEqual(['一件事联办目录'])
    await city.settle()
    const { body } = await admin.get(vocabulary)
    expect(body).toMatchObject({ version: 2, indexedVersion: 2, waiting: 0 })
    expect(await titles('一件事')).toEqual(['一件事联办目录'])
    const { items } = (await city.authority.get('/api/v1/records?kind=vocabulary.changed')).body
    expect(items).toHaveLength(1)

    await admin.post(vocabulary, { removeWords: ['一件事'], removeSynonyms: [body.synonyms[0].id] })
    expect(await titles('套餐')).toEqual([])
    await city.settle()
    expect((await admin.get(vocabulary)).body).toMatchObject({ words: [], synonyms: [], indexedVersion: 3 })
  })
})

describe('a search', () => {
  it('puts the obvious answer first, however it is typed, and marks why', async () => {
    for (const q of ['企业登记', '企業登記', 'qiyedengji', 'qydj', 'company registration'])
      expect([q, (await titles(q))[0]]).toEqual([q, '企业登记信息'])
    const { items } = await search({ q: '停车 泊位' })
    expect(items[0].marks).toEqual({
      title: [[2, 5]],
      summary: [[6, 9]],
      provider: { zh: [], en: [] },
      fields: [
        { name: '停车场名称', ranges: [[0, 3]] },
        { name: '总泊位数', ranges: [[1, 3]] },
      ],
    })
  })

  it('says where no entry has all that was asked for, and lists what has some of it', async () => {
    expect(await search({ q: '停车场 养鱼' })).toMatchObject({ partly: true, total: 1, exact: true })
    expect(await search({ q: '停车场' })).toMatchObject({ partly: false, total: 1 })
    expect(await search({ q: '养鱼' })).toMatchObject({ partly: false, total: 0, items: [] })
    expect(await search({ q: '%_\\' })).toMatchObject({ total: 0, items: [] })
  })

  it('narrows by facets and pages without repeating or leaving out', async () => {
    const { facets } = await search({ q: '信息' })
    expect(facets.theme).toEqual([
      { key: 'enterprise', title: expect.anything(), count: 2 },
      { key: 'transport', title: expect.anything(), count: 1 },
    ])
    for (const sort of ['relevance', 'updated', 'newest', 'title']) {
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { items: { id: string }[]; nextCursor: string | null } = await search({
          ...{ q: '信息', sort, limit: '1' },
          ...(cursor && { cursor }),
        })
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      expect([sort, new Set(seen).size, seen.length]).toEqual([sort, 3, 3])
    }
  })

  it('orders by the newest data, not by the last change of the entry', async () => {
    city.at('2026-09-10T02:00:00Z')
    await bringIn(city, ids.get('企业登记信息')!, companyFile([1, 2].map(syntheticCreditCode)))
    const first = async (sort: string) => (await search({ sort })).items[0].title
    expect(await first('updated')).toBe('企业登记信息')
    expect(await first('newest')).toBe('一件事联办目录')
  })

  it('sees a withdrawal and a change at once', async () => {
    const id = ids.get('企业变更登记信息')!
    expect(await titles('变更登记')).toContain('企业变更登记信息')
    const { status } = await city.authority.post(`/api/v1/entries/${id}/acts/withdraw`, {
      content: { reasons: '重复' },
    })
    expect(status).toBe(200)
    expect(await titles('变更登记')).not.toContain('企业变更登记信息')
  })
})

describe('suggestions', () => {
  const suggested = async (q: string) =>
    (await city.visitor.get(`/api/v1/entry-suggestions?${new URLSearchParams({ q })}`)).body.items

  it('come as one types: titles, keywords, bodies, by characters or by sound', async () => {
    const title = { kind: 'entry', id: ids.get('公共停车场信息') }
    expect(await suggested('公共')).toContainEqual(expect.objectContaining(title))
    expect(await suggested('gonggongt')).toContainEqual(expect.objectContaining(title))
    expect(await suggested('ggtc')).toContainEqual(expect.objectContaining(title))
    expect(await suggested('停车')).toContainEqual({
      kind: 'word',
      text: { zh: '停车场名称', en: '' },
      id: null,
    })
    expect((await suggested('市场监督')).map(({ kind }: { kind: string }) => kind)).toContain('organisation')
  })

  it('have English where somebody wrote it, and no Chinese in its place', async () => {
    const typed = ['公共', '停车', '市场监督', 'gonggongt']
    const english = (await Promise.all(typed.map(suggested))).flat().map(({ text }) => text.en)
    expect(english.filter((words: string) => /\p{Script=Han}/u.test(words))).toEqual([])
    expect((await suggested('市场监督')).at(-1).text.en).not.toBe('')
  })

  it('of nothing, and of what nobody has, are none', async () => {
    expect(await suggested('')).toEqual([])
    expect(await suggested("'%")).toEqual([])
    expect(await suggested('龘龘龘')).toEqual([])
  })
})
