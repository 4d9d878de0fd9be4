import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectProblem } from '../kit/problem.ts'
import { type HarvestingCity, noticesOf, openHarvestingCity, sources } from './harvesting-city.ts'
import { dataset, give } from './remote-catalogue.ts'

let city: HarvestingCity

beforeAll(async () => {
  city = await openHarvestingCity()
})
afterAll(() => city.close())
beforeEach(() => city.remote.forget())

describe('bringing in', () => {
  it('is refused before a trial, which says what would come and writes nothing', async () => {
    city.remote.datasets = [1, 2, 3].map((number) => dataset(number))
    const id = await city.register()
    expect(expectProblem(await city.steward.post(`${sources}/${id}/runs`, { mode: 'real' }))).toBe(
      'act-not-available',
    )
    const before = await city.mine()
    const tried = await city.harvest(id, 'try')
    expect(tried).toMatchObject({ state: 'done', counts: { read: 3, added: 3, same: 0, without: 0 } })
    expect(tried.examples.added[0]).toEqual({ remoteId: 'remote-0001', title: '外部数据集1' })
    expect(tried.parity.groups).toEqual([
      { name: '示例园林局', remote: 2, here: 2 },
      { name: '示例水务局', remote: 1, here: 1 },
    ])
    expect(tried.parity.lost).toEqual([{ part: 'resources', entries: 3 }])
    expect(await city.mine()).toBe(before)
    expect(await city.entriesOf(id)).toEqual([])
  })

  it('makes drafts of the body, on record, told once; a second run changes nothing', async () => {
    const before = await city.mine()
    const id = await city.brought(...[11, 12, 13, 14].map((number) => dataset(number)))
    expect(await city.mine()).toBe(before + 4)
    const [first] = await city.entriesOf(id)
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
    const told = await noticesOf(city.steward, 'harvest.done')
    const again = await city.harvest(id, 'real')
    expect(again).toMatchObject({ state: 'done', counts: { read: 4, same: 4, added: 0, changed: 0 } })
    expect(await city.mine()).toBe(before + 4)
    expect((await city.steward.get(`/api/v1/entries/${first.entryId}`)).body.version).toBe(entry.version)
    expect(await noticesOf(city.steward, 'harvest.done')).toHaveLength(told.length)
  })

  it('lets an untouched draft follow its source, and puts what people worked on to the department', async () => {
    const id = await city.brought(dataset(21), dataset(22), dataset(23))
    const [followed, worked] = await city.entriesOf(id)
    const { version } = (await city.steward.get(`/api/v1/entries/${worked.entryId}`)).body
    const own = { summary: '本单位改写的摘要。', version }
    expect((await city.steward.patch(`/api/v1/entries/${worked.entryId}`, own)).status).toBe(200)
    city.remote.datasets = [
      dataset(21, { notes: '来源改了。' }),
      dataset(22, { title: '来源改了标题' }),
      // What nobody takes is no change.
      dataset(23, { metadata_modified: '2026-09-01T00:00:00', resources: dataset(23).resources }),
    ]
    expect(await city.harvest(id, 'try')).toMatchObject({ counts: { changed: 1, differing: 1, same: 1 } })
    expect(await city.harvest(id, 'real')).toMatchObject({ counts: { changed: 1, differing: 1, same: 1 } })
    expect((await city.steward.get(`/api/v1/entries/${followed.entryId}`)).body.summary).toBe('来源改了。')
    expect((await city.steward.get(`/api/v1/entries/${worked.entryId}`)).body.title).toBe('外部数据集22')
    expect((await city.entriesOf(id, '&state=differs'))[0]).toMatchObject({
      entryId: worked.entryId,
      differences: [{ part: 'title', before: '外部数据集22', after: '来源改了标题' }],
    })
    // Told once: the same difference is none the next time.
    expect(await city.harvest(id, 'real')).toMatchObject({ counts: { changed: 0, differing: 0, same: 3 } })
    const decisions = `${sources}/${id}/entries/${worked.entryId}/decisions`
    expect(expectProblem(await city.admin.post(decisions, { decision: 'take' }))).toBe('not-found')
    expect((await city.steward.post(decisions, { decision: 'take' })).body.state).toBe('same')
    expect((await city.steward.get(`/api/v1/entries/${worked.entryId}`)).body).toMatchObject({
      title: '来源改了标题',
      summary: '本单位改写的摘要。',
    })
    expect(expectProblem(await city.steward.post(decisions, { decision: 'take' }))).toBe('act-not-available')
  })

  it('keeps what the source has no more until the department decides', async () => {
    const id = await city.brought(dataset(31), dataset(32))
    city.remote.datasets = [dataset(31)]
    expect(await city.harvest(id, 'real')).toMatchObject({ state: 'done', counts: { withdrawn: 1, same: 1 } })
    const [gone] = await city.entriesOf(id, '&state=gone')
    expect((await city.steward.get(`/api/v1/entries/${gone.entryId}`)).body.status).toBe('draft')
    const decisions = `${sources}/${id}/entries/${gone.entryId}/decisions`
    expect(expectProblem(await city.steward.post(decisions, { decision: 'take' }))).toBe('act-not-available')
    expect((await city.steward.post(decisions, { decision: 'keep' })).body.state).toBe('left')
    city.remote.datasets = [dataset(31), dataset(32)]
    expect(await city.harvest(id, 'real')).toMatchObject({ counts: { same: 2, added: 0 } })
    expect((await city.entriesOf(id, '&state=same')).length).toBe(2)
  })

  it('does nothing where too much would go, tells those concerned, and goes on when somebody says so', async () => {
    const id = await city.brought(...[41, 42, 43, 44, 45, 46].map((number) => dataset(number)))
    const before = await city.mine()
    for (const [now, gone] of [
      [[], 6],
      // Numbered anew: everything would go and come again.
      [[71, 72, 73, 74, 75, 76].map((number) => dataset(number)), 6],
      [[41, 42, 43].map((number) => dataset(number)), 3],
    ] as const) {
      city.remote.datasets = [...now]
      const told = (await noticesOf(city.steward, 'harvest.held-back')).length
      expect(await city.harvest(id, 'real')).toMatchObject({
        state: 'held-back',
        counts: { withdrawn: gone, added: 0 },
      })
      expect((await noticesOf(city.steward, 'harvest.held-back')).length).toBe(told + 1)
      expect(await city.mine()).toBe(before)
      expect(await city.entriesOf(id, '&state=gone')).toEqual([])
    }
    const accepted = await city.harvest(id, 'real', { acceptWithdrawals: true })
    expect(accepted).toMatchObject({ state: 'done', counts: { withdrawn: 3 } })
    expect(await city.entriesOf(id, '&state=gone')).toHaveLength(3)
  })

  it('reads by its schedule once it has been brought in by hand, and twice at once never', async () => {
    city.remote.datasets = [dataset(51)]
    const id = await city.register({ everyHours: 24 })
    expect((await city.steward.get(`${sources}/${id}`)).body.nextRunAt).toBeNull()
    await city.harvest(id, 'try')
    await city.harvest(id, 'real')
    expect((await city.steward.get(`${sources}/${id}`)).body.nextRunAt).toBe('2026-09-02T02:00:00.000Z')
    city.remote.datasets = [dataset(51), dataset(52)]
    city.at('2026-09-02T02:00:01Z')
    await city.settle()
    const { runs, nextRunAt } = (await city.steward.get(`${sources}/${id}`)).body
    expect(runs[0]).toMatchObject({ askedBy: null, state: 'done', counts: { added: 1, same: 1 } })
    expect(nextRunAt).toBe('2026-09-03T02:00:01.000Z')
    // The source does not answer until both have asked: the first must not have ended by then.
    const waiting: (() => void)[] = []
    city.remote.misbehave = (_, response) => {
      waiting.push(() => give(response, 'application/json', '{"success":false}'))
      return true
    }
    const [one, other] = await Promise.all([
      city.steward.post(`${sources}/${id}/runs`, { mode: 'try' }),
      city.steward.post(`${sources}/${id}/runs`, { mode: 'try' }),
    ])
    expect([one.status, other.status].sort()).toEqual([202, 409])
    city.remote.misbehave = undefined
    for (const answer of waiting) answer()
    await city.settle()
  })

  it('goes on where a run was broken off, and an old execution of it writes no more', async () => {
    city.remote.datasets = [dataset(61), dataset(62)]
    const id = await city.register()
    await city.harvest(id, 'try')
    const { runner } = city.house.harvesting
    const asked = await city.steward.post(`${sources}/${id}/runs`, { mode: 'real' })
    const stop = new AbortController()
    let first: Promise<void> | undefined
    // While the first execution waits for a page, a second one takes its place.
    city.remote.misbehave = (_, response) => {
      if (first === undefined) return false
      city.remote.misbehave = undefined
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
    expect((await city.entriesOf(id)).map(({ remoteId }: { remoteId: string }) => remoteId)).toEqual([
      'remote-0061',
      'remote-0062',
    ])
  })
})
