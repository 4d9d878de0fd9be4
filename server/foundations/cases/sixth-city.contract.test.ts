import { expect, it } from 'vitest'
import { describeStores } from '../database/test-kit.ts'
import { loadRulebook } from '../rulebook/index.ts'
import { caseMigrations } from './index.ts'
import { casesOver, clockAt } from './test-kit.ts'

const rulebook = loadRulebook(new URL('./fixtures/yunzhou-2025/', import.meta.url))
const officer = (organisationId: string) => ({
  userId: `${organisationId}-1`,
  organisationId,
  name: '经办人',
})
const offices: Record<string, string[]> = {
  bureau: ['schools'],
  'security-office': ['review'],
  'data-office': ['office'],
}

describeStores('a city that nobody thought of', [caseMigrations], (open) => {
  it('runs its own procedure in its own words and times', async () => {
    const database = await open()
    const clock = clockAt('2026-09-23T02:00:00.000Z')
    const { cases, told } = casesOver({
      database,
      rulebook,
      clock,
      organisationsWithRole: async (role) => offices[role] ?? [],
    })
    const asked = await cases.open({
      procedure: 'lending',
      entryId: 'entry-1',
      actor: officer('schools'),
      content: { fields: ['姓名'] },
    })
    if (!asked.ok) throw new Error(asked.refusal.code)
    const { id } = asked.value
    expect(asked.value).toMatchObject({
      number: 'YZ-JY-2026-000001',
      state: 'in-review',
      // 24 September, then Mid-Autumn from 25 to 27, then 28 to 30.
      clocks: [{ clock: 'review', dueOn: '2026-09-30', owner: 'reviewer' }],
    })

    const review = { caseId: id, act: 'pass-review', actor: officer('review'), version: 1 }
    expect(await cases.act({ ...review, content: { finding: '可以' } })).toMatchObject({
      refusal: { code: 'content-invalid', paths: ['finding'] },
    })
    const passed = await cases.act({ ...review, content: { finding: '没有安全问题' } })
    expect(passed).toMatchObject({
      value: {
        clocks: [
          { clock: 'review', running: false },
          { clock: 'decision', kind: 'statutory', workingDays: 7 },
          { clock: 'promise', kind: 'local', article: undefined, dueOn: '2026-09-28' },
        ],
      },
    })
    const inbox = await cases.list({ box: 'inbox', actor: officer('office') })
    expect(inbox).toMatchObject({
      value: { cases: [{ id, due: { clock: 'promise', kind: 'local' }, stateTitle: { zh: '待决定' } }] },
    })

    const deny = { caseId: id, act: 'deny', actor: officer('office'), version: 2 }
    const cited = { instrument: '云州市数据办法', rank: 'measure', article: '第三条' }
    expect(await cases.act({ ...deny, content: { basis: cited } })).toMatchObject({
      refusal: { code: 'content-invalid', paths: ['basis.rank'] },
    })
    const lent = await cases.act({ ...deny, act: 'lend', content: {} })
    expect(lent).toMatchObject({ value: { state: 'lent', outcome: 'granted' } })
    expect(told.map(({ effect }) => effect)).toEqual([undefined, undefined, 'grant'])
    await database.close()
  })

  it('lets a period stand still with its reason, goes on with what was left, and lapses where nobody answers', async () => {
    const database = await open()
    const clock = clockAt('2026-03-02T02:00:00.000Z')
    const { cases, told } = casesOver({
      database,
      rulebook,
      clock,
      organisationsWithRole: async (role) => offices[role] ?? [],
    })
    const ask = {
      procedure: 'lending',
      entryId: 'entry-1',
      actor: officer('schools'),
      content: { fields: ['姓名'] },
    }
    const asked = await cases.open(ask)
    if (!asked.ok) throw new Error(asked.refusal.code)
    // Four days from Monday: Friday. One of them has ended when the reviewer asks on Wednesday.
    expect(asked.value.clocks).toMatchObject([{ clock: 'review', dueOn: '2026-03-06' }])
    clock.set('2026-03-04T02:00:00.000Z')
    const pause = { caseId: asked.value.id, act: 'ask-for-more', actor: officer('review'), version: 1 }
    expect(await cases.act({ ...pause, content: {} })).toMatchObject({ refusal: { paths: ['reasons'] } })
    const paused = await cases.act({ ...pause, content: { reasons: '缺少用途说明' } })
    expect(paused).toMatchObject({
      value: {
        clocks: [
          { clock: 'review', running: true, dueOn: null, pause: { usedWorkingDays: 1, resumedOn: null } },
          { clock: 'supplement', dueOn: '2026-03-09' },
        ],
      },
    })
    clock.set('2026-03-09T02:00:00.000Z')
    await cases.markOverdue(clock.now())
    const added = await cases.act({
      ...pause,
      act: 'supplement',
      actor: officer('schools'),
      version: 2,
      content: {},
    })
    // Three of four days are left, the first of them the day after.
    expect(added).toMatchObject({
      value: { clocks: [{ clock: 'review', dueOn: '2026-03-12', overdue: false, workingDays: 4 }, {}] },
    })

    const second = await cases.open(ask)
    if (!second.ok) throw new Error(second.refusal.code)
    const again = { ...pause, caseId: second.value.id }
    await cases.act({ ...again, content: { reasons: '缺少用途说明' } })
    clock.set('2026-03-13T02:00:00.000Z')
    const late = { ...again, act: 'supplement', actor: officer('schools'), version: 2, content: {} }
    expect(await cases.act(late)).toMatchObject({ refusal: { code: 'state-not-fitting', article: 'YZ-3' } })
    expect(await cases.markOverdue(clock.now())).toBe(2)
    const lapsed = await cases.get(second.value.id, officer('schools'))
    expect(lapsed?.state).toMatchObject({ state: 'lapsed', outcome: 'closed', version: 3 })
    expect(lapsed?.state.clocks.some(({ running }) => running)).toBe(false)
    expect(told.at(-1)?.event.act).toBe('lapsed')
    // The review that was resumed is now late, and a period that has ended cannot be made to stand still.
    const tooLate = { ...pause, version: 4, content: { reasons: '缺少用途说明' } }
    expect(await cases.act(tooLate)).toMatchObject({ refusal: { code: 'clock-not-running' } })
    await database.close()
  })

  it('cannot run where a role is held by nobody or by several', async () => {
    const database = await open()
    const holding = (reviewers: string[]) =>
      casesOver({
        database,
        rulebook,
        clock: clockAt('2026-09-23T02:00:00.000Z'),
        organisationsWithRole: async (role) =>
          role === 'security-office' ? reviewers : (offices[role] ?? []),
      }).cases
    const ask = {
      procedure: 'lending',
      entryId: 'entry-1',
      actor: officer('schools'),
      content: { fields: ['姓名'] },
    }
    expect(await holding([]).open(ask)).toMatchObject({ refusal: { code: 'role-vacant' } })
    expect(await holding(['a', 'b']).open(ask)).toMatchObject({ refusal: { code: 'role-held-by-several' } })
    await database.close()
  })
})
