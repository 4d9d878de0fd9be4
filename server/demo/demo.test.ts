import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isCreditCode, isDivisionCode, isIdentityNumber, isMainlandPhone } from '@tiaoli/kernel/identifiers'
import { adjustableClock, civilDateOf, clockStartingAt } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { dueDate } from '@tiaoli/kernel/working-days'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose } from '../compose.ts'
import { readConfig } from '../config.ts'
import type { CaseSummary } from '../foundations/cases/index.ts'
import { inMemory } from '../foundations/database/fresh-database.ts'
import { holdersTowards } from '../foundations/identity/index.ts'
import { listRulebooks, loadRulebook, officialCalendar } from '../foundations/rulebook/index.ts'
import type { House } from '../house.ts'
import { cityNamed } from './city.ts'
import { definitions } from './entries/index.ts'
import { fillDemoCity } from './index.ts'
import { csvOf } from './table.ts'
import { pastOf } from './timeline.ts'

const rulebooks = await listRulebooks(new URL('../../law/', import.meta.url))
const password = 'synthetic-password'

describe.each(rulebooks)('demo city under $id', ({ folder: law }) => {
  const clock = adjustableClock(clockStartingAt(new Date('2026-09-28T02:00:00Z')))
  let folder: string
  let house: House
  let usernames: string[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiaoli-demo-'))
    const config = readConfig({ TIAOLI_DATA: folder, TIAOLI_TEST: '1' })
    house = await compose({ ...config, clock, database: inMemory('tables') }, await loadRulebook(law))
    const filled = await fillDemoCity(house, { clock, password })
    usernames = filled.accounts.map(({ username }) => username)
  })
  afterAll(async () => {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Calls as a visitor, or as the account that is named. */
  async function get(url: string, username?: string) {
    const headers: Record<string, string> = {}
    if (username !== undefined) {
      const payload = { username, password }
      const signedIn = await house.app.inject({ method: 'POST', url: '/api/v1/session', payload })
      headers.cookie = signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    }
    const answer = await house.app.inject({ method: 'GET', url, headers })
    return { status: answer.statusCode, body: answer.json() }
  }

  const entryOf = async (title: string) => {
    const { found } = await house.catalogue.search({ q: title, published: true }, 'relevance', undefined, 5)
    return found.map(({ entry }) => entry).find((entry) => entry.content.title === title)!
  }

  /** The procedures by which data are asked for. */
  function requestProcedures() {
    const { sharingTypes, openingTypes } = house.rulebook.catalogue
    const keys = new Set([...sharingTypes, ...openingTypes].map((type) => type.procedure))
    return house.rulebook.procedures.filter(({ key }) => keys.has(key))
  }

  async function casesOf(procedure: string): Promise<readonly CaseSummary[]> {
    const nobody = { userId: '', organisationId: null, name: '' }
    const listed = await house.cases.list({ box: 'all', actor: nobody, limit: 200, procedure })
    if (!listed.ok) throw new Error(listed.refusal.condition.en)
    return listed.value.cases
  }

  it('has the accounts, all of which can sign in', async () => {
    expect(usernames).toEqual(['authority', 'steward', 'user', 'citizen', 'admin'])
    for (const username of usernames)
      expect((await get('/api/v1/session', username)).body.user?.username).toBe(username)
  })

  it('keeps duties: one whose own date has passed, one whose date is near, and one on file', async () => {
    const { body } = await get('/api/v1/duties?box=all&limit=200', 'authority')
    expect(body.counts).toMatchObject({ late: 1, 'due-soon': 1 })
    expect(body.counts['on-file']).toBeGreaterThanOrEqual(1)
    const own = await get('/api/v1/duties?state=late', 'user')
    expect(own.body.items).toHaveLength(1)
  })

  it('has organisations with valid credit codes, and one holder of every role that procedures need', () => {
    const organisations = house.identity.organisations()
    expect(organisations.length).toBeGreaterThanOrEqual(12)
    expect(organisations.filter(({ creditCode }) => !isCreditCode(creditCode))).toEqual([])
    for (const { roles } of house.rulebook.procedures)
      for (const binding of Object.values(roles))
        if (binding.from === 'role')
          expect(
            holdersTowards(house.rulebook, organisations, binding.role, [
              house.identity.organisation('market')!,
            ]),
          ).toHaveLength(1)
  })

  it('has entries of every access type and in every stage of cataloguing', async () => {
    const { facets } = await house.catalogue.counts()
    expect(facets.total).toBeGreaterThanOrEqual(55)
    expect(facets.sharing).toHaveLength(house.rulebook.catalogue.sharingTypes.length)
    expect(facets.opening).toHaveLength(house.rulebook.catalogue.openingTypes.length)
    const states = (await casesOf('catalogue-entry')).map(({ state }) => state)
    const stages = house.rulebook.procedures.find(({ key }) => key === 'catalogue-entry')!.states
    const wanted = ['draft', 'submitted', 'returned', 'published', 'withdrawn'].filter((stage) =>
      stages.some(({ key }) => key === stage),
    )
    expect(wanted).toEqual(expect.arrayContaining(['draft', 'published', 'withdrawn']))
    expect(states).toEqual(expect.arrayContaining(wanted))
  })

  it('has taken in all data, and refused exactly the rows that were made faulty', async () => {
    for (const { title, data } of definitions) {
      if (data === undefined) continue
      const entry = await entryOf(title)
      const [snapshot, ...earlier] = await house.aggregation.snapshots(entry.id, undefined, 10)
      const rows = typeof data.rows === 'number' ? data.rows : data.rows(cityNamed(house.rulebook.city))
      expect({
        title,
        rows: snapshot?.rows,
        refused: snapshot?.refusedRows,
        earlier: earlier.length,
      }).toEqual({
        title,
        rows,
        refused: data.faultyRows ?? 0,
        earlier: (data.snapshots ?? 1) - 1,
      })
    }
  })

  it('has a case in every state of every request procedure', async () => {
    for (const { key, states } of requestProcedures()) {
      const there = new Set((await casesOf(key)).map(({ state }) => state))
      expect([key, states.map((state) => state.key).filter((state) => !there.has(state))]).toEqual([key, []])
    }
  })

  it('has cases that are due on the next working day, overdue and extended', async () => {
    const today = civilDateOf(clock.now())
    const tomorrow = dueDate(officialCalendar(), today, 1).dueOn
    for (const { key, acts, clocks } of requestProcedures()) {
      const cases = await casesOf(key)
      const timed = clocks.some(({ workingDays }) => workingDays !== null)
      expect(cases.some(({ overdue }) => overdue)).toBe(timed)
      expect(cases.some(({ due }) => due && civilDateOf(new Date(due.dueAt)) === tomorrow)).toBe(timed)
      const states = await Promise.all(cases.map(({ id }) => house.cases.get(id, null)))
      const extended = states.some((view) => view?.state.clocks.some((clock) => clock.extended))
      expect(extended).toBe(acts.some((act) => act.extends !== undefined))
    }
  })

  it('lets the user department take rows under its grant, without the fields that were not granted', async () => {
    const { id } = await entryOf('企业登记信息')
    const { status, body } = await get(`/api/v1/entries/${id}/rows?limit=5`, 'user')
    expect(status).toBe(200)
    expect(body.rows).toHaveLength(5)
    expect(body.rows[0].法定代表人).toMatch(/^示例/)
    const code = body.rows[0].统一社会信用代码
    expect((await get(`/api/v1/entries/${id}/rows/${code}`, 'user')).body.row.统一社会信用代码).toBe(code)
  })

  it('shows everyone the open data, and nothing personal in them', async () => {
    const districts = await get(`/api/v1/entries/${(await entryOf('行政区划代码')).id}/rows?limit=100`)
    expect(districts.body.rows.length).toBeGreaterThan(5)
    const enterprises = await get(`/api/v1/entries/${(await entryOf('企业登记信息')).id}/rows?limit=1`)
    expect(enterprises.status).toBe(200)
    expect(Object.keys(enterprises.body.rows[0])).not.toContain('法定代表人')
    expect((await get(`/api/v1/entries/${(await entryOf('婚姻登记信息')).id}/rows?limit=1`)).status).toBe(403)
  })

  it('has something to look at in every room that the regulation orders', async () => {
    const { rooms } = house.rulebook
    const lengths = async (ordered: unknown, url: string, username?: string) =>
      ordered === undefined ? [] : [[url, (await get(url, username)).body.items?.length ?? 0]]
    const found = [
      ...(await lengths(rooms.compilation?.specification, '/api/v1/specifications')),
      ...(await lengths(rooms.compilation?.rounds[0], '/api/v1/rounds', 'authority')),
      ...(await lengths(rooms.opening?.lists[0], '/api/v1/opening-lists')),
      ...(await lengths(rooms.opening?.demands, '/api/v1/demands')),
      ...(await lengths(rooms.opening?.results, '/api/v1/results')),
      ...(await lengths(rooms.collection, '/api/v1/collection-plans', 'user')),
      ...(await lengths(rooms.connections, '/api/v1/source-systems', 'steward')),
    ]
    expect(found.filter(([, length]) => length === 0)).toEqual([])
    for (const { key } of house.compilation.editions.catalogues)
      expect((await house.compilation.editions.newest(key))?.number).toBe(2)
    if (rooms.bases !== undefined) {
      const attached = [...(await house.bases.counts()).values()]
      expect(attached.reduce((all, count) => all + count, 0)).toBeGreaterThanOrEqual(2)
    }
  })

  it('is refused where somebody is registered already', async () => {
    await expect(fillDemoCity(house, { clock, password })).rejects.toThrow('empty installation')
  })
})

describe('synthetic data', () => {
  const checks: Partial<Record<string, (value: string) => boolean>> = {
    'credit-code': isCreditCode,
    'identity-number': isIdentityNumber,
    'division-code': isDivisionCode,
    phone: isMainlandPhone,
  }
  const city = { ...cityNamed(text('重庆市', 'Chongqing')), today: '2026-09-28' }

  it('passes every check of its identifiers', () => {
    for (const definition of definitions) {
      const [, ...lines] = csvOf(definition, 300, 0, city).trimEnd().split('\n')
      for (const [index, column] of definition.columns.entries()) {
        const values = lines.map((line) => line.split(',')[index]!).filter((value) => value !== '')
        const isValid = checks[column.type] ?? (() => true)
        expect([definition.title, column.name, values.filter((value) => !isValid(value))]).toEqual([
          definition.title,
          column.name,
          [],
        ])
      }
    }
  })

  it('is the same each time', () => {
    const definition = definitions[0]!
    expect(csvOf(definition, 50, 2, city)).toBe(csvOf(definition, 50, 2, city))
  })

  it('finds districts for a municipality, and for a city within a province', () => {
    expect(cityNamed(text('天津市', 'Tianjin')).districts).toHaveLength(16)
    expect(cityNamed(text('厦门市', 'Xiamen')).districts.map(({ name }) => name)).toContain('思明区')
    expect(() => cityNamed(text('无名市', 'Nowhere'))).toThrow()
  })
})

describe('the past', () => {
  const calendar = officialCalendar()

  it('lets a period of five working days that began four ago end on the next working day', () => {
    // A Monday, a Saturday, a holiday, and the working Sunday before it.
    for (const day of ['2026-09-28', '2026-09-26', '2026-10-02', '2026-09-20']) {
      const began = pastOf(new Date(`${day}T10:00:00+08:00`), calendar).workingDaysAgo(4, '09:00')
      expect(dueDate(calendar, civilDateOf(began), 5).dueOn).toBe(dueDate(calendar, day, 1).dueOn)
      expect(calendar.dayKind(civilDateOf(began)).working).toBe(true)
    }
  })
})
