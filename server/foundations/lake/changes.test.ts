import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoadOnto, SnapshotPart } from './lake.types.ts'
import { partsKept } from './parts.ts'
import { snapshotFolder } from './snapshot-folder.ts'
import { ingest, temporaryLake } from './test-kit.ts'

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake()
})
afterAll(() => lake.remove())

type Table = Map<string, string>

const csv = (rows: Iterable<readonly [string, string]>): string =>
  `code,name\n${[...rows].map(([code, name]) => `${code},${name}\n`).join('')}`
const text = (source: string) => ({ source, field: source, type: 'text' as const, required: false })
const columns = [text('code'), text('name')]
const keyed = { keyFields: ['code'], columns }
const onto = (snapshotId: string, mode: LoadOnto['mode']) => ({
  keyFields: ['code'],
  columns: mode === 'delete' ? [text('code')] : columns,
  onto: { snapshotId, mode },
})

/** All rows of a snapshot, read page after page. */
async function walk(snapshotId: string): Promise<string[]> {
  const reader = await lake.reader(snapshotId)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query = { fields: ['code', 'name'], filters: [], sort: [], limit: 7 }
    const page = await reader.page({ ...query, ...(cursor !== undefined && { cursor }) })
    expect(page.total).toBe(reader.manifest.rows)
    seen.push(...page.rows.map(({ code, name }) => `${code}=${name}`))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return seen
}

const linesOf = (table: Table) => [...table].map(([code, name]) => `${code}=${name}`).toSorted()

/** The same numbers in every run. */
function sequence(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}

describe('rows that change an earlier snapshot', () => {
  it('give what a table would hold, whatever order they come in, and leave the earlier ones as they were', async () => {
    const random = sequence(7)
    const table: Table = new Map(Array.from({ length: 60 }, (_, at) => [`k${at}`, `first ${at}`]))
    const states: { id: string; lines: string[] }[] = []
    let { sealed } = await ingest(lake, csv(table), keyed)
    states.push({ id: sealed.snapshotId, lines: linesOf(table) })
    const layouts = new Set<number>()
    for (let round = 0; round < 14; round++) {
      const mode = (['upsert', 'append', 'delete', 'upsert'] as const)[random(4)]!
      const codes = new Set(Array.from({ length: 1 + random(6) }, () => `k${random(70)}`))
      const batch = [...codes].map((code) => [code, `round ${round}`] as const)
      const met = batch.filter(([code]) => table.has(code)).length
      ;({ sealed } = await ingest(lake, csv(batch), onto(sealed.snapshotId, mode)))
      const fresh = batch.length - met
      expect(sealed.changes).toEqual(
        mode === 'delete'
          ? { added: 0, replaced: 0, removed: met }
          : { added: fresh, replaced: mode === 'upsert' ? met : 0, removed: 0 },
      )
      expect(sealed.refusedRows).toBe(mode === 'upsert' ? 0 : mode === 'append' ? met : fresh)
      for (const [code, name] of batch) {
        if (mode === 'delete') table.delete(code)
        else if (mode === 'upsert' || !table.has(code)) table.set(code, name)
      }
      states.push({ id: sealed.snapshotId, lines: linesOf(table) })
      layouts.add((await lake.reader(sealed.snapshotId)).manifest.parts?.length ?? 1)
      const reader = await lake.reader(sealed.snapshotId)
      for (let at = 0; at < 72; at++)
        expect(reader.rowByKey([`k${at}`], ['name'])?.name ?? null).toBe(table.get(`k${at}`) ?? null)
      expect(reader.manifest.fields[1]!.nulls).toBe(0)
    }
    expect(Math.max(...layouts)).toBeGreaterThan(1)
    for (const { id, lines } of states) expect((await walk(id)).toSorted()).toEqual(lines)
  })

  it('outlive the snapshots that they were made from', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => [`k${at}`, 'a'] as const)
    const first = await ingest(lake, csv(rows), keyed)
    const second = await ingest(lake, csv([['k3', 'b']]), onto(first.sealed.snapshotId, 'upsert'))
    const third = await lake.copy(second.sealed.snapshotId)
    await lake.removeSnapshot(first.sealed.snapshotId)
    await lake.removeSnapshot(second.sealed.snapshotId)
    expect(third.sha256).toBe(second.sealed.sha256)
    expect((await lake.reader(third.snapshotId)).rowByKey(['k3'], ['name'])).toEqual({ name: 'b' })
    expect(await walk(third.snapshotId)).toHaveLength(40)
    expect(await readdir(join(lake.folder, 'snapshots'))).not.toContain(first.sealed.snapshotId)
  })

  it('are added without a key in the order in which they came', async () => {
    const plain = { keyFields: [], columns }
    const first = await ingest(
      lake,
      csv([
        ['b', '1'],
        ['a', '2'],
        ['c', '3'],
      ]),
      plain,
    )
    const second = await ingest(lake, csv([['a', '4']]), {
      ...plain,
      onto: { snapshotId: first.sealed.snapshotId, mode: 'append' },
    })
    expect(await walk(second.sealed.snapshotId)).toEqual(['b=1', 'a=2', 'c=3', 'a=4'])
    const third = await ingest(
      lake,
      csv([
        ['d', '5'],
        ['a', '6'],
      ]),
      {
        ...plain,
        onto: { snapshotId: second.sealed.snapshotId, mode: 'append' },
      },
    )
    expect(await walk(third.sealed.snapshotId)).toEqual(['b=1', 'a=2', 'c=3', 'a=4', 'd=5', 'a=6'])
  })

  it('can take every row away', async () => {
    const first = await ingest(
      lake,
      csv([
        ['a', '1'],
        ['b', '2'],
      ]),
      keyed,
    )
    const none = await ingest(
      lake,
      csv([
        ['a', ''],
        ['b', ''],
        ['z', ''],
      ]),
      onto(first.sealed.snapshotId, 'delete'),
    )
    expect(none.sealed).toMatchObject({ rows: 0, refusedRows: 1 })
    expect(none.sealed.refusals[0]).toMatchObject({ line: 4, cause: 'no-such-row', column: 'code' })
    const again = await ingest(lake, csv([['a', '3']]), onto(none.sealed.snapshotId, 'append'))
    expect(await walk(again.sealed.snapshotId)).toEqual(['a=3'])
  })

  it('are refused where key or fields are others, and leave nothing behind', async () => {
    const first = await ingest(lake, csv([['a', '1']]), keyed)
    const { snapshotId } = first.sealed
    const before = await readdir(join(lake.folder, 'snapshots'))
    const refusals: [Parameters<typeof ingest>[2], string][] = [
      [{ ...onto(snapshotId, 'upsert'), columns: [text('code')] }, 'fields-changed'],
      [{ ...onto(snapshotId, 'upsert'), keyFields: ['name'] }, 'fields-changed'],
      [
        { ...onto(snapshotId, 'upsert'), columns: [text('code'), { ...text('name'), type: 'integer' }] },
        'fields-changed',
      ],
      [onto('0'.repeat(26), 'upsert'), 'snapshot-missing'],
    ]
    for (const [changes, code] of refusals)
      await expect(ingest(lake, csv([['a', '2']]), changes)).rejects.toMatchObject({ code })
    const keyless = await ingest(lake, csv([['a', '1']]), { columns })
    await expect(
      ingest(lake, csv([['a', '2']]), {
        columns,
        onto: { snapshotId: keyless.sealed.snapshotId, mode: 'upsert' },
      }),
    ).rejects.toMatchObject({ code: 'no-key' })
    expect(await readdir(join(lake.folder, 'snapshots'))).toHaveLength(before.length + 1)
    expect(snapshotFolder(lake.folder, snapshotId)).toContain(snapshotId)
  })
})

describe('parts of a snapshot', () => {
  const part = (stored: number, deleted = 0): SnapshotPart => ({ rows: stored, stored, deleted, sha256: '' })
  it.each([
    ['a small batch leaves a large table alone', [part(5_000_000)], 10_000, 1],
    ['the next of its size takes it in', [part(5_000_000), part(10_000)], 10_000, 1],
    ['one half as large does not', [part(5_000_000), part(20_000)], 10_000, 2],
    ['keys taken out weigh as rows do', [part(100), part(0, 6)], 4, 1],
    ['what weighs as much as all of it makes it whole again', [part(10), part(4)], 4, 0],
  ])('%s', (_, parts, incoming, kept) => {
    expect(partsKept(parts, incoming)).toBe(kept)
  })

  it('stay few, and rows are seldom written anew, however many batches come', () => {
    let parts = [part(5_000_000)]
    let written = 0
    const batches = 5_000
    for (let batch = 0; batch < batches; batch++) {
      const kept = partsKept(parts, 100)
      const stored = parts.slice(kept).reduce((sum, each) => sum + each.stored, 100)
      written += stored
      parts = [...parts.slice(0, kept), part(stored)]
      expect(parts.length).toBeLessThan(20)
    }
    expect(written).toBeLessThan(batches * 100 * 16)
  })
})
