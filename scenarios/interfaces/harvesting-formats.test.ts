import { importCommands } from '@tiaoli/cli/import.commands'
import { Command } from 'commander'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import { type HarvestingCity, openHarvestingCity } from './harvesting-city.ts'
import { catalogueInTurtle, dataset, give } from './remote-catalogue.ts'

let city: HarvestingCity

beforeAll(async () => {
  city = await openHarvestingCity()
})
afterAll(() => city.close())
beforeEach(() => city.remote.forget())

describe('other interfaces', () => {
  it('reads DCAT page by page, only within the same server', async () => {
    const pages: Record<string, string> = {
      '1': catalogueInTurtle([{ address: 'https://o.example/d/1', title: '雨量' }], '/catalog?page=2'),
      '2': catalogueInTurtle(
        [{ address: 'https://o.example/d/2', title: '水位' }],
        'https://o.example/other',
      ),
    }
    city.remote.misbehave = (address, response) => {
      give(response, 'text/turtle', pages[address.searchParams.get('page') ?? '1']!)
      return true
    }
    const id = await city.register({ kind: 'dcat', url: `${city.remote.address}/catalog` })
    await city.harvest(id, 'try')
    const run = await city.harvest(id, 'real')
    expect(run).toMatchObject({ state: 'done', counts: { pages: 2, added: 2 } })
    expect(run.parity.groups).toEqual([{ name: '示例水务局', remote: 2, here: 2 }])
    expect((await city.entriesOf(id)).map(({ title }: { title: string }) => title)).toEqual(['雨量', '水位'])
    expect(await city.harvest(id, 'real')).toMatchObject({ counts: { same: 2, added: 0, changed: 0 } })
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
    city.remote.datasets = [dataset(901), dataset(902), dataset(903, { title: '', name: '' })]
    const before = await city.mine()
    const address = `${city.remote.address}/site`
    const tried = await bringIn('ckan', address, '--dry-run')
    expect(await city.mine()).toBe(before)
    expect(tried.printed[1]).toBe(
      'Trial: 2 read, 2 added, 0 changed, 0 to decide, 0 gone at the source, 0 the same, 1 without counterpart',
    )
    const { printed, failed } = await bringIn('ckan', address)
    expect(failed).toEqual([])
    expect(await city.mine()).toBe(before + 2)
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
      const id = await city.register({ kind, url })
      expect(await city.harvest(id, 'try')).toMatchObject({ state: 'done', counts: { added: 1, without: 0 } })
      expect(await city.harvest(id, 'real')).toMatchObject({ state: 'done', counts: { added: 1 } })
      expect(await city.harvest(id, 'real')).toMatchObject({ counts: { same: 1, added: 0, changed: 0 } })
      const [harvested] = await city.entriesOf(id)
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
    city.remote.misbehave = (_, response) => {
      give(response, 'text/html', '<p>Not here</p>')
      return true
    }
    const { failed } = await bringIn('ckan', `${city.remote.address}/elsewhere`)
    expect(failed[0]).toMatch(/^malformed http:.*package_search/)
    expect(failed.at(-1)).toBe('Nothing was written.')
    expect((await bringIn('ckan', 'ftp://data.example.org')).failed).toHaveLength(1)
  })
})
