import { importCommands } from '@tiaoli/cli/import.commands'
import type { HarvestRun } from '@tiaoli/contract/harvesting'
import { Command } from 'commander'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import { type Caller, callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { catalogueInTurtle, dataset, give, openRemote } from './remote-catalogue.ts'

let city: City
let admin: Caller
let remote: Awaited<ReturnType<typeof openRemote>>
const sources = '/api/v1/harvest-sources'

beforeAll(async () => {
  remote = await openRemote()
  city = await openCity('chongqing-2022', { environment: { TIAOLI_REACHABLE_HARVEST: '127.0.0.0/8' } })
  city.at('2026-09-01T02:00:00Z')
  const account = { username: 'keeper', password: cityPassword }
  await city.house.identity.createUser({
    ...account,
    name: '示例管理员',
    organisationId: 'authority',
    powers: ['admin'],
  })
  admin = await callerOf(city.house, account)
})
afterAll(async () => {
  await city.close()
  await remote.close()
})
beforeEach(() => {
  remote.datasets = []
  remote.misbehave = undefined
  remote.calls.length = 0
})

const words = () => ({ name: '外部平台', kind: 'ckan', url: remote.address, everyHours: null })
async function register(more: object = {}, caller: Caller = city.steward): Promise<string> {
  const made = await caller.post(sources, { ...words(), ...more })
  expect(made.status, made.text).toBe(201)
  return made.body.id
}
async function harvest(id: string, mode: 'try' | 'real', more: object = {}): Promise<HarvestRun> {
  const asked = await city.steward.post(`${sources}/${id}/runs`, { mode, ...more })
  expect(asked.status, asked.text).toBe(202)
  await city.settle()
  return (await city.steward.get(`${sources}/${id}/runs/${asked.body.id}`)).body
}
async function brought(...datasets: ReturnType<typeof dataset>[]): Promise<string> {
  remote.datasets = datasets
  const id = await register()
  await harvest(id, 'try')
  expect(await harvest(id, 'real')).toMatchObject({ state: 'done', counts: { added: datasets.length } })
  return id
}
const entriesOf = async (id: string, query = '') =>
  (await city.steward.get(`${sources}/${id}/entries?limit=200${query}`)).body.items
const differencesOf = (id: string) => entriesOf(id, '&state=differs')
const mine = async () => (await city.steward.get('/api/v1/entries?scope=mine&limit=1')).body.total
const notices = async (caller: Caller, kind: string) =>
  (await caller.get('/api/v1/notices?limit=200')).body.items.filter(
    (each: { kind: string }) => each.kind === kind,
  )

describe('who may', () => {
  it('is an administrator for any body, a data steward for their own, and nobody else', async () => {
    for (const caller of [city.authority, city.citizen]) {
      expect(expectProblem(await caller.get(sources))).toBe('not-allowed')
      expect(expectProblem(await caller.post(sources, words()))).toBe('not-allowed')
    }
    expect(expectProblem(await city.visitor.get(sources))).toBe('not-signed-in')
    expect(expectProblem(await city.steward.post(sources, { ...words(), organisationId: 'civil' }))).toBe(
      'not-allowed',
    )
    expect(expectProblem(await admin.post(sources, { ...words(), organisationId: 'nobody' }))).toBe(
      'content-incomplete',
    )
    const id = await register({ organisationId: 'civil' }, admin)
    expect(expectProblem(await city.steward.get(`${sources}/${id}`))).toBe('not-found')
    expect((await city.user.get(`${sources}/${id}`)).body.acts).toEqual(['change', 'run', 'decide'])
    expect((await admin.get(`${sources}/${id}`)).body.acts).toEqual(['change', 'run'])
  })

  it('is refused what is no address, and what the platform may not call', async () => {
    for (const url of ['ftp://data.example.org', 'http://name:word@data.example.org', 'nothing'])
      expect(expectProblem(await city.steward.post(sources, { ...words(), url }))).toBe('content-incomplete')
    const id = await register({ url: 'http://169.254.169.254/latest' })
    expect(await harvest(id, 'try')).toMatchObject({ state: 'failed', failure: 'address-not-allowed' })
  })

  it('is refused a change by whoever has not seen the last one', async () => {
    const id = await register()
    expect((await city.steward.patch(`${sources}/${id}`, { name: '改名', version: 1 })).body.version).toBe(2)
    const late = await city.steward.patch(`${sources}/${id}`, { name: '又改', version: 1 })
    expect(expectProblem(late)).toBe('changed-meanwhile')
  })
})

describe('bringing in', () => {
  it('is refused before a trial, which says what would come and writes nothing', async () => {
    remote.datasets = [1, 2, 3].map((number) => dataset(number))
    const id = await register()
    expect(expectProblem(await city.steward.post(`${sources}/${id}/runs`, { mode: 'real' }))).toBe(
      'act-not-available',
    )
    const before = await mine()
    const tried = await harvest(id, 'try')
    expect(tried).toMatchObject({ state: 'done', counts: { read: 3, added: 3, same: 0, without: 0 } })
    expect(tried.examples.added[0]).toEqual({ remoteId: 'remote-0001', title: '外部数据集1' })
    expect(tried.parity.groups).toEqual([
      { name: '示例园林局', remote: 2, here: 2 },
      { name: '示例水务局', remote: 1, here: 1 },
    ])
    expect(tried.parity.lost).toEqual([{ part: 'resources', entries: 3 }])
    expect(await mine()).toBe(before)
    expect(await entriesOf(id)).toEqual([])
  })

  it('makes drafts of the body, on record, told once; a second run changes nothing', async () => {
    const before = await mine()
    const id = await brought(...[11, 12, 13, 14].map((number) => dataset(number)))
    expect(await mine()).toBe(before + 4)
    const [first] = await entriesOf(id)
    const entry = (await city.steward.get(`/api/v1/entries/${first.entryId}`)).body
    expect(entry).toMatchObject({
      title: '外部数据集11',
      status: 'draft',
      provider: { id: 'market' },
      updateCycle: 'monthly',
      sourceSystem: '外部平台',
      useRequirements: '来源标注的许可：CC BY 4.0',
      fields: [
        { name: '编号', type: 'text', sensitivity: 'internal' },
        { name: '数量', type: 'decimal', sensitivity: 'internal' },
      ],
    })
    expect(expectProblem(await city.visitor.get(`/api/v1/entries/${first.entryId}`))).toBe('not-found')
    const records = (await city.authority.get(`/api/v1/records?entry=${first.entryId}`)).body.items
    expect(records.map(({ kind }: { kind: string }) => kind)).toContain('case.act')
    const told = await notices(city.steward, 'harvest.done')
    const again = await harvest(id, 'real')
    expect(again).toMatchObject({ state: 'done', counts: { read: 4, same: 4, added: 0, changed: 0 } })
    expect(await mine()).toBe(before + 4)
    expect((await city.steward.get(`/api/v1/entries/${first.entryId}`)).body.version).toBe(entry.version)
    expect(await notices(city.steward, 'harvest.done')).toHaveLength(told.length)
  })

  it('lets an untouched draft follow its source, and puts what people worked on to the department', async () => {
    const id = await brought(dataset(21), dataset(22), dataset(23))
    const [followed, worked] = await entriesOf(id)
    const { version } = (await city.steward.get(`/api/v1/entries/${worked.entryId}`)).body
    const own = { summary: '本单位改写的摘要。', version }
    expect((await city.steward.patch(`/api/v1/entries/${worked.entryId}`, own)).status).toBe(200)
    remote.datasets = [
      dataset(21, { notes: '来源改了。' }),
      dataset(22, { title: '来源改了标题' }),
      // What nobody takes is no change.
      dataset(23, { metadata_modified: '2026-09-01T00:00:00', resources: dataset(23).resources }),
    ]
    expect(await harvest(id, 'try')).toMatchObject({ counts: { changed: 1, differing: 1, same: 1 } })
    expect(await harvest(id, 'real')).toMatchObject({ counts: { changed: 1, differing: 1, same: 1 } })
    expect((await city.steward.get(`/api/v1/entries/${followed.entryId}`)).body.summary).toBe('来源改了。')
    expect((await city.steward.get(`/api/v1/entries/${worked.entryId}`)).body.title).toBe('外部数据集22')
    expect((await differencesOf(id))[0]).toMatchObject({
      entryId: worked.entryId,
      differences: [{ part: 'title', before: '外部数据集22', after: '来源改了标题' }],
    })
    // Told once: the same difference is none the next time.
    expect(await harvest(id, 'real')).toMatchObject({ counts: { changed: 0, differing: 0, same: 3 } })
    const decisions = `${sources}/${id}/entries/${worked.entryId}/decisions`
    expect(expectProblem(await admin.post(decisions, { decision: 'take' }))).toBe('not-found')
    expect((await city.steward.post(decisions, { decision: 'take' })).body.state).toBe('same')
    expect((await city.steward.get(`/api/v1/entries/${worked.entryId}`)).body).toMatchObject({
      title: '来源改了标题',
      summary: '本单位改写的摘要。',
    })
    expect(expectProblem(await city.steward.post(decisions, { decision: 'take' }))).toBe('act-not-available')
  })

  it('keeps what the source has no more until the department decides', async () => {
    const id = await brought(dataset(31), dataset(32))
    remote.datasets = [dataset(31)]
    expect(await harvest(id, 'real')).toMatchObject({ state: 'done', counts: { withdrawn: 1, same: 1 } })
    const [gone] = await entriesOf(id, '&state=gone')
    expect((await city.steward.get(`/api/v1/entries/${gone.entryId}`)).body.status).toBe('draft')
    const decisions = `${sources}/${id}/entries/${gone.entryId}/decisions`
    expect(expectProblem(await city.steward.post(decisions, { decision: 'take' }))).toBe('act-not-available')
    expect((await city.steward.post(decisions, { decision: 'keep' })).body.state).toBe('left')
    remote.datasets = [dataset(31), dataset(32)]
    expect(await harvest(id, 'real')).toMatchObject({ counts: { same: 2, added: 0 } })
    expect((await entriesOf(id, '&state=same')).length).toBe(2)
  })

  it('does nothing where too much would go, tells those concerned, and goes on when somebody says so', async () => {
    const id = await brought(...[41, 42, 43, 44, 45, 46].map((number) => dataset(number)))
    const before = await mine()
    for (const [now, gone] of [
      [[], 6],
      // Numbered anew: everything would go and come again.
      [[71, 72, 73, 74, 75, 76].map((number) => dataset(number)), 6],
      [[41, 42, 43].map((number) => dataset(number)), 3],
    ] as const) {
      remote.datasets = [...now]
      const told = (await notices(city.steward, 'harvest.held-back')).length
      expect(await harvest(id, 'real')).toMatchObject({
        state: 'held-back',
        counts: { withdrawn: gone, added: 0 },
      })
      expect((await notices(city.steward, 'harvest.held-back')).length).toBe(told + 1)
      expect(await mine()).toBe(before)
      expect(await entriesOf(id, '&state=gone')).toEqual([])
    }
    const accepted = await harvest(id, 'real', { acceptWithdrawals: true })
    expect(accepted).toMatchObject({ state: 'done', counts: { withdrawn: 3 } })
    expect(await entriesOf(id, '&state=gone')).toHaveLength(3)
  })

  it('reads by its schedule once it has been brought in by hand, and twice at once never', async () => {
    remote.datasets = [dataset(51)]
    const id = await register({ everyHours: 24 })
    expect((await city.steward.get(`${sources}/${id}`)).body.nextRunAt).toBeNull()
    await harvest(id, 'try')
    await harvest(id, 'real')
    expect((await city.steward.get(`${sources}/${id}`)).body.nextRunAt).toBe('2026-09-02T02:00:00.000Z')
    remote.datasets = [dataset(51), dataset(52)]
    city.at('2026-09-02T02:00:01Z')
    await city.settle()
    const { runs, nextRunAt } = (await city.steward.get(`${sources}/${id}`)).body
    expect(runs[0]).toMatchObject({ askedBy: null, state: 'done', counts: { added: 1, same: 1 } })
    expect(nextRunAt).toBe('2026-09-03T02:00:01.000Z')
    // The source does not answer until both have asked: the first must not have ended by then.
    const waiting: (() => void)[] = []
    remote.misbehave = (_, response) => {
      waiting.push(() => give(response, 'application/json', '{"success":false}'))
      return true
    }
    const [one, other] = await Promise.all([
      city.steward.post(`${sources}/${id}/runs`, { mode: 'try' }),
      city.steward.post(`${sources}/${id}/runs`, { mode: 'try' }),
    ])
    expect([one.status, other.status].sort()).toEqual([202, 409])
    remote.misbehave = undefined
    for (const answer of waiting) answer()
    await city.settle()
  })

  it('goes on where a run was broken off, and an old execution of it writes no more', async () => {
    remote.datasets = [dataset(61), dataset(62)]
    const id = await register()
    await harvest(id, 'try')
    const { runner } = city.house.harvesting
    const asked = await city.steward.post(`${sources}/${id}/runs`, { mode: 'real' })
    const stop = new AbortController()
    let first: Promise<void> | undefined
    // While the first execution waits for a page, a second one takes its place.
    remote.misbehave = (_, response) => {
      if (first === undefined) return false
      remote.misbehave = undefined
      void runner.execute(asked.body.id, stop.signal).then(() => {
        give(
          response,
          'application/json',
          JSON.stringify({ success: true, result: { results: [dataset(63)] } }),
        )
      })
      return true
    }
    first = Promise.resolve()
    await runner.execute(asked.body.id, stop.signal)
    await city.settle()
    const run = (await city.steward.get(`${sources}/${id}/runs/${asked.body.id}`)).body
    expect(run).toMatchObject({ state: 'done', counts: { added: 2 } })
    expect((await entriesOf(id)).map(({ remoteId }: { remoteId: string }) => remoteId)).toEqual([
      'remote-0061',
      'remote-0062',
    ])
  })
})

describe('many at once', () => {
  /** The store fails at entries of these titles, each with an error of its code (SQLSTATE). */
  const failAt = (codes: Record<string, string>) =>
    city.house.database.script(`
      create function fail_at_entry() returns trigger language plpgsql as $$
      declare code text := '${JSON.stringify(codes)}'::json ->> new.title;
      begin
        if code is not null then raise exception 'the store fails here' using errcode = code; end if;
        return new;
      end $$;
      create trigger fail_at_entry before insert on entry for each row execute function fail_at_entry();`)
  const failNoMore = () => city.house.database.script('drop function fail_at_entry cascade')
  const recordsOf = async (id: string): Promise<{ entries: number; cases: number; records: number }> => {
    const { rows } = await sql<{ entries: number; cases: number; records: number }>`
      select count(distinct e.id)::int as entries, count(distinct e.case_id)::int as cases, count(r.id)::int as records
      from harvested_entry h join entry e on e.id = h.entry_id join case_file c on c.id::text = e.case_id
        left join record r on r.entry_id = e.id and r.case_id = e.case_id and r.kind = 'case.act'
      where h.source_id = ${id}`.execute(city.house.database.db)
    return rows[0]!
  }

  it('are written together, and one that cannot be kept is left out alone, with the reason', async () => {
    remote.datasets = Array.from({ length: 105 }, (_, at) => dataset(1_000 + at))
    const id = await register()
    await harvest(id, 'try')
    await failAt({ 外部数据集1050: '22023' })
    const run = await harvest(id, 'real')
    expect(run).toMatchObject({ state: 'done', counts: { read: 105, added: 104, without: 1 } })
    expect(run.parity.without).toEqual([
      {
        remoteId: 'remote-1050',
        title: '外部数据集1050',
        reason: 'refused',
        detail: '目录数据库无法保存该条目的内容',
      },
    ])
    expect(run.parity.groups.map(({ remote, here }) => remote - here).sort()).toEqual([0, 1])
    expect(await recordsOf(id)).toEqual({ entries: 104, cases: 104, records: 104 })
    expect(await harvest(id, 'real')).toMatchObject({
      counts: { added: 0, changed: 0, same: 104, without: 1 },
    })
    await failNoMore()
    expect(await harvest(id, 'real')).toMatchObject({ counts: { added: 1, same: 104, without: 0 } })
    const { items } = (await city.steward.get('/api/v1/entries?scope=mine&q=外部数据集1050&limit=1')).body
    expect(items).toMatchObject([{ title: '外部数据集1050', status: 'draft' }])
    expect(await recordsOf(id)).toEqual({ entries: 105, cases: 105, records: 105 })
    // Changed together, one of them cannot be kept either: the others follow.
    remote.datasets = remote.datasets.map((each) => ({ ...each, notes: '全都改了。' }))
    await city.house.database.script(`
      create function fail_at_entry() returns trigger language plpgsql as $$
      begin raise exception 'the store fails here' using errcode = '54000'; end $$;
      create trigger fail_at_entry before update of content on entry for each row
        when (new.title = '外部数据集1050') execute function fail_at_entry();`)
    const changed = await harvest(id, 'real')
    await failNoMore()
    expect(changed).toMatchObject({ state: 'done', counts: { changed: 104, differing: 0, without: 1 } })
    expect(await harvest(id, 'real')).toMatchObject({ counts: { changed: 1, same: 104, without: 0 } })
  })

  it('stay where the platform fails half-way, and the run goes on with the others', async () => {
    remote.datasets = Array.from({ length: 190 }, (_, at) => dataset(2_000 + at))
    const id = await register()
    await harvest(id, 'try')
    await failAt({ 外部数据集2050: '22023', 外部数据集2150: '53100' })
    const broken = await harvest(id, 'real')
    expect(broken).toMatchObject({ state: 'writing', counts: { read: 190, added: 99, without: 1 } })
    expect(await recordsOf(id)).toEqual({ entries: 99, cases: 99, records: 99 })
    const asked = remote.calls.length
    await failNoMore()
    city.at('2026-09-02T03:00:00Z')
    await city.settle()
    const run = (await city.steward.get(`${sources}/${id}/runs/${broken.id}`)).body
    // What was left out before is told once, and is not tried again in this run.
    expect(run).toMatchObject({ state: 'done', counts: { read: 190, added: 189, without: 1 } })
    expect(run.parity.without).toHaveLength(1)
    expect((run as HarvestRun).parity.groups.map(({ remote, here }) => remote - here).sort()).toEqual([0, 1])
    expect(await recordsOf(id)).toEqual({ entries: 189, cases: 189, records: 189 })
    // What had been read was not read again.
    expect(remote.calls.length).toBe(asked)
  })
})

describe('a refusal that every entry would meet', () => {
  const roles = (id: string, held: readonly string[]) =>
    city.house.identity.setRoles(
      id,
      held,
      () => {},
      async () => {},
    )
  /** What comes of something done while a body has no roles; it has them again afterwards, whatever comes. */
  const withoutRoles = async <Came>(id: string, act: () => Promise<Came>): Promise<Came> => {
    const before = city.house.identity.organisation(id)!.roles
    await roles(id, [])
    try {
      return await act()
    } finally {
      await roles(id, before)
    }
  }

  it('ends a trial before anything is said of single entries, with article and remedy', async () => {
    remote.datasets = [dataset(3_001), dataset(3_002)]
    const id = await register()
    const tried = await withoutRoles('market', () => harvest(id, 'try'))
    expect(tried).toMatchObject({
      state: 'failed',
      failure: 'not-admitted',
      refusal: { article: 'CQ-22.1-a', condition: { zh: expect.stringContaining('不收录本单位的数据') } },
      counts: { read: 0, added: 0, without: 0 },
      parity: { groups: [], without: [] },
    })
    expect((await city.steward.get(`${sources}/${id}`)).body.tried).toBe(false)
    expect(await harvest(id, 'try')).toMatchObject({ state: 'done', counts: { added: 2 } })
  })

  it('ends a run by the schedule whose person in charge has left, until a steward has it read by hand', async () => {
    const account = { username: 'leaving', password: cityPassword }
    await city.house.identity.createUser({
      ...{ ...account, name: '示例离任人员', organisationId: 'market', powers: ['steward'] },
    })
    const leaving = await callerOf(city.house, account)
    remote.datasets = [dataset(3_201)]
    const id = await register({ everyHours: 24 }, leaving)
    await harvest(id, 'try')
    await harvest(id, 'real')
    expect((await city.steward.get(`${sources}/${id}`)).body.registeredBy).toBe('示例离任人员')
    const userId = (await leaving.get('/api/v1/session')).body.user.id
    const left = await admin.post(`/api/v1/people/${userId}/powers`, {
      ...{ powers: ['requester'], reasons: '岗位调整' },
    })
    expect(left.status, left.text).toBe(200)
    remote.datasets = [dataset(3_201), dataset(3_202)]
    const due = async () => {
      const { nextRunAt } = (await city.steward.get(`${sources}/${id}`)).body
      city.at(new Date(Date.parse(nextRunAt) + 1_000).toISOString())
      await city.settle()
      return (await city.steward.get(`${sources}/${id}`)).body.runs[0]
    }
    expect(await due()).toMatchObject({
      ...{ askedBy: null, state: 'failed', failure: 'not-admitted', counts: { read: 0, added: 0 } },
      refusal: {
        article: null,
        condition: { zh: expect.stringContaining('负责人已不是本单位的数据管理员') },
      },
    })
    // Whoever is there hears of it; who has left does not.
    const ofIt = async (caller: Caller) =>
      (await notices(caller, 'harvest.failed')).filter(({ link }: { link: string }) => link.includes(id))
    expect(await ofIt(city.steward)).toHaveLength(1)
    // The change of powers ended the session.
    expect(await ofIt(await callerOf(city.house, account))).toEqual([])
    expect(await harvest(id, 'real')).toMatchObject({ state: 'done', counts: { added: 1, same: 1 } })
    const entrusted = await city.authority.get('/api/v1/records?kind=harvest.source-entrusted')
    expect(entrusted.body.items).toHaveLength(1)
    const { registeredBy } = (await city.steward.get(`${sources}/${id}`)).body
    expect(registeredBy).not.toBe('示例离任人员')
    expect(await due()).toMatchObject({ askedBy: null, state: 'done', counts: { same: 2 } })
  })

  it('ends a run once where no case can be opened; the next one brings what is missing', async () => {
    const id = await brought(dataset(3_101))
    const mineBefore = await mine()
    remote.datasets = [...remote.datasets, ...[3_102, 3_103, 3_104].map((number) => dataset(number))]
    const told = await notices(city.steward, 'harvest.failed')
    const run = await withoutRoles('authority', () => harvest(id, 'real'))
    expect(run).toMatchObject({
      state: 'failed',
      failure: 'not-admitted',
      refusal: {
        article: null,
        condition: { zh: '尚未确定由哪个单位担任市数据主管部门' },
        remedy: { zh: '请平台管理员登记担任该角色的单位' },
      },
      counts: { read: 4, same: 1, added: 0, without: 0 },
    })
    expect(await mine()).toBe(mineBefore)
    const news = (await notices(city.steward, 'harvest.failed')).filter(
      ({ id }: { id: string }) => !told.some((each: { id: string }) => each.id === id),
    )
    expect(news).toHaveLength(1)
    expect(news[0].body.zh).toBe(
      '目录目前不能登记该来源的任何条目。尚未确定由哪个单位担任市数据主管部门。请平台管理员登记担任该角色的单位。目录没有改变。',
    )
    expect(await harvest(id, 'real')).toMatchObject({
      state: 'done',
      counts: { added: 3, same: 1, without: 0 },
    })
  })
})

describe('a source that misbehaves', () => {
  const failing = async (failure: string, more: object = {}) => {
    const id = await register(more)
    const before = await mine()
    const run = await harvest(id, 'try')
    expect(run).toMatchObject({ state: 'failed', failure })
    expect(await mine()).toBe(before)
    return run
  }

  it('is told of with the reason and the page, and changes nothing', async () => {
    remote.misbehave = (_, response) => {
      give(response, 'application/json', '{"success": true, "result"')
      return true
    }
    expect((await failing('malformed')).failedAt).toContain('/api/3/action/package_search')
    remote.misbehave = (_, response) => {
      response.statusCode = 500
      response.end()
      return true
    }
    await failing('refused')
    remote.misbehave = (_, response) => {
      response.destroy()
      return true
    }
    await failing('unreachable')
    remote.misbehave = (_, response) => {
      give(response, 'application/json', ' '.repeat(17 * 1024 * 1024))
      return true
    }
    await failing('too-large')
  })

  it('does not keep a run going by giving the same page again and again', async () => {
    remote.misbehave = (_, response) => {
      const results = [dataset(1), dataset(2)]
      give(response, 'application/json', JSON.stringify({ success: true, result: { results } }))
      return true
    }
    await failing('paging-loop')
    expect(remote.calls.length).toBeLessThan(4)
    remote.misbehave = undefined
    remote.turtle = catalogueInTurtle([{ address: 'urn:x:1', title: '甲' }], `${remote.address}/catalog`)
    await failing('paging-loop', { kind: 'dcat', url: `${remote.address}/catalog` })
  })

  it('that breaks off half-way has changed nothing of what was brought in before', async () => {
    const id = await brought(...Array.from({ length: 120 }, (_, at) => dataset(100 + at)))
    remote.datasets = remote.datasets.map((each) => ({ ...each, notes: '全都改了' }))
    remote.misbehave = (address, response) => {
      if (address.searchParams.get('start') === '0') return false
      response.destroy()
      return true
    }
    expect(await harvest(id, 'real')).toMatchObject({ state: 'failed', failure: 'unreachable' })
    const [one] = await entriesOf(id)
    expect((await city.steward.get(`/api/v1/entries/${one.entryId}`)).body.summary).toBe(
      '第 100 份数据的说明。',
    )
    expect(await entriesOf(id, '&state=gone')).toEqual([])
  })

  it('has its scripts taken out, and what is no entry left out with the reason', async () => {
    remote.datasets = [
      dataset(81, {
        title: '<b>水质</b><script>alert(1)</script>监测',
        notes: '说明 [看](javascript:alert(1)) <img src=x onerror=alert(1)> &lt;script&gt;x&lt;/script&gt;完',
      }),
      dataset(82, { title: '', name: '' }),
      dataset(83, { id: 'with space' }),
      dataset(81),
    ]
    const id = await register()
    const tried = await harvest(id, 'try')
    expect(tried).toMatchObject({ state: 'done', counts: { added: 1, without: 3 } })
    expect(tried.parity.without.map(({ reason }) => reason)).toEqual(['no-title', 'no-id', 'repeated'])
    expect(tried.parity.lost).toContainEqual({ part: 'markup', entries: 1 })
    await harvest(id, 'real')
    const [entry] = await entriesOf(id)
    expect(entry.title).toBe('水质 监测')
    const { summary } = (await city.steward.get(`/api/v1/entries/${entry.entryId}`)).body
    expect(summary).not.toMatch(/[<>]|javascript|alert/)
  })
})

describe('other interfaces', () => {
  it('reads DCAT page by page, only within the same server', async () => {
    const pages: Record<string, string> = {
      '1': catalogueInTurtle([{ address: 'https://o.example/d/1', title: '雨量' }], '/catalog?page=2'),
      '2': catalogueInTurtle(
        [{ address: 'https://o.example/d/2', title: '水位' }],
        'https://o.example/other',
      ),
    }
    remote.misbehave = (address, response) => {
      give(response, 'text/turtle', pages[address.searchParams.get('page') ?? '1']!)
      return true
    }
    const id = await register({ kind: 'dcat', url: `${remote.address}/catalog` })
    await harvest(id, 'try')
    const run = await harvest(id, 'real')
    expect(run).toMatchObject({ state: 'done', counts: { pages: 2, added: 2 } })
    expect(run.parity.groups).toEqual([{ name: '示例水务局', remote: 2, here: 2 }])
    expect((await entriesOf(id)).map(({ title }: { title: string }) => title)).toEqual(['雨量', '水位'])
    expect(await harvest(id, 'real')).toMatchObject({ counts: { same: 2, added: 0, changed: 0 } })
  })
})

describe('tiaoli import', () => {
  let base: string
  beforeAll(async () => {
    base = await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  })
  async function bringIn(...given: string[]) {
    const key = (await city.steward.post('/api/v1/api-keys', { name: '导入' })).body.key
    const printed: string[] = []
    const failed: string[] = []
    const program = new Command().exitOverride()
    importCommands(program, {
      say: (_zh, en) => en,
      print: (line) => void printed.push(line),
      fail: (line) => void failed.push(line),
    })
    await program.parseAsync(['node', 'tiaoli', 'import', ...given, '--url', base, '--key', key])
    return { printed, failed }
  }

  it('says what would come, brings it in, and reports how both catalogues compare', async () => {
    remote.datasets = [dataset(901), dataset(902), dataset(903, { title: '', name: '' })]
    const before = await mine()
    const address = `${remote.address}/site`
    const tried = await bringIn('ckan', address, '--dry-run')
    expect(await mine()).toBe(before)
    expect(tried.printed[1]).toBe(
      'Trial: 2 read, 2 added, 0 changed, 0 to decide, 0 gone at the source, 0 the same, 1 without counterpart',
    )
    const { printed, failed } = await bringIn('ckan', address)
    expect(failed).toEqual([])
    expect(await mine()).toBe(before + 2)
    // The source that the trial registered is used again.
    expect(printed[0]).toBe(tried.printed[0])
    expect(printed.slice(2)).toEqual([
      'Run: 2 read, 2 added, 0 changed, 0 to decide, 0 gone at the source, 0 the same, 1 without counterpart',
      'Parity:',
      '  示例园林局  1 → 1',
      '  示例水务局  1 → 1',
      '  ✗ remote-0903: no title',
      '  − 2  files: only the catalogue is brought in, data are loaded apart',
    ])
  })

  it('reads another platform of this kind with its fields, and by each of its other interfaces', async () => {
    const entryId = await publishEntry(city, {})
    for (const [kind, url, fields] of [
      ['tiaoli', base, 5],
      ['dcat', `${base}/catalog.rdf`, 0],
      ['dcat', `${base}/catalog.jsonld`, 0],
      ['ckan', base, 0],
    ] as const) {
      const id = await register({ kind, url })
      expect(await harvest(id, 'try')).toMatchObject({ state: 'done', counts: { added: 1, without: 0 } })
      expect(await harvest(id, 'real')).toMatchObject({ state: 'done', counts: { added: 1 } })
      expect(await harvest(id, 'real')).toMatchObject({ counts: { same: 1, added: 0, changed: 0 } })
      const [harvested] = await entriesOf(id)
      expect(harvested.entryId).not.toBe(entryId)
      const entry = (await city.steward.get(`/api/v1/entries/${harvested.entryId}`)).body
      expect(entry).toMatchObject({
        title: '企业登记信息',
        theme: 'enterprise',
        updateCycle: 'monthly',
        status: 'draft',
      })
      expect(entry.fields).toHaveLength(fields)
    }
  })

  it('says what was refused and where a source failed', async () => {
    remote.misbehave = (_, response) => {
      give(response, 'text/html', '<p>Not here</p>')
      return true
    }
    const { failed } = await bringIn('ckan', `${remote.address}/elsewhere`)
    expect(failed[0]).toMatch(/^malformed http:.*package_search/)
    expect(failed.at(-1)).toBe('Nothing was written.')
    expect((await bringIn('ckan', 'ftp://data.example.org')).failed).toHaveLength(1)
  })
})
