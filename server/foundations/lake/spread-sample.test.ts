import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type PlainTable, plain } from './plain-table.ts'
import { withSpreadSample } from './spread-sample.ts'
import { stageBytes, temporaryLake } from './test-kit.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaoli-sample-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const cellEnd = String.fromCharCode(plain.cellEnd)

async function tableOf(rows: number, cellBytes: number, parts = 1): Promise<PlainTable> {
  const row = (line: number) =>
    `${line}${cellEnd}${'x'.repeat(cellBytes)}${String.fromCharCode(plain.newLine)}`
  const half = parts === 1 ? rows : Math.floor(rows / 2)
  const lines = Array.from({ length: rows }, (_, line) => row(line))
  const path = join(folder, 'table-0.txt')
  const secondPath = join(folder, 'table-second.txt')
  await writeFile(path, lines.slice(0, half).join(''))
  if (parts > 1) await writeFile(secondPath, lines.slice(half).join(''))
  const told = { name: 'a', headers: [{ source: 'a' }], rows, malformed: 0, innerBreaks: false }
  return {
    ...told,
    outerBlanks: false,
    padded: false,
    path,
    ...(parts > 1 && { secondPath }),
    refusedPath: '',
  }
}

it.each([1, 2])('takes whole rows from all over a large table, of %i files', async (parts) => {
  const rows = 100_000
  const table = await tableOf(rows, 120, parts)
  const text = await withSpreadSample(table, async (sample) => {
    expect(sample).not.toHaveProperty('secondPath')
    return readFile(sample.path, 'utf8')
  })
  const lines = text.trimEnd().split('\n')
  expect(lines.every((line) => line.split(cellEnd)[1] === 'x'.repeat(120))).toBe(true)
  const numbers = lines.map((line) => Number.parseInt(line, 10))
  expect(numbers.length).toBeLessThan(rows / 4)
  const gaps = numbers.map((number, at) => number - (numbers[at - 1] ?? 0))
  expect(Math.max(...gaps)).toBeLessThan(rows / 30)
  expect(numbers[0]).toBe(0)
  expect(numbers.at(-1)).toBe(rows - 1)
  expect(await readdir(folder)).toHaveLength(parts)
})

it('gives a table as it is that is small, or has no whole row in a piece', async () => {
  for (const table of [await tableOf(2_000, 100), await tableOf(200, 60_000)])
    expect(await withSpreadSample(table, async (sample) => sample)).toBe(table)
})

it('lets a large file be known by what is nearly all of it, whatever it begins with', async () => {
  const lake = await temporaryLake()
  try {
    const rows = Array.from({ length: 300_000 }, (_, at) =>
      at < 2_000 ? `${at},unknown,legacy remark ${at}` : `${at},${at % 7}.25,remark ${at}`,
    )
    const staged = await stageBytes(lake, `序号,amount,remark\n${rows.join('\n')}\n`)
    const [table] = (await lake.profile(staged)).tables
    expect(table!.columns.map(({ type, misfits }) => [type, misfits])).toEqual([
      ['integer', 0],
      ['decimal', 2_000],
      ['text', 0],
    ])
    expect(table!.columns[1]!.misfitSamples).toEqual(['unknown'])
  } finally {
    await lake.remove()
  }
})

it('knows a column by its values where these stand in one stretch', async () => {
  const lake = await temporaryLake()
  try {
    const isIn = (at: number) => at >= 2_000 && at < 5_000
    const rows = Array.from({ length: 400_000 }, (_, at) =>
      isIn(at)
        ? `${at},2026-01-0${1 + (at % 9)},2026/1/${1 + (at % 28)},1380013${8000 + (at % 900)}`
        : `${at},,,`,
    )
    const padding = '备注'.repeat(10)
    const content = `序号,closed_on,seen_on,tel,remark\n${rows.map((row) => `${row},${padding}`).join('\n')}\n`
    const [table] = (await lake.profile(await stageBytes(lake, content))).tables
    expect(table!.columns.map(({ type, misfits }) => [type, misfits])).toEqual([
      ['integer', 0],
      ['date', 0],
      ['date', 0],
      ['phone', 0],
      ['text', 0],
    ])
  } finally {
    await lake.remove()
  }
})
