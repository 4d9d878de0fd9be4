import { cp, rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Filter, Lake, SealedSnapshot, SnapshotReader } from './lake.types.ts'
import { looksThrough } from './scan-engine.ts'
import { ingest, temporaryLake } from './test-kit.ts'

const some: Filter = { field: 'n', operator: 'gt', values: ['3'] }

describe('an engine outside of the process', () => {
  // Nobody listens there: what is answered all the same was answered here.
  const nobody = { url: 'http://127.0.0.1:1', location: 'local:///snapshots', catalog: 'c', schema: 's' }
  let lake: Lake & { remove(): Promise<void> }
  let large: { readonly reader: SnapshotReader; readonly sealed: SealedSnapshot }
  let small: SnapshotReader
  beforeAll(async () => {
    lake = await temporaryLake(() => ({ engine: { ...nobody, answerSeconds: 5, leastRows: 10 } }))
    const csv = (rows: number) => ['n', ...Array.from({ length: rows }, (_, at) => at)].join('\n')
    large = await ingest(lake, csv(10))
    small = (await ingest(lake, csv(9))).reader
  })
  afterAll(() => lake.remove())

  const page = (reader: SnapshotReader, filters: readonly Filter[], descending?: boolean) =>
    reader.page({
      fields: ['n'],
      filters,
      sort: descending === undefined ? [] : [{ field: 'n', descending }],
      limit: 2,
    })
  const unavailable = { code: 'engine-unavailable' }

  it('is asked what looks through a large snapshot, and its silence is said', async () => {
    await expect(page(large.reader, [some])).rejects.toMatchObject(unavailable)
    await expect(page(large.reader, [], true)).rejects.toMatchObject(unavailable)
    const counted = { groupBy: [], measures: [{ operation: 'count' as const }], filters: [], limit: 1 }
    await expect(large.reader.aggregate(counted)).rejects.toMatchObject(unavailable)
    const csv = { fields: [{ field: 'n', title: 'n' }], filters: [some], format: 'csv' as const }
    await expect(large.reader.export(csv)).rejects.toMatchObject(unavailable)
    const { snapshotId } = large.sealed
    const compared = { fields: ['n'], compared: ['n'], filters: [], limit: 1 }
    await expect(lake.diff(snapshotId, small.manifest.snapshotId, compared)).rejects.toMatchObject(
      unavailable,
    )
  })

  it('is not asked for small snapshots, nor for rows in their order', async () => {
    expect((await page(small, [some], true)).rows).toEqual([{ n: 8 }, { n: 7 }])
    expect(await page(large.reader, [])).toMatchObject({ rows: [{ n: 0 }, { n: 1 }], total: 10 })
    const whole = await large.reader.export({
      fields: [{ field: 'n', title: 'n' }],
      filters: [],
      format: 'csv',
    })
    expect(Buffer.concat(await whole.stream.toArray()).toString()).toBe(
      `\ufeffn\r\n${[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${n}\r\n`).join('')}`,
    )
    expect(looksThrough({ filters: [] })).toBe(false)
  })

  it('is not asked for snapshots that were sealed before there was one', async () => {
    const before = await temporaryLake()
    const { sealed } = await ingest(before, 'n\n1\n2\n3\n4\n5')
    await before.close()
    const after = await temporaryLake(() => ({ engine: { ...nobody, answerSeconds: 5, leastRows: 0 } }))
    await cp(
      `${before.folder}/snapshots/${sealed.snapshotId}`,
      `${after.folder}/snapshots/${sealed.snapshotId}`,
      {
        recursive: true,
      },
    )
    expect(await page(await after.reader(sealed.snapshotId), [some])).toMatchObject({ total: 2 })
    await after.remove()
    await rm(before.folder, { recursive: true })
  })

  it('keeps nothing from being destroyed', async () => {
    await lake.removeSnapshot(large.sealed.snapshotId)
    await expect(lake.reader(large.sealed.snapshotId)).rejects.toMatchObject({ code: 'snapshot-missing' })
  })
})
