import {
  addDutyEvidence,
  assignDuty,
  endDutyTarget,
  getDuty,
  getDutyEvidence,
  listDuties,
  setDutyTarget,
} from '@tiaoli/contract/duties'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'

const instrument = { zh: '示例职责管理办法第五条', en: 'Demo rules on duties, article 5' }

describe('Duties of organisations: owners, the city’s own dates, evidence', () => {
  let city: City
  beforeAll(async () => {
    city = await openCity('chongqing')
    city.at('2023-03-01T02:00:00Z')
  })
  afterAll(() => city.close())

  const path = (id: string, rest = '') => `/api/v1/duties/${encodeURIComponent(id)}${rest}`
  const assign = (id: string, ...organisationIds: string[]) =>
    city.authority.post(path(id, '/owners'), { organisationIds, note: '示例分工' })
  const target = (id: string, firstDueOn: string, everyMonths: number | null = 12) =>
    city.authority.post(path(id, '/target'), { firstDueOn, everyMonths, instrument })
  const file = (caller: City['steward'], id: string, name = '制度文本.pdf', bytes = '%PDF synthetic') =>
    caller.upload(
      path(id, `/evidence?filename=${encodeURIComponent(name)}&note=${encodeURIComponent('现行制度')}`),
      bytes,
    )
  const ownerIn = (duty: { owners: { organisation: { id: string } }[] }, id: string) =>
    duty.owners.find(({ organisation }) => organisation.id === id) as never as {
      state: string
      nextDueOn: string | null
      evidenceCount: number
    }
  const notices = async (caller: City['steward']) =>
    (await caller.get('/api/v1/notices')).body.items as { kind: string; link: string; body: { zh: string } }[]

  it('[CQ-8.2(1)] binds every organisation, and shows the one whose policy is past its review date', async () => {
    expect((await target('CQ-8.2(1)', '2023-06-30')).status).toBe(200)
    expect((await file(city.steward, 'CQ-8.2(1)')).status).toBe(201)
    city.at('2023-06-10T02:00:00Z')
    await city.settle()
    expect((await notices(city.user)).map(({ kind }) => kind)).toContain('duty.due-soon')
    expect((await notices(city.steward)).map(({ kind }) => kind)).not.toContain('duty.due-soon')
    city.at('2023-07-01T02:00:00Z')
    await city.settle()
    const { body: duty } = await city.authority.get(path('CQ-8.2(1)'))
    expect(duty.state).toBe('late')
    expect(ownerIn(duty, 'civil')).toMatchObject({ state: 'late', nextDueOn: '2023-06-30', evidenceCount: 0 })
    expect(ownerIn(duty, 'market')).toMatchObject({ state: 'on-file', nextDueOn: '2024-06-30' })
    const late = (await notices(city.user)).find(({ kind }) => kind === 'duty.late')
    expect(late?.body.zh).toContain('非法定')
    expect((await notices(city.authority)).map(({ kind }) => kind)).toContain('duty.late')
    expect((await file(city.user, 'CQ-8.2(1)')).status).toBe(201)
    expect(ownerIn((await city.user.get(path('CQ-8.2(1)'))).body, 'civil').state).toBe('on-file')
  })

  it('[CQ-5.2-a] shows a duty as open once the interval that the city set has passed without a report', async () => {
    expect((await assign('CQ-5.2-a', 'health')).body.owners).toMatchObject([
      { organisation: { id: 'health' }, assigned: true, state: 'open' },
    ])
    expect((await target('CQ-5.2-a', '2023-09-30', 3)).body.target).toEqual({
      firstDueOn: '2023-09-30',
      everyMonths: 3,
      instrument,
    })
    expect((await file(city.other, 'CQ-5.2-a', '工作报告.docx')).status).toBe(201)
    expect((await city.other.get(path('CQ-5.2-a'))).body).toMatchObject({
      state: 'on-file',
      owners: [{ nextDueOn: '2023-12-30' }],
    })
    city.at('2023-12-31T02:00:00Z')
    const { body } = await city.authority.get('/api/v1/duties?box=all&state=late&limit=200')
    expect(body.items.map(({ id }: { id: string }) => id)).toContain('CQ-5.2-a')
    expect(body.counts.late).toBe(body.items.length)
  })

  it('[CQ-39.1] [CQ-49.1] keeps the report that was attached, with its date, its digest and its record', async () => {
    for (const id of ['CQ-39.1', 'CQ-49.1']) {
      await assign(id, 'civil')
      await target(id, '2024-03-31')
      const { body: filed } = await file(city.user, id, '年度评估报告.pdf', `%PDF ${id}`)
      expect(filed.evidence[0]).toMatchObject({
        organisation: { id: 'civil' },
        at: '2023-12-31T02:00:00.000Z',
        fileName: '年度评估报告.pdf',
        forDueOn: '2024-03-31',
        note: '现行制度',
      })
      expect(filed.evidence[0].sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(filed.history.map(({ act }: { act: string }) => act)).toEqual(['evidence', 'target', 'owners'])
      expect((await city.authority.get(path(id))).body.state).toBe('on-file')
      const got = await city.authority.get(path(id, `/evidence/${filed.evidence[0].id}`))
      expect(got.text).toBe(`%PDF ${id}`)
      expect(got.headers['content-disposition']).toContain('attachment')
      const record = await city.user.get(`/api/v1/records/${filed.history[0].recordId}`)
      expect(record.body).toMatchObject({ kind: 'duty.evidence', article: id })
      expect(record.body.details.sha256).toBe(filed.evidence[0].sha256)
    }
  })

  it('[CQ-50.2-b] gives what the text only allows no date, no reminder and no gap', async () => {
    await assign('CQ-50.2-b', 'market')
    const refused = await target('CQ-50.2-b', '2024-06-30')
    expect(expectProblem(refused, setDutyTarget)).toBe('refused-by-law')
    expect(refused.body).toMatchObject({ article: 'CQ-50.2-b' })
    expect(refused.body.remedy.zh).not.toBe('')
    city.at('2030-01-01T02:00:00Z')
    await city.settle()
    expect((await city.steward.get(path('CQ-50.2-b'))).body).toMatchObject({
      modality: 'may',
      state: 'open',
      target: null,
      owners: [{ nextDueOn: null }],
    })
    const about = (await notices(city.steward)).filter(({ link }) => link.endsWith('/CQ-50.2-b'))
    expect(about.map(({ kind }) => kind)).toEqual(['duty.owners'])
  })

  it('keeps owners, dates and papers to those whose they are', async () => {
    expect(expectProblem(await city.other.get(path('CQ-39.1')), getDuty)).toBe('not-found')
    const { body: own } = await city.user.get(path('CQ-39.1'))
    const stolen = await city.other.get(path('CQ-8.2(1)', `/evidence/${own.evidence[0].id}`))
    expect(expectProblem(stolen, getDutyEvidence)).toBe('not-found')
    expect(expectProblem(await city.other.get('/api/v1/duties?box=all'), listDuties)).toBe('not-allowed')
    const named = await city.user.post(path('CQ-39.1', '/owners'), { organisationIds: ['market'] })
    expect(expectProblem(named, assignDuty)).toBe('not-allowed')
    const dated = await city.user.post(path('CQ-39.1', '/target'), {
      firstDueOn: '2031-01-01',
      everyMonths: null,
      instrument,
    })
    expect(expectProblem(dated, setDutyTarget)).toBe('not-allowed')
    expect((await assign('CQ-39.1', 'nobody')).body.code).toBe('content-incomplete')
    expect((await target('CQ-39.1', '2029-12-31')).body.code).toBe('content-incomplete')
    expect(expectProblem(await city.authority.get(path('CQ-26.1-a')), getDuty)).toBe('not-found')
    const { body: mine } = await city.other.get('/api/v1/duties?limit=200')
    expect(mine.items.map(({ id }: { id: string }) => id)).toContain('CQ-5.2-a')
    expect(mine.items.map(({ id }: { id: string }) => id)).not.toContain('CQ-39.1')
    expect(mine.items.filter(({ owners }: { owners: unknown[] }) => owners.length !== 1)).toEqual([])
  })

  it('takes small files of known kinds, and tells what it does not take', async () => {
    const program = await file(city.steward, 'CQ-8.2(1)', '程序.exe')
    expect(expectProblem(program, addDutyEvidence)).toBe('file-unreadable')
    const large = await file(city.steward, 'CQ-8.2(1)', '附件.zip', 'x'.repeat(5 * 1024 * 1024 + 1))
    expect(expectProblem(large, addDutyEvidence)).toBe('too-large')
    expect(expectProblem(await file(city.citizen, 'CQ-8.2(1)'), addDutyEvidence)).toBe('not-found')
  })

  it('pages the register and ends a target once', async () => {
    const first = await city.authority.get('/api/v1/duties?box=all&limit=30')
    const second = await city.authority.get(`/api/v1/duties?box=all&limit=30&cursor=${first.body.nextCursor}`)
    expect(first.body.items).toHaveLength(30)
    expect(second.body.items).toHaveLength(21)
    expect(second.body.nextCursor).toBeNull()
    expect((await city.authority.delete(path('CQ-39.1', '/target'))).body.target).toBeNull()
    const again = await city.authority.delete(path('CQ-39.1', '/target'))
    expect(expectProblem(again, endDutyTarget)).toBe('act-not-available')
  })
})
