import type { HarvestRun } from '@tiaoli/contract/harvesting'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HarvestingCity, openHarvestingCity, sources } from './harvesting-city.ts'
import { dataset } from './remote-catalogue.ts'

let city: HarvestingCity

beforeAll(async () => {
  city = await openHarvestingCity()
})
afterAll(() => city.close())
beforeEach(() => city.remote.forget())

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
    city.remote.datasets = Array.from({ length: 105 }, (_, at) => dataset(1_000 + at))
    const id = await city.register()
    await city.harvest(id, 'try')
    await failAt({ 外部数据集1050: '22023' })
    const run = await city.harvest(id, 'real')
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
    expect(await city.harvest(id, 'real')).toMatchObject({
      counts: { added: 0, changed: 0, same: 104, without: 1 },
    })
    await failNoMore()
    expect(await city.harvest(id, 'real')).toMatchObject({ counts: { added: 1, same: 104, without: 0 } })
    const { items } = (await city.steward.get('/api/v1/entries?scope=mine&q=外部数据集1050&limit=1')).body
    expect(items).toMatchObject([{ title: '外部数据集1050', status: 'draft' }])
    expect(await recordsOf(id)).toEqual({ entries: 105, cases: 105, records: 105 })
    // Changed together, one of them cannot be kept either: the others follow.
    city.remote.datasets = city.remote.datasets.map((each) => ({ ...each, notes: '全都改了。' }))
    await city.house.database.script(`
      create function fail_at_entry() returns trigger language plpgsql as $$
      begin raise exception 'the store fails here' using errcode = '54000'; end $$;
      create trigger fail_at_entry before update of content on entry for each row
        when (new.title = '外部数据集1050') execute function fail_at_entry();`)
    const changed = await city.harvest(id, 'real')
    await failNoMore()
    expect(changed).toMatchObject({ state: 'done', counts: { changed: 104, differing: 0, without: 1 } })
    expect(await city.harvest(id, 'real')).toMatchObject({ counts: { changed: 1, same: 104, without: 0 } })
  })

  it('stay where the platform fails half-way, and the run goes on with the others', async () => {
    city.remote.datasets = Array.from({ length: 190 }, (_, at) => dataset(2_000 + at))
    const id = await city.register()
    await city.harvest(id, 'try')
    await failAt({ 外部数据集2050: '22023', 外部数据集2150: '53100' })
    const broken = await city.harvest(id, 'real')
    expect(broken).toMatchObject({ state: 'writing', counts: { read: 190, added: 99, without: 1 } })
    expect(await recordsOf(id)).toEqual({ entries: 99, cases: 99, records: 99 })
    const asked = city.remote.calls.length
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
    expect(city.remote.calls.length).toBe(asked)
  })
})
