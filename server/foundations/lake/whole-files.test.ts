import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createLake } from './index.ts'
import type { ExportFormat, ExportQuery, SnapshotReader } from './lake.types.ts'
import { ingest, temporaryLake } from './test-kit.ts'

const rows = 10_000
const megabyte = 2 ** 20

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake(() => ({ wholeFilesBytes: 4 * megabyte }))
})
afterAll(() => lake.remove())

const linesOf = (title: string, count = rows) =>
  ['编号,名称', ...Array.from({ length: count }, (_, n) => `${n},${title}${n}`), ''].join('\n')
const fields = ['编号', '名称'].map((field) => ({ field, title: field }))
const bytesOf = async (reader: SnapshotReader, query: Partial<ExportQuery> = {}) =>
  buffer((await reader.export({ fields, filters: [], format: 'csv', ...query })).stream)
const kept = async (): Promise<string[]> => {
  const temp = join(lake.folder, 'temp')
  const [folder] = (await readdir(temp)).filter((name) => name.startsWith(`whole-${hostname()}`))
  return folder === undefined ? [] : readdir(join(temp, folder))
}
/** With its rows gone a snapshot gives nothing but what was kept. */
async function withoutRows(
  title: string,
  before: (reader: SnapshotReader) => Promise<unknown>,
  count = rows,
) {
  const { reader, sealed } = await ingest(lake, linesOf(title, count))
  await before(reader)
  const folder = join(lake.folder, 'snapshots', sealed.snapshotId)
  expect(existsSync(folder)).toBe(true)
  for (const name of await readdir(folder))
    if (name.endsWith('.parquet')) await rm(join(folder, name), { force: true })
  return { reader, sealed }
}

it('keeps no file with filters, masks or marks, none that broke off, and none of a few rows', async () => {
  const filters: ExportQuery['filters'] = [{ field: '编号', operator: 'gte', values: ['0'] }]
  const special: Partial<ExportQuery>[] = [
    { filters },
    { transform: (row) => row },
    { marks: { mark: 'abcdef012345abcdef012345', hand: '0123456789abcdef' } },
  ]
  const { reader } = await withoutRows('甲', async (reader) => {
    for (const each of special) await bytesOf(reader, each)
    const { stream } = await reader.export({ fields, filters: [], format: 'json' })
    for await (const _ of stream) break
    const given = new AbortController()
    await reader.export({ fields, filters: [], format: 'ndjson', signal: given.signal })
    given.abort()
  })
  await vi.waitFor(async () => expect(await kept()).toEqual([]))
  for (const each of [...special, {}, { format: 'json' as const }])
    await expect(bytesOf(reader, each)).rejects.toThrow()

  const few = await withoutRows('乙', (reader) => bytesOf(reader), rows - 1)
  await expect(bytesOf(few.reader)).rejects.toThrow()
})

it.each<ExportFormat>(['csv', 'json', 'ndjson', 'xlsx', 'parquet'])(
  'gives a whole file as %s again as it was made, without making it, until its snapshot goes',
  async (format) => {
    let first = Buffer.of()
    const { reader, sealed } = await withoutRows('丙', async (reader) => {
      first = await bytesOf(reader, { format })
    })
    expect(first.length).toBeGreaterThan(rows)
    for (let more = 0; more < 2; more++) expect((await bytesOf(reader, { format })).equals(first)).toBe(true)
    // Other fields are another file.
    await expect(bytesOf(reader, { format, fields: fields.slice(1) })).rejects.toThrow()
    await lake.removeSnapshot(sealed.snapshotId)
    await expect(bytesOf(reader, { format })).rejects.toThrow()
    await vi.waitFor(async () => expect(await kept()).toEqual([]))
  },
)

it('makes a file anew where somebody has emptied the folder', async () => {
  const { reader } = await ingest(lake, linesOf('丁'))
  const first = await bytesOf(reader)
  const temp = join(lake.folder, 'temp')
  for (const name of await readdir(temp)) await rm(join(temp, name), { recursive: true })
  expect((await bytesOf(reader)).equals(first)).toBe(true)
  expect(await kept()).toHaveLength(1)
  await lake.removeSnapshot(reader.manifest.snapshotId)
})

it('keeps none of more than a quarter of the room, and takes out what was not asked for the longest', async () => {
  const large = await withoutRows('己'.repeat(60), (reader) => bytesOf(reader))
  expect(await kept()).toEqual([])
  await expect(bytesOf(large.reader)).rejects.toThrow()

  const sized = (letter: string) =>
    withoutRows(letter.repeat(60), async (reader) => {
      expect((await bytesOf(reader)).length / megabyte).toBeCloseTo(0.65, 1)
    })
  const six: SnapshotReader[] = []
  for (const letter of ['a', 'b', 'c', 'd', 'e', 'f']) {
    six.push((await sized(letter)).reader)
    // The first is asked for again and again.
    await bytesOf(six[0]!)
  }
  expect(await kept()).toHaveLength(5)
  const [first, second, third] = six
  for (const stays of [first, third]) expect((await bytesOf(stays!)).length).toBeGreaterThan(0)
  await expect(bytesOf(second!)).rejects.toThrow()
})

it('gives no file of a snapshot that another process has destroyed, and keeps none', async () => {
  const other = await createLake({ folder: lake.folder })
  try {
    const { reader, sealed } = await ingest(lake, linesOf('庚'))
    expect((await bytesOf(reader)).length).toBeGreaterThan(rows)
    expect(await kept()).toContainEqual(expect.stringMatching(/^[0-9a-f]{64}$/))
    const before = await kept()
    await other.removeSnapshot(sealed.snapshotId)
    await expect(bytesOf(reader)).rejects.toThrow()
    expect((await kept()).length).toBe(before.length - 1)
  } finally {
    await other.close()
  }
})

it('takes the files of snapshots that are gone from the disk in time, though nobody asks for them', async () => {
  const other = await createLake({ folder: lake.folder })
  try {
    const { reader, sealed } = await ingest(lake, linesOf('辛'))
    await bytesOf(reader)
    const before = await kept()
    await other.removeSnapshot(sealed.snapshotId)
    await lake.catchUp()
    expect((await kept()).length).toBe(before.length - 1)
  } finally {
    await other.close()
  }
})

it('keeps no file that was still going out when its snapshot went', async () => {
  const { reader, sealed } = await ingest(lake, linesOf('壬'))
  const before = await kept()
  const { stream } = await reader.export({ fields, filters: [], format: 'csv' })
  const going = stream[Symbol.asyncIterator]()
  await going.next()
  await lake.removeSnapshot(sealed.snapshotId)
  // The engine has the file open and may read it to its end, or not.
  for (let done = false; !done; ) done = (await going.next().catch(() => ({ done: true }))).done ?? false
  await vi.waitFor(async () => expect(await kept()).toEqual(before))
})

it('takes away what a process that was killed has left', async () => {
  const temp = join(lake.folder, 'temp')
  const ended = spawnSync(process.execPath, ['--eval', '']).pid
  const left = join(temp, `whole-${hostname()}-${ended}-left`)
  const anothers = join(temp, `whole-elsewhere-${ended}-left`)
  for (const folder of [left, anothers]) await mkdir(folder)
  await (await createLake({ folder: lake.folder })).close()
  expect([existsSync(left), existsSync(anothers)]).toEqual([false, true])
  await rm(anothers, { recursive: true })
})
