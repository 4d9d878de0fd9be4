import { addCalendarNotice, loadCalendarYear } from '@tiaoli/contract/calendar'
import { officialCalendar } from '@tiaoli/server/foundations/rulebook/index'
import { createCalendarYears } from '@tiaoli/server/rooms/calendar/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closed, conditional, fileRequest, publishEntry } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'

const day = (on: string) => ({ on, name: { zh: '元旦', en: 'New Year' } })

/** An announcement as an officer types it in; 2048 is far from every year that a package will know. */
const announced = {
  year: 2048,
  holidays: ['2048-01-01', '2048-01-02', '2048-01-03'].map(day),
  makeUpDays: [day('2048-01-04')],
}

describe('Article 26: reply dates in a year whose holidays are announced later', () => {
  let city: City
  let caseId: string
  beforeAll(async () => {
    city = await openCity('chongqing')
    city.at('2047-11-01T02:00:00Z')
    const entryId = await publishEntry(city, { sharing: conditional, opening: closed })
    city.at('2047-12-31T02:00:00Z')
    caseId = (await fileRequest(city.user, entryId)).body.id
  })
  afterAll(() => city.close())

  const reply = async (caller: Caller) =>
    (await caller.get(`/api/v1/cases/${caseId}`)).body.clocks.find(
      ({ key }: { key: string }) => key === 'reply',
    )
  const upload = (caller: Caller) =>
    caller.upload('/api/v1/calendar/notices?filename=通知.pdf', '%PDF notice')
  const load = async (content: object, caller = city.authority) =>
    caller.post('/api/v1/calendar/years', {
      ...announced,
      notice: {
        id: (await upload(city.authority)).body.id,
        title: '国务院办公厅关于2048年部分节假日安排的通知（示例）',
        number: '国办发明电〔2047〕示例号',
        publishedOn: '2047-11-25',
      },
      ...content,
    })

  it('[CQ-26.1-a] counts by weekends until then, and says that the date is provisional', async () => {
    // Wednesday 1 January to Tuesday 7 January.
    expect(await reply(city.user)).toMatchObject({ dueOn: '2048-01-07', provisional: true })
  })

  it('takes a year from an officer of the authority alone, and only as an announcement can be', async () => {
    expect(expectProblem(await upload(city.user), addCalendarNotice)).toBe('not-allowed')
    expect(expectProblem(await load({}, city.steward), loadCalendarYear)).toBe('not-allowed')
    for (const [content, path] of [
      [{ holidays: announced.holidays.slice(1) }, 'holidays'],
      [{ makeUpDays: [day('2048-01-07')] }, 'makeUpDays.0.on'],
      [{ holidays: [...announced.holidays, day('2048-01-01')] }, 'holidays.3.on'],
      [{ holidays: [...announced.holidays, day('2049-05-01')] }, 'holidays.3.on'],
      [{ year: 2052, holidays: [day('2052-01-01')], makeUpDays: [] }, 'year'],
    ] as const) {
      const refused = await load(content)
      expect(expectProblem(refused, loadCalendarYear)).toBe('content-incomplete')
      expect(refused.body.errors.map((error: { path: string }) => error.path)).toContain(path)
    }
    const packaged = await load({ year: 2024, holidays: [day('2024-01-01')], makeUpDays: [] })
    expect(expectProblem(packaged, loadCalendarYear)).toBe('act-not-available')
    expect((await reply(city.user)).provisional).toBe(true)
  })

  it('[CQ-26.1-a] counts the date anew when the year is loaded, and tells every party', async () => {
    expect((await load({})).status).toBe(201)
    await city.settle()
    // Rest until 3 January; Saturday 4 January is worked, then 6 to 9 January.
    expect(await reply(city.user)).toMatchObject({ dueOn: '2048-01-09', provisional: false })
    for (const party of [city.user, city.authority, city.steward]) {
      const { body } = await party.get('/api/v1/notices')
      const told = body.items.find(({ kind }: { kind: string }) => kind === 'case.recounted')
      expect(told.body.zh).toContain('2048-01-09')
    }
    const { body: view } = await city.user.get(`/api/v1/cases/${caseId}`)
    expect(view.events.at(-1)).toMatchObject({ act: 'recomputed' })
  })

  it('moves a date again where the announcement is corrected', async () => {
    expect((await load({ makeUpDays: [] })).status).toBe(201)
    await city.settle()
    expect(await reply(city.user)).toMatchObject({ dueOn: '2048-01-10', provisional: false })
  })

  it('shows everybody what the year rests on, and another node counts by it too', async () => {
    const { body } = await city.visitor.get('/api/v1/calendar/years')
    const year = body.items.find((each: { year: number }) => each.year === 2048)
    expect(year).toMatchObject({ source: 'loaded', notice: { number: '国办发明电〔2047〕示例号' } })
    expect(body.items.find((each: { year: number }) => each.year === 2049)).toMatchObject({
      source: 'unknown',
    })
    expect((await city.visitor.get('/api/v1/calendar/years/2048/notice')).text).toBe('%PDF notice')
    expect((await city.visitor.get('/api/v1/calendar/years/2049/notice')).status).toBe(404)
    const record = await city.authority.get(`/api/v1/records/${year.notice.recordId}`)
    expect(record.body).toMatchObject({ kind: 'calendar.year' })

    const { database, ledger, jobs } = city.house
    const calendar = officialCalendar()
    const clock = { now: () => new Date('2048-01-01T00:00:00Z') }
    const otherNode = createCalendarYears({ database, calendar, ledger, jobs, clock })
    expect(calendar.announced(2048)).toBe(false)
    await otherNode.refresh(undefined)
    expect(calendar.dayKind('2048-01-02').reason).toBe('holiday')
  })
})
