import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, callerOf } from '../kit/caller.ts'
import { cityPassword } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { type HarvestingCity, noticesOf, openHarvestingCity, sources } from './harvesting-city.ts'
import { catalogueInTurtle, dataset, give } from './remote-catalogue.ts'

let city: HarvestingCity

beforeAll(async () => {
  city = await openHarvestingCity()
})
afterAll(() => city.close())
beforeEach(() => city.remote.forget())

describe('who may', () => {
  it('is an administrator for any body, a data steward for their own, and nobody else', async () => {
    for (const caller of [city.authority, city.citizen]) {
      expect(expectProblem(await caller.get(sources))).toBe('not-allowed')
      expect(expectProblem(await caller.post(sources, city.words()))).toBe('not-allowed')
    }
    expect(expectProblem(await city.visitor.get(sources))).toBe('not-signed-in')
    expect(
      expectProblem(await city.steward.post(sources, { ...city.words(), organisationId: 'civil' })),
    ).toBe('not-allowed')
    expect(expectProblem(await city.admin.post(sources, { ...city.words(), organisationId: 'nobody' }))).toBe(
      'content-incomplete',
    )
    const id = await city.register({ organisationId: 'civil' }, city.admin)
    expect(expectProblem(await city.steward.get(`${sources}/${id}`))).toBe('not-found')
    expect((await city.user.get(`${sources}/${id}`)).body.acts).toEqual(['change', 'run', 'decide'])
    expect((await city.admin.get(`${sources}/${id}`)).body.acts).toEqual(['change', 'run'])
  })

  it('is refused what is no address, and what the platform may not call', async () => {
    for (const url of ['ftp://data.example.org', 'http://name:word@data.example.org', 'nothing'])
      expect(expectProblem(await city.steward.post(sources, { ...city.words(), url }))).toBe(
        'content-incomplete',
      )
    const id = await city.register({ url: 'http://169.254.169.254/latest' })
    expect(await city.harvest(id, 'try')).toMatchObject({ state: 'failed', failure: 'address-not-allowed' })
  })

  it('is refused a change by whoever has not seen the last one', async () => {
    const id = await city.register()
    expect((await city.steward.patch(`${sources}/${id}`, { name: '改名', version: 1 })).body.version).toBe(2)
    const late = await city.steward.patch(`${sources}/${id}`, { name: '又改', version: 1 })
    expect(expectProblem(late)).toBe('changed-meanwhile')
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
    city.remote.datasets = [dataset(3_001), dataset(3_002)]
    const id = await city.register()
    const tried = await withoutRoles('market', () => city.harvest(id, 'try'))
    expect(tried).toMatchObject({
      state: 'failed',
      failure: 'not-admitted',
      refusal: { article: 'CQ-22.1-a', condition: { zh: expect.stringContaining('不收录本单位的数据') } },
      counts: { read: 0, added: 0, without: 0 },
      parity: { groups: [], without: [] },
    })
    expect((await city.steward.get(`${sources}/${id}`)).body.tried).toBe(false)
    expect(await city.harvest(id, 'try')).toMatchObject({ state: 'done', counts: { added: 2 } })
  })

  it('ends a run by the schedule whose person in charge has left, until a steward has it read by hand', async () => {
    const account = { username: 'leaving', password: cityPassword }
    await city.house.identity.createUser({
      ...{ ...account, name: '示例离任人员', organisationId: 'market', powers: ['steward'] },
    })
    const leaving = await callerOf(city.house, account)
    city.remote.datasets = [dataset(3_201)]
    const id = await city.register({ everyHours: 24 }, leaving)
    await city.harvest(id, 'try')
    await city.harvest(id, 'real')
    expect((await city.steward.get(`${sources}/${id}`)).body.registeredBy).toBe('示例离任人员')
    const userId = (await leaving.get('/api/v1/session')).body.user.id
    const left = await city.admin.post(`/api/v1/people/${userId}/powers`, {
      ...{ powers: ['requester'], reasons: '岗位调整' },
    })
    expect(left.status, left.text).toBe(200)
    city.remote.datasets = [dataset(3_201), dataset(3_202)]
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
      (await noticesOf(caller, 'harvest.failed')).filter(({ link }: { link: string }) => link.includes(id))
    expect(await ofIt(city.steward)).toHaveLength(1)
    // The change of powers ended the session.
    expect(await ofIt(await callerOf(city.house, account))).toEqual([])
    expect(await city.harvest(id, 'real')).toMatchObject({ state: 'done', counts: { added: 1, same: 1 } })
    const entrusted = await city.authority.get('/api/v1/records?kind=harvest.source-entrusted')
    expect(entrusted.body.items).toHaveLength(1)
    const { registeredBy } = (await city.steward.get(`${sources}/${id}`)).body
    expect(registeredBy).not.toBe('示例离任人员')
    expect(await due()).toMatchObject({ askedBy: null, state: 'done', counts: { same: 2 } })
  })

  it('ends a run once where no case can be opened; the next one brings what is missing', async () => {
    const id = await city.brought(dataset(3_101))
    const mineBefore = await city.mine()
    city.remote.datasets = [
      ...city.remote.datasets,
      ...[3_102, 3_103, 3_104].map((number) => dataset(number)),
    ]
    const told = await noticesOf(city.steward, 'harvest.failed')
    const run = await withoutRoles('authority', () => city.harvest(id, 'real'))
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
    expect(await city.mine()).toBe(mineBefore)
    const news = (await noticesOf(city.steward, 'harvest.failed')).filter(
      ({ id }: { id: string }) => !told.some((each: { id: string }) => each.id === id),
    )
    expect(news).toHaveLength(1)
    expect(news[0].body.zh).toBe(
      '目录目前不能登记该来源的任何条目。尚未确定由哪个单位担任市数据主管部门。请平台管理员登记担任该角色的单位。目录没有改变。',
    )
    expect(await city.harvest(id, 'real')).toMatchObject({
      state: 'done',
      counts: { added: 3, same: 1, without: 0 },
    })
  })
})

describe('a source that misbehaves', () => {
  const failing = async (failure: string, more: object = {}) => {
    const id = await city.register(more)
    const before = await city.mine()
    const run = await city.harvest(id, 'try')
    expect(run).toMatchObject({ state: 'failed', failure })
    expect(await city.mine()).toBe(before)
    return run
  }

  it('is told of with the reason and the page, and changes nothing', async () => {
    city.remote.misbehave = (_, response) => {
      give(response, 'application/json', '{"success": true, "result"')
      return true
    }
    expect((await failing('malformed')).failedAt).toContain('/api/3/action/package_search')
    city.remote.misbehave = (_, response) => {
      response.statusCode = 500
      response.end()
      return true
    }
    await failing('refused')
    city.remote.misbehave = (_, response) => {
      response.destroy()
      return true
    }
    await failing('unreachable')
    city.remote.misbehave = (_, response) => {
      give(response, 'application/json', ' '.repeat(17 * 1024 * 1024))
      return true
    }
    await failing('too-large')
  })

  it('does not keep a run going by giving the same page again and again', async () => {
    city.remote.misbehave = (_, response) => {
      const results = [dataset(1), dataset(2)]
      give(response, 'application/json', JSON.stringify({ success: true, result: { results } }))
      return true
    }
    await failing('paging-loop')
    expect(city.remote.calls.length).toBeLessThan(4)
    city.remote.misbehave = undefined
    city.remote.turtle = catalogueInTurtle(
      [{ address: 'urn:x:1', title: '甲' }],
      `${city.remote.address}/catalog`,
    )
    await failing('paging-loop', { kind: 'dcat', url: `${city.remote.address}/catalog` })
  })

  it('that breaks off half-way has changed nothing of what was brought in before', async () => {
    const id = await city.brought(...Array.from({ length: 120 }, (_, at) => dataset(100 + at)))
    city.remote.datasets = city.remote.datasets.map((each) => ({ ...each, notes: '全都改了' }))
    city.remote.misbehave = (address, response) => {
      if (address.searchParams.get('start') === '0') return false
      response.destroy()
      return true
    }
    expect(await city.harvest(id, 'real')).toMatchObject({ state: 'failed', failure: 'unreachable' })
    const [one] = await city.entriesOf(id)
    expect((await city.steward.get(`/api/v1/entries/${one.entryId}`)).body.summary).toBe(
      '第 100 份数据的说明。',
    )
    expect(await city.entriesOf(id, '&state=gone')).toEqual([])
  })

  it('has its scripts taken out, and what is no entry left out with the reason', async () => {
    city.remote.datasets = [
      dataset(81, {
        title: '<b>水质</b><script>alert(1)</script>监测',
        notes: '说明 [看](javascript:alert(1)) <img src=x onerror=alert(1)> &lt;script&gt;x&lt;/script&gt;完',
      }),
      dataset(82, { title: '', name: '' }),
      dataset(83, { id: 'with space' }),
      dataset(81),
    ]
    const id = await city.register()
    const tried = await city.harvest(id, 'try')
    expect(tried).toMatchObject({ state: 'done', counts: { added: 1, without: 3 } })
    expect(tried.parity.without.map(({ reason }) => reason)).toEqual(['no-title', 'no-id', 'repeated'])
    expect(tried.parity.lost).toContainEqual({ part: 'markup', entries: 1 })
    await city.harvest(id, 'real')
    const [entry] = await city.entriesOf(id)
    expect(entry.title).toBe('水质 监测')
    const { summary } = (await city.steward.get(`/api/v1/entries/${entry.entryId}`)).body
    expect(summary).not.toMatch(/[<>]|javascript|alert/)
  })
})
