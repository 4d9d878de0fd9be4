import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ObjectStore } from '../objects/index.ts'
import { openTestStorage, startStorage, type TestStorage } from '../objects/test-storage.ts'
import { createLake, type Lake, type LoadOnto } from './index.ts'
import { ingest, loadRequest, stageBytes } from './test-kit.ts'

let storage: TestStorage
let objects: ObjectStore
const lakes: Lake[] = []
const folders: string[] = []

/** Another node: a folder of its own, and the same storage or none. */
async function node(over: ObjectStore | undefined, cacheBytes = 2 ** 30): Promise<Lake & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-lake-'))
  const lake = await createLake({ folder, ...(over && { objects: { store: over, cacheBytes, node: '' } }) })
  lakes.push(lake)
  folders.push(folder)
  return { ...lake, folder }
}

beforeAll(async () => {
  storage = await startStorage()
  objects = openTestStorage(storage)
})
afterEach(() => storage.fail(undefined))
afterAll(async () => {
  for (const lake of lakes) await lake.close()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
  await storage.stop()
})

const keyed = { keyFields: ['编号'] }
/** 200 rows by key, and one without a key that is refused. */
const rows = `编号,名称\n${Array.from({ length: 200 }, (_, at) => `${at},第${at}行\n`).join('')},无编号\n`

async function change(lake: Lake, snapshotId: string, mode: LoadOnto['mode'], content: string) {
  const staged = await stageBytes(lake, content)
  const profile = await lake.profile(staged)
  const sealed = await lake.load(loadRequest(staged, profile, { ...keyed, onto: { snapshotId, mode } }))
  await lake.keepSnapshot(sealed.snapshotId)
  return sealed.snapshotId
}

const named = async (lake: Lake, snapshotId: string, key: string) =>
  (await (await lake.reader(snapshotId)).lookUp([key], ['名称']))?.名称

const keysUnder = async (...prefixes: string[]) =>
  (await Promise.all(prefixes.map((prefix) => objects.list(prefix)))).flat().map(({ key }) => key)

describe.each([
  ['a folder', () => undefined],
  ['object storage', () => objects],
])('what lasts in %s', (_name, over) => {
  it('is read by key, by page, by group and as a file, and tells what was refused', async () => {
    const lake = await node(over())
    const { sealed } = await ingest(lake, rows, keyed)
    const reader = await lake.reader(sealed.snapshotId)
    expect(await reader.lookUp(['17'], ['名称'])).toEqual({ 名称: '第17行' })
    expect(await reader.lookUp(['200'], ['名称'])).toBeNull()
    const query = { fields: ['编号'], filters: [], sort: [], limit: 3 }
    expect((await reader.page(query)).rows.map(({ 编号 }) => 编号)).toEqual(['0', '1', '10'])
    const counted = { groupBy: [], measures: [{ operation: 'count' as const }], filters: [], limit: 1 }
    expect(await reader.aggregate(counted)).toEqual([{ count: 200 }])
    const file = await reader.export({
      fields: [{ field: '名称', title: '名称' }],
      filters: [],
      format: 'csv',
    })
    expect((await text(file.stream)).trimEnd().split('\n')).toHaveLength(201)
    expect(await text((await reader.refusalReport())!.stream)).toContain('无编号')
  })

  it('is changed, compared, copied and destroyed, and what others share with it stays', async () => {
    const lake = await node(over())
    const first = (await ingest(lake, rows, keyed)).sealed.snapshotId
    const second = await change(lake, first, 'upsert', '编号,名称\n17,改过\n300,新增\n')
    const third = await change(lake, second, 'delete', '编号\n18\n')
    const again = (await lake.copy(second)).snapshotId
    const query = { fields: ['名称'], compared: ['名称'], filters: [], limit: 10 }
    expect(await lake.diff(first, third, query)).toMatchObject({ added: 1, changed: 1, removed: 1 })
    const column = (snapshotId: string) => ({ snapshotId, field: '名称' })
    expect(await lake.overlap(column(first), column(third))).toEqual({ left: 200, right: 200, both: 198 })
    await lake.removeSnapshot(first)
    await lake.removeSnapshot(second)
    await expect(lake.reader(first)).rejects.toMatchObject({ code: 'snapshot-missing' })
    await lake.removeSnapshot(first)
    for (const [id, key, value] of [
      [third, '17', '改过'],
      [third, '18', undefined],
      [third, '19', '第19行'],
      [again, '18', '第18行'],
      [again, '300', '新增'],
    ] as const)
      expect(await named(lake, id, key)).toBe(value)
    expect(await (await lake.reader(again)).refusalReport()).toBeNull()
    await lake.removeSnapshot(again)
    expect(await named(lake, third, '19')).toBe('第19行')
    await lake.removeSnapshot(third)
    const left = await keysUnder('snapshots/', 'files/', 'held/')
    for (const id of [first, second, third, again]) expect(left.filter((key) => key.includes(id))).toEqual([])
  })

  it('keeps files to be collected, whole and in part, until they are removed', async () => {
    const { kept } = await node(over())
    const { signal } = new AbortController()
    const file = await kept.write(
      'export-1',
      Readable.from([Buffer.from('0123'), Buffer.from('456')]),
      signal,
    )
    expect(file.sizeBytes).toBe(7)
    expect(await text(await kept.read('export-1'))).toBe('0123456')
    expect(await text(await kept.read('export-1', { first: 2, last: 4 }))).toBe('234')
    await kept.remove('export-1')
    await expect(kept.read('export-1')).rejects.toMatchObject({ code: 'staged-missing' })
  })
})

describe('several nodes on one storage', () => {
  it('a node that has nothing takes in what came to another, and answers from what that one made', async () => {
    const [first, second] = [await node(objects), await node(objects)]
    const staged = await stageBytes(first, rows)
    const profile = await second.profile(staged)
    const sealed = await first.load(loadRequest(staged, profile, keyed))
    storage.requests()
    expect(await named(second, sealed.snapshotId, '17')).toBe('第17行')
    // A look-up by key fetches what look-ups read, and nothing else.
    const fetched = storage.requests().map((each) => each.split('/').at(-1))
    expect(fetched.toSorted()).toEqual([sealed.snapshotId, 'blocks.jsonl', 'rows.jsonl'].toSorted())
    expect(await named(second, sealed.snapshotId, '18')).toBe('第18行')
    expect(storage.requests()).toEqual([])
    await first.discard(staged)
    await second.catchUp()
    expect(readdirSync(join(second.folder, 'staging'))).toEqual([])
    await expect(second.profile(staged)).rejects.toMatchObject({ code: 'staged-missing' })
  })

  it('what one destroys leaves the disk of the other', async () => {
    const [first, second] = [await node(objects), await node(objects)]
    const { snapshotId } = (await ingest(first, rows, keyed)).sealed
    await named(second, snapshotId, '17')
    const file = join(second.folder, 'cache', 'files', 'files', snapshotId, 'rows.jsonl')
    expect(existsSync(file)).toBe(true)
    await first.removeSnapshot(snapshotId)
    await second.catchUp()
    expect(existsSync(file)).toBe(false)
    await expect(second.reader(snapshotId)).rejects.toMatchObject({ code: 'snapshot-missing' })
  })

  it('a cache that holds next to nothing answers all the same', async () => {
    const maker = await node(objects)
    const ids = [
      (await ingest(maker, rows, keyed)).sealed.snapshotId,
      (await ingest(maker, rows, keyed)).sealed.snapshotId,
    ]
    const reader = await node(objects, 1)
    const asked = Array.from({ length: 20 }, (_, at) => named(reader, ids[at % 2]!, String(at)))
    expect(await Promise.all(asked)).toEqual(asked.map((_, at) => `第${at}行`))
  })
})

describe('when the storage fails', () => {
  it.each(['away', 'cut', 'short', 'changed', 500, 403] as const)(
    'with %s, the question is refused, and answered once it is back',
    async (fault) => {
      const { snapshotId } = (await ingest(await node(objects), rows, keyed)).sealed
      const reader = await node(objects)
      storage.fail((request) => (request.includes('/rows.') ? fault : undefined))
      await expect(named(reader, snapshotId, '17')).rejects.toMatchObject({ name: 'ObjectError' })
      const query = { fields: ['编号'], filters: [], sort: [], limit: 3 }
      const page = (await reader.reader(snapshotId)).page(query)
      await expect(page).rejects.toMatchObject({ name: 'ObjectError' })
      storage.fail(undefined)
      expect(await named(reader, snapshotId, '17')).toBe('第17行')
    },
  )

  it('a file that cannot be stored is not taken in', async () => {
    const lake = await node(objects)
    storage.fail((request) => (request.startsWith('PUT staged/') ? 500 : undefined))
    await expect(stageBytes(lake, rows)).rejects.toMatchObject({ code: 'storage-away' })
    expect(readdirSync(join(lake.folder, 'staging'))).toEqual([])
  })

  /** Ends the line for good after so many requests, as for a process that is killed. */
  const endAfter = (requests: number) => {
    let left = requests
    storage.fail(() => (left-- > 0 ? undefined : 'away'))
  }

  it('a change that is cut off anywhere leaves the earlier rows, and nothing of its own after a sweep', async () => {
    const lake = await node(objects)
    const base = (await ingest(lake, rows, keyed)).sealed.snapshotId
    await lake.keepSnapshot(base)
    const staged = await stageBytes(lake, '编号,名称\n17,改过\n')
    const profile = await lake.profile(staged)
    const onto = { snapshotId: base, mode: 'upsert' as const }
    const swept = () => lake.sweep(new Set([staged.path]), undefined, async (id) => id === base)
    await swept()
    const before = await keysUnder('snapshots/', 'files/', 'held/')
    for (let requests = 0; ; requests++) {
      endAfter(requests)
      const outcome = await lake.load(loadRequest(staged, profile, { ...keyed, onto })).then(
        ({ snapshotId }) => snapshotId,
        (error: unknown) => error,
      )
      storage.fail(undefined)
      if (typeof outcome === 'string') {
        expect(requests).toBeGreaterThan(5)
        // Whole, but nobody ever said that it is live.
        expect(await named(lake, outcome, '17')).toBe('改过')
      } else expect(outcome).toMatchObject({ name: 'ObjectError', code: 'storage-away' })
      await swept()
      expect(await keysUnder('snapshots/', 'files/', 'held/', 'unfinished/')).toEqual(before)
      expect(await named(lake, base, '17')).toBe('第17行')
      if (typeof outcome === 'string') return
    }
  })

  it('a destruction that is cut off anywhere is ended by a sweep', async () => {
    const lake = await node(objects)
    const base = (await ingest(lake, rows, keyed)).sealed.snapshotId
    await lake.keepSnapshot(base)
    for (let requests = 0; ; requests++) {
      const doomed = (await lake.copy(base)).snapshotId
      await lake.keepSnapshot(doomed)
      endAfter(requests)
      const ended = await lake.removeSnapshot(doomed).then(
        () => true,
        () => false,
      )
      storage.fail(undefined)
      const begun = (await keysUnder('unfinished/')).length > 0
      await lake.sweep(new Set(), undefined, async () => false)
      if (begun || ended) {
        const left = await keysUnder('snapshots/', 'files/', 'held/', 'unfinished/')
        expect(left.filter((key) => key.includes(doomed))).toEqual([])
      } else {
        expect(await named(lake, doomed, '17')).toBe('第17行')
        await lake.removeSnapshot(doomed)
      }
      expect(await named(lake, base, '17')).toBe('第17行')
      if (ended) return
    }
  })
})
