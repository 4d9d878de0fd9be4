import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { migrate } from '../database/index.ts'
import { describeStores, openFreshDatabase } from '../database/test-kit.ts'
import { loadRulebook, officialCalendar } from '../rulebook/index.ts'
import type { CaseState } from './cases.types.ts'
import { caseMigrations } from './index.ts'
import { casesOver, clockAt, people } from './test-kit.ts'

const rulebook = loadRulebook(new URL('../../../law/chongqing-2022/', import.meta.url))
const monday = '2022-07-04T02:00:00.000Z'
const request = {
  procedure: 'sharing-request',
  entryId: 'entry-1',
  actor: people.applicant,
  content: { scenario: '核定低保待遇', fields: ['姓名', '缴费月份'] },
}
const basis = { instrument: '社会保险法', rank: 'law', article: '第九十二条' }

describeStores('cases', [caseMigrations], (open) => {
  async function house(options: Partial<Parameters<typeof casesOver>[0]> = {}) {
    const database = await open()
    const clock = clockAt(monday)
    return { database, clock, ...casesOver({ database, rulebook, clock, ...options }) }
  }

  const opened = async ({ cases }: Pick<Awaited<ReturnType<typeof house>>, 'cases'>): Promise<CaseState> => {
    const verdict = await cases.open(request)
    if (!verdict.ok) throw new Error(JSON.stringify(verdict.refusal))
    return verdict.value
  }

  it('runs a sharing request from filing to grant, and tells the rooms of each act', async () => {
    const here = await house()
    const { cases, told, clock, database } = here
    const filed = await opened(here)
    expect(filed.number).toBe('CQ-GX-2022-000001')
    expect(filed.clocks).toMatchObject([{ clock: 'reply', dueOn: '2022-07-11', running: true }])

    clock.set('2022-07-05T02:00:00.000Z')
    const verdict = await cases.act({
      caseId: filed.id,
      act: 'grant',
      actor: people.authority,
      content: {},
      version: filed.version,
    })
    expect(verdict).toMatchObject({ ok: true, value: { state: 'granted', outcome: 'granted', version: 2 } })
    expect(told.map(({ event, effect, state }) => [event.act, effect, state.version])).toEqual([
      ['file', undefined, 1],
      ['grant', 'grant', 2],
    ])
    const view = await cases.get(filed.id, people.applicant)
    expect(view?.state).toEqual(verdict.ok && verdict.value)
    expect(view?.allowed).toEqual([])
    await database.close()
  })

  it('refuses without writing anything', async () => {
    const here = await house()
    const { cases, database } = here
    expect(await cases.open({ ...request, content: { fields: ['姓名'] } })).toMatchObject({
      ok: false,
      refusal: { code: 'content-missing', article: 'CQ-25.3-a', paths: ['scenario'] },
    })
    expect(await cases.open({ ...request, procedure: 'nothing' })).toMatchObject({
      refusal: { code: 'procedure-unknown' },
    })
    expect(await cases.open({ ...request, entryId: 'entry-2' })).toMatchObject({
      refusal: { code: 'entry-unknown' },
    })
    expect(await cases.open({ ...request, actor: people.citizen })).toMatchObject({
      refusal: { code: 'opener-not-entitled', article: 'CQ-25.2' },
    })
    expect(await cases.open({ ...request, actor: people.provider })).toMatchObject({
      refusal: { code: 'own-case' },
    })
    const { rows } = await sql`select count(*)::int as n from case_file`.execute(database.db)
    expect(rows).toEqual([{ n: 0 }])
    await database.close()
  })

  it('refuses an act on a version that is no longer the newest', async () => {
    const here = await house()
    const filed = await opened(here)
    const mark = {
      caseId: filed.id,
      act: 'mark-unsettled',
      actor: people.authority,
      content: { question: '是否涉及第三方信息？' },
      version: 1,
    }
    expect(await here.cases.act(mark)).toMatchObject({ ok: true })
    expect(await here.cases.act({ ...mark, act: 'grant', content: {} })).toMatchObject({
      refusal: { code: 'case-changed' },
    })
    await here.database.close()
  })

  it('undoes an act whose effect fails', async () => {
    const here = await house({
      onAct: async ({ effect }) => {
        if (effect === 'grant') throw new Error('no key could be made')
      },
    })
    const filed = await opened(here)
    const grant = { caseId: filed.id, act: 'grant', actor: people.authority, content: {}, version: 1 }
    await expect(here.cases.act(grant)).rejects.toThrow('no key could be made')
    expect((await here.cases.get(filed.id, people.authority))?.state).toEqual(filed)
    await here.database.close()
  })

  it('joins a transaction that is larger than the act', async () => {
    const here = await house()
    await expect(
      here.database.inTransaction(async (tx) => {
        const verdict = await here.cases.open({ ...request, tx })
        expect(verdict.ok).toBe(true)
        throw new Error('the entry could not be kept')
      }),
    ).rejects.toThrow('the entry could not be kept')
    expect(await here.cases.list({ box: 'all', actor: people.authority })).toMatchObject({
      value: { cases: [] },
    })
    await here.database.close()
  })

  it('hides a case from those who are no party to it', async () => {
    const here = await house()
    const filed = await opened(here)
    expect(await here.cases.get(filed.id, people.stranger)).toBeUndefined()
    expect(await here.cases.get('not-an-id', people.applicant)).toBeUndefined()
    expect(await here.cases.get(filed.id, null)).toMatchObject({ state: filed, allowed: [] })
    const act = { caseId: filed.id, act: 'grant', actor: people.stranger, content: {}, version: 1 }
    expect(await here.cases.act(act)).toMatchObject({ refusal: { code: 'case-unknown' } })
    await here.database.close()
  })

  it('orders the inbox by due date and pages through it without losing or doubling a case', async () => {
    const here = await house()
    const due = new Map<string, string>()
    for (const day of ['08', '04', '06', '05', '07']) {
      here.clock.set(`2022-07-${day}T02:00:00.000Z`)
      const state = await opened(here)
      due.set(state.id, state.clocks[0]!.dueOn!)
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await here.cases.list({ box: 'inbox', actor: people.authority, limit: 2, cursor })
      if (!page.ok) throw new Error(page.refusal.code)
      seen.push(...page.value.cases.map(({ id }) => id))
      cursor = page.value.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen.map((id) => due.get(id))).toEqual([...due.values()].sort())
    expect(new Set(seen)).toEqual(new Set(due.keys()))

    const page = await here.cases.list({ box: 'inbox', actor: people.provider })
    expect(page).toMatchObject({ value: { cases: [] } })
    const involved = await here.cases.list({ box: 'involved', actor: people.provider, open: true })
    expect(involved.ok && involved.value.cases).toHaveLength(5)
    const mine = await here.cases.list({ box: 'mine', actor: people.applicant, limit: 3 })
    expect(mine.ok && mine.value.cases).toHaveLength(3)
    const rest = await here.cases.list({
      box: 'mine',
      actor: people.applicant,
      cursor: (mine.ok && mine.value.nextCursor) || undefined,
    })
    expect(rest.ok && rest.value.cases).toHaveLength(2)
    expect(await here.cases.list({ box: 'mine', actor: people.applicant, cursor: 'x' })).toMatchObject({
      refusal: { code: 'cursor-unknown' },
    })
    await here.database.close()
  })

  it('marks a missed date once, at the end of the due date in China', async () => {
    const here = await house()
    const filed = await opened(here)
    expect(await here.cases.markOverdue(new Date('2022-07-11T15:59:59.999Z'))).toBe(0)
    expect(await here.cases.markOverdue(new Date('2022-07-11T16:00:00.000Z'))).toBe(1)
    expect(await here.cases.markOverdue(new Date('2022-07-12T16:00:00.000Z'))).toBe(0)
    const view = await here.cases.get(filed.id, people.authority)
    expect(view?.state.clocks).toMatchObject([{ clock: 'reply', overdue: true, running: true }])
    expect(here.told.at(-1)).toMatchObject({ event: { act: 'overdue', actor: null }, effect: undefined })
    await here.database.close()
  })

  it('marks the dates of all other cases where one cannot be marked', async () => {
    let damaged: string | undefined
    const here = await house({
      onAct: async ({ event, state }) => {
        if (event.act === 'overdue' && state.id === damaged) throw new Error('the room is not there')
      },
    })
    const [first, second] = [await opened(here), await opened(here)]
    damaged = first.id
    await expect(here.cases.markOverdue(new Date('2022-07-12T02:00:00.000Z'))).rejects.toThrow('1 case(s)')
    const overdue = async (id: string) => (await here.cases.get(id, null))?.state.clocks[0]?.overdue
    expect([await overdue(first.id), await overdue(second.id)]).toEqual([false, true])
    await here.database.close()
  })

  it('waits for a person as it waits for an organisation', async () => {
    const here = await house()
    const asked = await here.cases.open({ ...request, procedure: 'opening-request', actor: people.citizen })
    if (!asked.ok) throw new Error(asked.refusal.code)
    const act = (act: string, version: number, content: object = {}) =>
      here.cases.act({
        caseId: asked.value.id,
        act,
        actor: people.authority,
        version,
        content: { ...content },
      })
    const inbox = () => here.cases.list({ box: 'inbox', actor: people.citizen })
    expect(await inbox()).toMatchObject({ value: { cases: [] } })
    await act('agree', 1)
    await act('sign-agreement', 2, {
      fields: ['姓名'],
      purpose: '研究',
      scenario: '缴费周期研究',
      security: '加密存储',
      until: '2022-12-31',
      'feedback-first': '2022-12-31',
      'feedback-rhythm': 'once',
      disposal: '期满删除',
      feedback: '每季度反馈',
    })
    expect(await inbox()).toMatchObject({ value: { cases: [{ state: 'agreement-offered', due: null }] } })
    await here.database.close()
  })

  it('counts a provisional date anew when the year is announced', async () => {
    const calendar = officialCalendar()
    const here = await house({ calendar })
    here.clock.set('2027-09-28T02:00:00.000Z')
    const filed = await opened(here)
    expect(filed.clocks).toMatchObject([{ dueOn: '2027-10-05', provisional: true }])
    const nationalDay = { zh: '国庆节', en: 'National Day' }
    calendar.load({
      year: 2027,
      holidays: ['01', '02', '03', '04', '05', '06', '07'].map((day) => ({
        on: `2027-10-${day}`,
        name: nationalDay,
      })),
      makeUpDays: [{ on: '2027-10-09', name: nationalDay }],
    })
    expect(await here.cases.recompute(2027)).toBe(1)
    expect(await here.cases.recompute(2027)).toBe(0)
    const view = await here.cases.get(filed.id, people.applicant)
    expect(view?.state.clocks).toMatchObject([{ dueOn: '2027-10-11', provisional: false }])
    expect(view?.state.events.at(-1)).toMatchObject({ act: 'recomputed', actor: null })
    await here.database.close()
  })

  it('keeps a case under the procedure with which it began', async () => {
    const here = await house()
    const filed = await opened(here)
    const amended = {
      ...rulebook,
      version: 'amended',
      procedures: rulebook.procedures.map((procedure) => ({
        ...procedure,
        acts: procedure.acts.slice(0, 1),
      })),
    }
    const later = casesOver({ database: here.database, rulebook: amended, clock: here.clock })
    const refuse = { caseId: filed.id, act: 'refuse', actor: people.authority, version: 1 }
    const verdict = await later.cases.act({ ...refuse, content: { reasons: '不属于申请单位职责', basis } })
    expect(verdict).toMatchObject({
      ok: true,
      value: { outcome: 'refused', rulebookVersion: rulebook.version },
    })
    await here.database.close()
  })

  it('never changes history', async () => {
    const here = await house()
    await opened(here)
    await expect(sql`update case_event set event = '{}'`.execute(here.database.db)).rejects.toThrow(
      'never changed',
    )
    await expect(sql`delete from case_event`.execute(here.database.db)).rejects.toThrow('never changed')
    await here.database.close()
  })

  it('tells before filing what a request would meet', async () => {
    const here = await house()
    const ask = { procedure: 'sharing-request', entryId: 'entry-1', opener: people.applicant }
    const preview = await here.cases.preview(ask)
    expect(preview).toMatchObject({
      ok: true,
      value: {
        decider: { role: 'authority', organisationId: 'data-authority' },
        clocks: [
          { clock: 'reply', startsOnFiling: true, dueOn: '2022-07-11', workingDays: 5, provisional: false },
          { clock: 'consultation', startsOnFiling: false, dueOn: null, workingDays: 3 },
        ],
        refusal: undefined,
      },
    })
    expect(preview.ok && preview.value.articles.map(({ id }) => id)).toEqual(['CQ-25', 'CQ-26'])
    expect(await here.cases.preview({ ...ask, opener: people.citizen })).toMatchObject({
      ok: true,
      value: { refusal: { code: 'opener-not-entitled' } },
    })
    expect(await here.cases.preview({ ...ask, opener: people.provider })).toMatchObject({
      ok: true,
      value: { refusal: { code: 'own-case' } },
    })
    await here.database.close()
  })
})

describe.skipIf(process.env.TEST_DATABASE_URL === undefined)('two officers at once, on PostgreSQL', () => {
  it('lets exactly one of two simultaneous acts win', async () => {
    const database = await openFreshDatabase(process.env.TEST_DATABASE_URL!)
    await migrate(database, [caseMigrations])
    const { cases, told } = casesOver({ database, rulebook, clock: clockAt(monday) })
    for (let round = 0; round < 20; round++) {
      const filed = await cases.open(request)
      if (!filed.ok) throw new Error(filed.refusal.code)
      const on = { caseId: filed.value.id, version: filed.value.version }
      const verdicts = await Promise.all([
        cases.act({ ...on, act: 'grant', actor: people.authority, content: {} }),
        cases.act({
          ...on,
          act: 'refuse',
          actor: people.secondOfficer,
          content: { reasons: '不属于申请单位职责', basis },
        }),
      ])
      const losers = verdicts.filter((verdict) => !verdict.ok)
      expect(losers).toHaveLength(1)
      expect(losers[0]).toMatchObject({ refusal: { code: 'case-changed' } })
    }
    expect(told.filter(({ event }) => event.act !== 'file')).toHaveLength(20)
    await database.close()
  })
})
