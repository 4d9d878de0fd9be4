import { mostAttachedBytes } from '@tiaoli/contract/casefiles'
import { sql } from 'kysely'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileRequest, lawBasis, publishEntry } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'

const pdf = Buffer.from('%PDF-1.7\n示例附件')
const attach = (caller: Caller, caseId: string, name: string, bytes: Buffer, query = '') =>
  caller.upload(`/api/v1/cases/${caseId}/attachments?filename=${encodeURIComponent(name)}${query}`, bytes)
const comment = (caller: Caller, caseId: string, body: string, audience: 'side' | 'all') =>
  caller.post(`/api/v1/cases/${caseId}/comments`, { body, audience })
const papers = (caller: Caller, caseId: string) => caller.get(`/api/v1/cases/${caseId}/papers`)

let city: City
let caseId: string
let other: Caller
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2022-09-28T01:00:00Z')
  const entryId = await publishEntry(city, {})
  caseId = (await fileRequest(city.user, entryId)).body.id
  await city.house.identity.createUser({
    username: 'colleague',
    name: '示例主管乙',
    password: 'synthetic-password',
    organisationId: 'authority',
    powers: ['officer'],
  })
  other = await city.signIn('colleague')
})
afterAll(() => city.close())

describe('comments on a case', () => {
  it('are refused to who is no party, and the case is not betrayed', async () => {
    for (const stranger of [city.other, city.citizen]) {
      expect((await comment(stranger, caseId, '意见', 'all')).body.code).toBe('not-found')
      expect((await papers(stranger, caseId)).status).toBe(404)
    }
    expect((await papers(city.visitor, caseId)).status).toBe(401)
  })

  it('of the deciding side are for its officers, never for the applicant or the provider', async () => {
    const written = await comment(city.authority, caseId, '内部意见：场景说明较为笼统', 'side')
    expect(written.status).toBe(201)
    expect(written.body.comments).toMatchObject([{ body: '内部意见：场景说明较为笼统', audience: 'side' }])
    expect((await papers(other, caseId)).body.comments).toHaveLength(1)
    for (const party of [city.user, city.steward]) {
      const seen = await papers(party, caseId)
      expect(seen.status).toBe(200)
      expect(seen.body.comments).toEqual([])
    }
    const notices = async (caller: Caller) =>
      (await caller.get('/api/v1/notices')).body.items.filter(
        (each: { kind: string }) => each.kind === 'case.comment',
      )
    expect(await notices(other)).toHaveLength(1)
    expect(await notices(city.user)).toEqual([])
    // What is on record tells that something was said, and not what.
    expect((await city.authority.get(`/api/v1/records?case=${caseId}`)).text).not.toContain('较为笼统')
    expect((await city.user.get(`/api/v1/records?case=${caseId}`)).text).not.toContain('case.comment')
  })

  it('of the applicant are its own, unless they are meant for every party', async () => {
    await comment(city.user, caseId, '本单位内部：补充材料由业务科准备', 'side')
    await comment(city.user, caseId, '补充说明：每月核对一次', 'all')
    const bodies = async (caller: Caller) =>
      (await papers(caller, caseId)).body.comments.map(({ body }: { body: string }) => body)
    expect(await bodies(city.user)).toEqual(['本单位内部：补充材料由业务科准备', '补充说明：每月核对一次'])
    expect(await bodies(city.authority)).toEqual(['内部意见：场景说明较为笼统', '补充说明：每月核对一次'])
  })

  it('have to say something, within bounds', async () => {
    for (const body of ['', '  ', '长'.repeat(2001)]) {
      const refused = await comment(city.authority, caseId, body, 'side')
      expect([refused.status, refused.body.code]).toEqual([422, 'content-incomplete'])
    }
  })
})

describe('attachments of a case', () => {
  it('are refused where they are not what they are called, empty, too large, or a program', async () => {
    for (const [name, bytes, status, code] of [
      ['材料.pdf', Buffer.from('MZ\x90\x00'), 422, 'file-unreadable'],
      ['材料.csv', Buffer.from([0x41, 0, 0x42]), 422, 'file-unreadable'],
      ['材料.html', Buffer.from('<script>1</script>'), 422, 'file-unreadable'],
      ['材料.exe', pdf, 422, 'file-unreadable'],
      ['材料.pdf', Buffer.alloc(0), 422, 'file-unreadable'],
      ['材料.pdf', Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]), 413, 'too-large'],
    ] as const) {
      const refused = await attach(city.user, caseId, name, bytes)
      expect([name, refused.status, refused.body.code]).toEqual([name, status, code])
    }
    expect((await papers(city.user, caseId)).body.attachments).toEqual([])
  })

  it('are refused to who is no party', async () => {
    expect((await attach(city.other, caseId, '材料.pdf', pdf)).status).toBe(404)
    expect((await attach(city.visitor, caseId, '材料.pdf', pdf)).status).toBe(401)
  })

  it('are kept by digest, come back as they were, and run nowhere', async () => {
    const added = await attach(
      city.user,
      caseId,
      '情况说明.pdf',
      pdf,
      '&note=%E5%8A%A0%E7%9B%96%E5%85%AC%E7%AB%A0',
    )
    expect(added.status).toBe(201)
    const [attachment] = added.body.attachments
    expect(attachment).toMatchObject({ fileName: '情况说明.pdf', sizeBytes: pdf.length, note: '加盖公章' })
    expect(attachment.sha256).toMatch(/^[0-9a-f]{64}$/)
    const path = `/api/v1/cases/${caseId}/attachments/${attachment.id}`
    const fetched = await city.authority.get(path)
    expect(fetched.text).toBe(pdf.toString())
    expect(fetched.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment;/),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect((await city.other.get(path)).status).toBe(404)
    expect((await city.authority.get(`/api/v1/records/${attachment.recordId}`)).body.details).toMatchObject({
      file: '情况说明.pdf',
      sha256: attachment.sha256,
    })
  })

  it('for one side alone are nobody else’s, not even by their number', async () => {
    const added = await attach(city.authority, caseId, '核查记录.pdf', pdf, '&audience=side')
    const mine = added.body.attachments.find((each: { audience: string }) => each.audience === 'side')
    const path = `/api/v1/cases/${caseId}/attachments/${mine.id}`
    expect((await other.get(path)).status).toBe(200)
    expect((await city.user.get(path)).status).toBe(404)
    const record = (await other.get(`/api/v1/records/${mine.recordId}`)).body
    expect(record.details).toMatchObject({ sizeBytes: pdf.length, sha256: mine.sha256 })
    expect(record.details).not.toHaveProperty('file')
    expect(record.details).not.toHaveProperty('note')
    expect((await papers(city.user, caseId)).body.attachments).toHaveLength(1)
  })

  it('are limited in size over all open requests of an applicant, and not for those who decide', async () => {
    const resize = (bytes: number) =>
      sql`update case_attachment set size_bytes = ${bytes} where case_id = ${caseId} and side = 'o:civil'`.execute(
        city.house.database.db,
      )
    const [own] = (await papers(city.user, caseId)).body.attachments
    await resize(mostAttachedBytes)
    const refused = await attach(city.user, caseId, '又一份.pdf', pdf)
    expect([refused.status, refused.body.code]).toEqual([413, 'too-large'])
    expect(refused.body.condition.zh).toContain('200 MB')
    expect(refused.body.remedy.en).toContain('ended')
    expect((await attach(city.authority, caseId, '审查意见.pdf', pdf, '&audience=side')).status).toBe(201)
    await resize(own.sizeBytes)
  })

  it('are limited in number', async () => {
    const have = (await papers(city.authority, caseId)).body.attachments.length
    for (let made = have; made < 30; made += 1)
      expect((await attach(city.user, caseId, `材料${made}.pdf`, pdf)).status).toBe(201)
    const refused = await attach(city.user, caseId, '再一份.pdf', pdf)
    expect([refused.status, refused.body.code]).toEqual([409, 'act-not-available'])
  })
})

describe('the case as a file', () => {
  const read = async (caller: Caller, language: string) => {
    const answer = await caller.get(`/api/v1/cases/${caseId}/file.pdf?language=${language}`)
    expect(answer.status).toBe(200)
    return answer
  }
  const textOf = async (caller: Caller, language: string) => {
    const bytes = await caller.bytes(`/api/v1/cases/${caseId}/file.pdf?language=${language}`)
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
    return text.replace(/\s+/g, '')
  }

  it('is for who may see the case', async () => {
    expect((await city.other.get(`/api/v1/cases/${caseId}/file.pdf`)).status).toBe(404)
    expect((await city.visitor.get(`/api/v1/cases/${caseId}/file.pdf`)).status).toBe(401)
    const refused = await city.user.get(`/api/v1/cases/${caseId}/file.pdf?language=fr`)
    expect([refused.status, refused.body.code]).toEqual([400, 'bad-request'])
  })

  it('holds request, clocks, course, decision, attachments and receipts, and no deliberation', async () => {
    const decided = await city.authority.post(`/api/v1/cases/${caseId}/acts/refuse`, {
      content: { reasons: '所述场景不需要联系电话', basis: lawBasis },
    })
    expect(decided.status).toBe(200)
    expect(String((await read(city.user, 'zh')).headers['content-type'])).toBe('application/pdf')
    const text = await textOf(city.user, 'zh')
    const records = decided.body.events.map(({ recordId }: { recordId: string }) => recordId)
    for (const words of [
      decided.body.number,
      '低保家庭经济状况核对',
      '所述场景不需要联系电话',
      '《中华人民共和国个人信息保护法》第十三条（法律）',
      '答复期限法定（CQ-26.1-a）5',
      '情况说明.pdf·加盖公章',
      '补充说明：每月核对一次',
      'CQ-26',
      ...records,
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('较为笼统')
    expect(text).not.toContain('核查记录.pdf')
    const receipt = (await city.user.get(`/api/v1/records/${records[0]}/receipt`)).body
    expect(text).toContain(receipt.entry.slice(0, 20))
    // Not for the other side either, though its author prints it.
    expect(await textOf(city.authority, 'zh')).not.toContain('较为笼统')
  })

  it('is had in English and in both languages', async () => {
    expect(await textOf(city.user, 'en')).toContain('Madebytheplatformfromitsrecords')
    const both = await textOf(city.user, 'both')
    expect(both).toContain('本档案由平台根据留痕生成')
    expect(both).toContain('Madebytheplatformfromitsrecords')
  })

  it('is made one at a time for each user, while the server answers others', async () => {
    const path = `/api/v1/cases/${caseId}/file.pdf?language=both`
    let made = false
    const making = Promise.all([city.user.get(path), city.user.get(path)]).finally(() => {
      made = true
    })
    expect((await papers(city.authority, caseId)).status).toBe(200)
    expect(made).toBe(false)
    const answers = await making
    const refused = answers.find(({ status }) => status !== 200)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect([refused?.status, refused?.body.code]).toEqual([429, 'too-many-requests'])
  })

  it('takes nothing more once the case has ended', async () => {
    for (const refused of [
      await comment(city.authority, caseId, '补记', 'side'),
      await attach(city.user, caseId, '补充.pdf', pdf),
    ])
      expect([refused.status, refused.body.code]).toEqual([409, 'act-not-available'])
  })
})
