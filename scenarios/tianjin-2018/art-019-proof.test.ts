import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, companyRegister, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
const notOpened = { type: 'none', conditions: '', basis: null }
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
})
afterAll(() => city.close())

const digestOf = (file: string) => createHash('sha256').update(file).digest('hex')
const verify = async (code: unknown, file?: string) =>
  city.visitor.get(`/api/v1/proofs/${code}${file === undefined ? '' : `?sha256=${digestOf(file)}`}`)

describe('Article 19: electronic documents from the sharing platform', () => {
  it('[TJ-19.1] delivers a licence with a proof that anyone verifies, and that fails with one character changed', async () => {
    const id = await publishEntry(city, {
      title: '食品经营许可证',
      sharing: unconditional,
      opening: notOpened,
      documentClass: 'licence',
    })
    await bringIn(city, id, companyFile([syntheticCreditCode(1), syntheticCreditCode(2)]))
    city.at('2019-03-05T02:00:00Z')
    const where = encodeURIComponent(`统一社会信用代码:eq:${syntheticCreditCode(1)}`)
    const scenario = encodeURIComponent('行政执法')
    const file = await city.user.get(
      `/api/v1/entries/${id}/download?format=csv&where=${where}&scenario=${scenario}`,
    )
    expect(file.status, file.text).toBe(200)
    expect(file.text).toContain('示例企业1')
    const code = file.headers['tiaoli-proof']
    expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/)
    const proof = (await verify(code, file.text)).body
    expect(proof).toMatchObject({
      article: 'TJ-19.1',
      entry: { id, title: '食品经营许可证' },
      source: { id: 'market' },
      version: 1,
      issuedAt: '2019-03-05T02:00:00.000Z',
      sha256: digestOf(file.text),
      matches: true,
    })
    expect((await verify(code, file.text.replace('企业1', '企业2'))).body.matches).toBe(false)
    expect((await verify('AAAA-AAAA-AAAA-AAAA', file.text)).status).toBe(404)
    // Who received it is nobody's to read there.
    expect(JSON.stringify(proof)).not.toContain('civil')

    // The proof itself stands in the signed log: its receipt is checked without the platform's word.
    await expect
      .poll(async () => (await city.visitor.get(`/api/v1/records/${proof.recordId}/receipt`)).status, {
        timeout: 10_000,
      })
      .toBe(200)
    const receipt = (await city.visitor.get(`/api/v1/records/${proof.recordId}/receipt`)).body
    expect(receipt.record).toContain(digestOf(file.text))
    expect(receipt.checkpoint).toContain('tianjin-2018')
  })

  it('[TJ-19.1] knows the three classes of the text and no other', async () => {
    const answer = await city.steward.post('/api/v1/entries', { ...companyRegister, documentClass: 'poem' })
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ article: 'TJ-19.1', errors: [{ path: 'documentClass' }] })
    expect(answer.body.condition.zh).toContain('文书类、证照类、合同类')
  })
})

describe('Article 21.2: open data have the force of paper', () => {
  it('[TJ-21.2] issues a proof with a download on request, confirms source and version, and reports a changed file', async () => {
    const id = await publishEntry(city, {
      title: '登记摘要',
      sharing: unconditional,
      opening: unconditional,
    })
    await bringIn(city, id, companyFile([syntheticCreditCode(1)]))
    await bringIn(city, id, companyFile([syntheticCreditCode(3)]))
    const address = `/api/v1/entries/${id}/download?format=json`
    expect((await city.visitor.get(address)).headers['tiaoli-proof']).toBeUndefined()
    const file = await city.visitor.get(`${address}&proof=true`)
    const text = typeof file.body === 'string' ? file.body : file.text
    const code = file.headers['tiaoli-proof']
    const proof = await verify(String(code).toLowerCase(), text)
    expect(proof.body).toMatchObject({
      article: 'TJ-21.2',
      version: 2,
      source: { id: 'market' },
      matches: true,
    })
    expect((await verify(code, `${text} `)).body.matches).toBe(false)
    expect((await verify(code)).body.matches).toBeNull()
  })
})
