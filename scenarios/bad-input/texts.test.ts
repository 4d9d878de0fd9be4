import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyRegister, fileRequest, publishEntry } from '../kit/acts.ts'
import type { Caller, Method } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
  entryId = await publishEntry(city, {})
})
afterAll(() => city.close())

const send = (caller: Caller, method: Method, path: string, text: string) =>
  caller.send(method, path, text, { 'content-type': 'application/json' })

describe('a body', () => {
  it.each([
    ['that is not JSON', '{"title":', 'not-json'],
    ['that is empty', '', 'not-json'],
    ['that poisons prototypes', '{"__proto__":{"powers":["admin"]},"title":"甲"}', 'not-json'],
    ['that poisons constructors', '{"constructor":{"prototype":{"x":1}},"title":"甲"}', 'not-json'],
    ['of another shape', '[1,2,3]', 'content-incomplete'],
    ['of a number', '42', 'content-incomplete'],
    ['of null in every place', '{"title":null,"fields":null,"sharing":null}', 'content-incomplete'],
    [
      'nested without end',
      `{"title":"甲","fields":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'content-incomplete',
    ],
    ['of more than a megabyte', JSON.stringify({ title: '甲'.repeat(400_000) }), 'too-large'],
    [
      'with a title of ten thousand characters',
      JSON.stringify({ title: '甲'.repeat(10_000) }),
      'content-incomplete',
    ],
    ['with U+0000', JSON.stringify({ title: '甲\0乙' }), 'content-incomplete'],
    ['with half a surrogate pair', '{"title":"甲\\ud800乙"}', 'content-incomplete'],
  ])('%s is refused', async (_name, text, code) => {
    expect(expectProblem(await send(city.steward, 'POST', '/api/v1/entries', text))).toBe(code)
  })

  it.each([
    ['text/plain', 'submit'],
    ['application/x-www-form-urlencoded', 'content=1'],
    ['multipart/form-data; boundary=x', '--x--\r\n'],
    ['application/octet-stream', '{}'],
  ])('of type %s is no act', async (type, text) => {
    const draft = await city.steward.post('/api/v1/entries', companyRegister)
    const path = `/api/v1/entries/${draft.body.id}/acts/submit`
    expect(expectProblem(await city.steward.send('POST', path, text, { 'content-type': type }))).toBe(
      'unsupported-media',
    )
    expect((await city.steward.get(`/api/v1/entries/${draft.body.id}`)).body.status).toBe(draft.body.status)
  })
})

describe('U+0000 and lone surrogates', () => {
  const bad = '甲\0乙'
  const everywhere: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['sign-in', () => city.visitor.post('/api/v1/session', { username: bad, password: bad })],
    ['key', () => city.user.post('/api/v1/api-keys', { name: bad })],
    ['keyword', () => city.steward.post('/api/v1/entries', { ...companyRegister, keywords: [bad] })],
    [
      'field',
      () =>
        city.steward.post('/api/v1/entries', {
          ...companyRegister,
          fields: [{ name: bad, type: 'text', sensitivity: 'public' }],
        }),
    ],
    ['scenario', () => fileRequest(city.user, entryId, { scenario: bad })],
    ['name of a part', () => fileRequest(city.user, entryId, { [bad]: '值' })],
    ['procedure', () => city.user.post('/api/v1/cases', { procedure: bad, entryId, content: {} })],
  ]
  it.each(everywhere)('in a body (%s) are told as such', async (_name, call) => {
    expect(expectProblem((await call()) as never)).toBe('content-incomplete')
  })

  it.each([
    `entries?q=%00`,
    `entries?theme=a%00b`,
    `entries?organisation=%00`,
    `cases?procedure=%00`,
    `records?kind=%00`,
    `entries/{entry}/rows?scenario=%00`,
    `entries/{entry}/rows?where=${encodeURIComponent('企业名称:eq:\0')}`,
    `entries/{entry}/aggregate?group=%00`,
  ])('in the query %s are told as such', async (path) => {
    const answer = await city.authority.get(`/api/v1/${path.replace('{entry}', entryId)}`)
    expect(expectProblem(answer)).toBe('bad-request')
  })

  it.each([`entries/{entry}/rows/%00`, `rulebook/articles/%00`, `entries/%00`])(
    'in the path %s name nothing',
    async (path) => {
      const answer = await city.authority.get(`/api/v1/${path.replace('{entry}', entryId)}`)
      expect(expectProblem(answer)).toBe('not-found')
    },
  )
})

describe('SQL and HTML', () => {
  const nasty = `'); drop table entry; -- <script>alert("1")</script> \${1+1} %s "〈&amp;〉" \u202e \ud83d\ude00 \u0007`
  it('come back from every text as they went in', async () => {
    const draft = {
      ...companyRegister,
      title: nasty,
      summary: nasty,
      keywords: [nasty.slice(0, 40).trim()],
      fields: [
        {
          ...companyRegister.fields[0],
          name: nasty.replaceAll(/["\p{Cc}]/gu, '').trim(),
          meaning: nasty,
          unit: nasty.slice(0, 50).trim(),
        },
      ],
      sourceSystem: nasty,
      format: nasty.slice(0, 100).trim(),
      sharingMode: nasty,
      openingMode: nasty,
      useRequirements: nasty,
      assessment: { contains: nasty, personalInformation: false, conclusion: nasty },
    }
    const created = await city.steward.post('/api/v1/entries', draft)
    expect(created.status).toBe(201)
    expect(created.headers['content-type']).toMatch(/^application\/json/)
    const { body } = await city.steward.get(`/api/v1/entries/${created.body.id}`)
    expect(body).toMatchObject({ ...draft, fields: [{ ...draft.fields[0] }] })
    for (const q of [nasty.slice(0, 200), "' or 1=1 --", '%', '_', '\\'])
      expect((await city.steward.get(`/api/v1/entries?scope=mine&q=${encodeURIComponent(q)}`)).status).toBe(
        200,
      )
  })

  it.each(['_row', 'a\u0007b', '\u0085', '口径"', '长\\宽'])(
    'cannot be the name %j of a field, which no table could hold, or a record give back for sure',
    async (name) => {
      const fields = [{ ...companyRegister.fields[0], name }]
      const answer = await city.steward.post('/api/v1/entries', { ...companyRegister, fields })
      expect(answer.status).toBe(422)
      expect(answer.body.errors[0].path).toBe('fields.0.name')
    },
  )

  it('in a request and in the name of a key come back as they went in', async () => {
    const filed = await fileRequest(city.user, entryId, { scenario: nasty })
    expect(filed.status).toBe(201)
    const { opening } = (await city.user.get(`/api/v1/cases/${filed.body.id}`)).body
    expect(opening.find((part: { key: string }) => part.key === 'scenario').value).toBe(nasty.trim())
    const made = await city.user.post('/api/v1/api-keys', { name: nasty })
    expect(made.body.apiKey.name).toBe(nasty.trim())
  })

  it('in an address are not repeated where nothing was found', async () => {
    const answer = await city.visitor.get('/api/v1/%3Cscript%3Ealert(1)%3C/script%3E')
    expect(expectProblem(answer)).toBe('not-found')
    expect(answer.text).not.toContain('<script>')
  })
})

describe('what a draft may say', () => {
  it('is what the contract lists: state, provider, number and grants are not the steward’s to write', async () => {
    const draft = await city.steward.post('/api/v1/entries', companyRegister)
    const foreign = {
      status: 'published',
      published: true,
      providerId: 'civil',
      provider_id: 'civil',
      number: 'CQ-1',
      caseId: entryId,
      liveGrants: 9,
      snapshot: { id: entryId },
    }
    const changed = await city.steward.patch(`/api/v1/entries/${draft.body.id}`, {
      ...foreign,
      title: '新名',
      version: 1,
    })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({
      title: '新名',
      status: draft.body.status,
      number: draft.body.number,
      provider: draft.body.provider,
      liveGrants: 0,
      snapshot: null,
    })
    expect((await city.visitor.get(`/api/v1/entries/${draft.body.id}`)).status).toBe(404)
  })

  it.each([-1, 1.5, 2 ** 31, 2 ** 53, 'x', null])(
    'names a version that can be one, not %s',
    async (version) => {
      const answer = await city.steward.patch(`/api/v1/entries/${entryId}`, { title: '新名', version })
      expect(expectProblem(answer)).toBe('content-incomplete')
    },
  )
})
