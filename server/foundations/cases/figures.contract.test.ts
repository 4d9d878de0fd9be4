import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { describeStores } from '../database/test-kit.ts'
import { loadRulebook } from '../rulebook/index.ts'
import type { CountCases, FigureKey } from './cases.types.ts'
import { countQuery } from './figures.store.ts'
import { caseMigrations } from './index.ts'
import { casesOver, clockAt, people } from './test-kit.ts'

const rulebook = loadRulebook(new URL('../../../law/chongqing-2022/', import.meta.url))
const basis = { instrument: '社会保险法', rank: 'law', article: '第九十二条' }
const year = { from: '2022-07-01', until: '2022-12-31', procedures: ['sharing-request'] }
const all: CountCases = { ...year, group: 'all', limit: 10 }

describeStores('figures of cases', [caseMigrations], (open) => {
  async function house() {
    const database = await open()
    const clock = clockAt('2022-07-04T02:00:00.000Z')
    const { cases } = casesOver({ database, rulebook, clock })
    const filed = async (at: string) => {
      clock.set(at)
      const content = { scenario: '核定低保待遇', fields: ['姓名'] }
      const opened = await cases.open({
        procedure: 'sharing-request',
        entryId: 'entry-1',
        actor: people.applicant,
        content,
      })
      if (!opened.ok) throw new Error(opened.refusal.code)
      return opened.value.id
    }
    const act = async (caseId: string, key: string, at: string, content: object = {}) => {
      clock.set(at)
      const version = (await cases.get(caseId, null))!.state.version
      const actor = key === 'answer-consultation' ? people.provider : people.authority
      const done = await cases.act({ caseId, act: key, actor, content: { ...content }, version })
      if (!done.ok) throw new Error(done.refusal.code)
    }
    return { database, clock, cases, filed, act }
  }

  /** One case of every kind: granted in time, refused late, overdue, open, and one that the provider alone kept waiting. */
  async function filled() {
    const here = await house()
    const { cases, filed, act } = here
    await act(await filed('2022-07-04T02:00:00Z'), 'grant', '2022-07-06T02:00:00Z')
    await act(await filed('2022-07-04T03:00:00Z'), 'refuse', '2022-07-14T02:00:00Z', {
      reasons: '不属于目录载明的条件',
      basis,
    })
    await filed('2022-07-05T02:00:00Z')
    const waited = await filed('2022-08-01T02:00:00Z')
    await act(waited, 'mark-unsettled', '2022-08-01T03:00:00Z', { question: '是否涉及第三方？' })
    await act(waited, 'extend', '2022-08-02T03:00:00Z')
    await act(waited, 'answer-consultation', '2022-08-09T03:00:00Z', {
      position: 'in-favour',
      opinion: '同意',
    })
    await act(waited, 'grant', '2022-08-10T03:00:00Z')
    const open = await filed('2022-08-10T04:00:00Z')
    await cases.markOverdue(new Date('2022-08-10T04:00:00Z'))
    return { ...here, open }
  }

  it('counts what was answered in time, late, or not at all, and how long the answers took', async () => {
    const { cases, database } = await filled()
    const [total] = await cases.count(all)
    expect(total).toEqual({
      organisationId: null,
      month: null,
      medianWorkingDays: 7,
      counts: {
        filed: 5,
        open: 2,
        answered: 3,
        inTime: 1,
        late: 2,
        untimed: 0,
        overdue: 1,
        granted: 2,
        refused: 1,
        withdrawn: 0,
        missedLocal: 0,
      },
    })
    const months = await cases.count({ ...all, group: 'month' })
    expect(months.map(({ month, counts }) => [month, counts.filed]).sort()).toEqual([
      ['2022-07', 3],
      ['2022-08', 2],
    ])
    expect(await cases.countBases(year)).toEqual([{ rank: 'law', instrument: '社会保险法', cases: 1 }])
    await database.close()
  })

  it('holds nobody late for the date of another', async () => {
    const { cases, database } = await filled()
    const of = async (by: NonNullable<CountCases['by']>) =>
      (await cases.count({ ...all, by, group: 'organisation' })).map(({ organisationId, counts }) => [
        organisationId,
        counts.inTime,
        counts.late,
        counts.overdue,
      ])
    // The provider let the consultation pass in one case; the authority its reply in another, and one is waiting.
    expect(await of('provider')).toEqual([['human-resources', 2, 1, 0]])
    expect(await of('decider')).toEqual([['data-authority', 2, 1, 1]])
    expect(await of('applicant')).toEqual([['civil-affairs', 1, 2, 1]])
    await database.close()
  })

  it('lists exactly the cases that it counts, for every figure and part', async () => {
    const { cases, database } = await filled()
    for (const by of ['applicant', 'provider', 'decider', undefined] as const) {
      const scope = { ...year, ...(by === undefined ? {} : { by }) }
      const [total] = await cases.count({ ...scope, group: 'all', limit: 10 })
      for (const [key, count] of Object.entries(total!.counts)) {
        const listed = await cases.list({
          box: 'all',
          actor: people.authority,
          counted: { ...scope, key: key as FigureKey },
        })
        expect([by, key, listed.ok && listed.value.cases.length]).toEqual([by, key, count])
      }
    }
    const refused = (rank: string) =>
      cases.list({
        box: 'all',
        actor: people.authority,
        counted: { ...year, key: 'refused', basisRank: rank },
      })
    expect(await refused('law')).toMatchObject({ value: { cases: [{ outcome: 'refused' }] } })
    expect(await refused('rule')).toMatchObject({ value: { cases: [] } })
    await database.close()
  })

  it('counts cases anew that are older than the figures, and no other', async () => {
    const { cases, database } = await filled()
    const before = await cases.count(all)
    await sql`delete from case_figure`.execute(database.db)
    expect((await cases.count(all))[0]!.counts.filed).toBe(0)
    expect(await cases.countOlder()).toBe(5)
    expect(await cases.count(all)).toEqual(before)
    expect(await cases.countOlder()).toBe(0)
    await database.close()
  })

  it('reads only the time that is asked for, among 50,000 cases of five years', async () => {
    const { database, filed } = await house()
    await filed('2022-07-04T02:00:00Z')
    await sql`insert into case_file (id, number, rulebook_id, rulebook_version, procedure, entry_id, parties,
        opened_at, state, waiting, overdue, updated_at, version)
      select gen_random_uuid(), 'N-' || n, rulebook_id, rulebook_version, procedure, 'entry-1', '{}',
        opened_at, 'received', '[]', false, opened_at, 1
      from case_file, generate_series(1, 50000) as n`.execute(database.db)
    await sql`insert into case_figure (case_id, procedure, opened_on, provider_id, decider_id, timed, late_owners, overdue_owners, missed_local)
      select id, procedure, date '2018-01-01' + (replace(number, 'N-', '')::int * 1826 / 50000), 'body-' || (random() * 60)::int,
        'data-authority', true, '{}', '{}', false
      from case_file where number like 'N-%' order by 3`.execute(database.db)
    await sql`analyze case_figure`.execute(database.db)
    const scopes: CountCases[] = [
      { ...all, from: '2021-07-01', until: '2021-12-31' },
      { ...all, from: '2021-07-01', until: '2021-12-31', by: 'provider', group: 'organisation' },
      {
        ...all,
        from: '2018-01-01',
        until: '2020-12-31',
        by: 'provider',
        organisationIds: ['body-7'],
        group: 'month',
      },
    ]
    for (const scope of scopes) {
      const { rows } = await sql<Record<string, string>>`explain ${countQuery(scope)}`.execute(database.db)
      const plan = rows.map((row) => Object.values(row)[0]).join('\n')
      expect(plan).toMatch(/Index Scan/)
      expect(plan).not.toContain('Seq Scan')
    }
    await database.close()
  })
})
