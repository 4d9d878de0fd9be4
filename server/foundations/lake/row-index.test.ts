import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareKeys } from './key-order.ts'
import { createBlockCache, openRowIndex } from './row-index.ts'

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
