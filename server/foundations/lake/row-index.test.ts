import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareKeys } from './key-order.ts'
import { createBlockCache, describeBlocks, openRowIndex } from './row-index.ts'

/** Texts that JSON writes as they are: how the engine spells the others is held by the tests of whole snapshots. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', '"', '\\', '数', 'é', '😀', '\uffee'),
  maxLength: 6,
})
const keyed = fc.record({
  keys: fc.uniqueArray(text, { minLength: 1, maxLength: 120 }),
  linesPerBlock: fc.integer({ min: 1, max: 9 }),
  held: fc.integer({ min: 1, max: 40 }),
  others: fc.array(text, { maxLength: 20 }),
})

it('finds every row, and no other, however few beginnings of blocks are held and however often it is asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-index-'))
  const paths = { rows: join(folder, 'rows.jsonl'), blocks: join(folder, 'blocks.jsonl') }
  try {
    fc.assert(
      fc.property(keyed, ({ keys, linesPerBlock, held, others }) => {
        const sorted = keys.toSorted((a, b) => compareKeys([a], [b]))
        const beginnings: string[] = []
        let [rows, offset] = ['', 0]
        for (const [place, key] of sorted.entries()) {
          if (place % linesPerBlock === 0) beginnings.push(JSON.stringify([offset, [key]]))
          const line = `${JSON.stringify([key, `row of ${key}`])}\n`
          rows += line
          offset += Buffer.byteLength(line)
        }
        writeFileSync(paths.rows, rows)
        writeFileSync(paths.blocks, [...beginnings, JSON.stringify([offset])].join('\n'))
        const index = openRowIndex(paths, 'index', createBlockCache(), held)
        try {
          for (const key of [...keys, ...keys, ...others, ...keys])
            expect(index.find([key])).toEqual(keys.includes(key) ? [key, `row of ${key}`] : null)
        } finally {
          index.close()
        }
      }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('finds rows of any length in the blocks that are described of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-index-'))
  const paths = { rows: join(folder, 'rows.jsonl'), blocks: join(folder, 'blocks.jsonl') }
  // A line ends at the edge of a block, goes beyond what is read at once of it, or is longer than blocks are.
  const lengths = [1, 8_173, 8_174, 8_175, 900, 1_020, 1_030, 5_000, 40_000, 16_384, 3, 70_000, 2]
  const values = Array.from({ length: 400 }, (_, at) =>
    '数'.repeat((lengths[at % 13]! * ((at % 5) + 1)) % 50_000),
  )
  const keys = values.map((_, at) => String(at).padStart(4, '0'))
  try {
    writeFileSync(paths.rows, keys.map((key, at) => `${JSON.stringify([key, values[at]])}\n`).join(''))
    const described = await describeBlocks(paths.rows, 1)
    writeFileSync(paths.blocks, described)
    const index = openRowIndex(paths, 'index', createBlockCache())
    expect(keys.filter((key, at) => index.find([key])?.[1] !== values[at])).toEqual([])
    expect([index.find(['0']), index.find(['0399x'])]).toEqual([null, null])
    index.close()
    const offsets = described.split('\n').map((line) => (JSON.parse(line) as [number])[0])
    expect(offsets.slice(1, -1).every((offset, at) => offset - offsets[at]! >= 8_192)).toBe(true)
    writeFileSync(paths.rows, '')
    expect(await describeBlocks(paths.rows, 1)).toBe('[0]')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('lets others have their turn while few and long lines are described', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-index-'))
  const path = join(folder, 'rows.jsonl')
  let [turns, over] = [0, false]
  const turn = (): void => {
    turns += 1
    if (!over) setImmediate(turn)
  }
  try {
    const long = '数'.repeat(100_000)
    writeFileSync(path, Array.from({ length: 40 }, (_, at) => `${JSON.stringify([at, long])}\n`).join(''))
    setImmediate(turn)
    const described = await describeBlocks(path, 1)
    over = true
    expect(described.split('\n')).toHaveLength(41)
    // 12 MB, a part of them read twice.
    expect(turns).toBeGreaterThanOrEqual(5)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
