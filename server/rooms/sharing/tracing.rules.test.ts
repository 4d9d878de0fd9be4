import { hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Mask } from '@tiaoli/kernel/masks'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  Evidence,
  ExportFormat,
  FieldType,
  ReceiverMarks,
  SnapshotReader,
} from '../../foundations/lake/index.ts'
import { ingest, temporaryLake } from '../../foundations/lake/test-kit.ts'
import {
  chanceLog,
  chanceOfForm,
  chanceOfPseudonym,
  leastAgreeing,
  searchOfSigns,
  textsToTrace,
  traceabilityOf,
} from './tracing.rules.ts'

const hex = (seed: number, digits = 24): string => hash('sha256', `sign ${seed}`, 'hex').slice(0, digits)
const receivers: ReceiverMarks[] = Array.from({ length: 40 }, (_, n) => ({
  mark: hex(n * 2 + 1),
  hand: hex(n * 2 + 1001),
}))
const [one, two] = receivers as [ReceiverMarks, ReceiverMarks]
const signs = {
  marks: new Set(receivers.map(({ mark }) => mark)),
  hands: new Set(receivers.map(({ hand }) => hand)),
}
function bestSign(carriers: Evidence['forms'], among: ReadonlySet<string>, tests: number) {
  const search = searchOfSigns(carriers, among.size * tests)
  search?.look(among)
  return search?.found()
}
const named = ({ forms, prose }: Evidence) => ({
  byForms: bestSign(forms, signs.marks, 3)?.sign,
  byProse: bestSign(prose, signs.hands, 3)?.sign,
})
/** What a file that says nothing says. */
const nobody = { byForms: undefined, byProse: undefined }

const columns = ['编号', '名称', '日期', '资本', '说明']
const lines = Array.from(
  { length: 1_500 },
  (_, n) =>
    `QY${n}甲,"企业${n}",2026-0${1 + (n % 9)}-1${n % 10},${n}.5,"第${n}号，依法须经批准的项目，经批准后方可经营；${n % 7}类"`,
)

let lake: Awaited<ReturnType<typeof temporaryLake>>
let reader: SnapshotReader
const files = new Map<string, Buffer>()

async function handedOver(format: ExportFormat, marks?: ReceiverMarks): Promise<Buffer> {
  const name = `${format} ${marks?.mark}`
  const known = files.get(name)
  if (known !== undefined) return known
  const fields = columns.map((field) => ({ field, title: field }))
  const { stream } = await reader.export({ fields, filters: [], format, ...(marks && { marks }) })
  const made = await buffer(stream)
  files.set(name, made)
  return made
}

async function evidenceOf(content: Buffer | string): Promise<Evidence> {
  const path = join(lake.folder, `leak-${Math.random()}`)
  await writeFile(path, content)
  return lake.evidence({ path })
}

beforeAll(async () => {
  lake = await temporaryLake()
  ;({ reader } = await ingest(lake, `${columns.join(',')}\n${lines.join('\n')}\n`, { keyFields: ['编号'] }))
})
afterAll(() => lake.remove())

/** Cells of a line of our CSV as they stand. */
const rawCells = (line: string): string[] => line.match(/"(?:[^"]|"")*"|[^,]+/g) ?? []
const bare = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)

/** 200 rows of a file in another order, with some of the columns. */
const leak = fc.record({
  order: fc.shuffledSubarray(
    Array.from({ length: lines.length }, (_, n) => n),
    { minLength: 200, maxLength: 200 },
  ),
  kept: fc.shuffledSubarray([0, 1, 2, 4], { minLength: 1 }),
  heading: fc.boolean(),
})

describe('200 rows of a file, re-sorted, with columns dropped', () => {
  it('cut by lines from a CSV name the file that they are of, and no other', async () => {
    const texts = [one, two].map(async (marks) => (await handedOver('csv', marks)).toString().split('\r\n'))
    const [ofOne, ofTwo] = (await Promise.all(texts)) as [string[], string[]]
    await fc.assert(
      fc.asyncProperty(leak, fc.boolean(), async ({ order, kept, heading }, second) => {
        const [source, marks] = second ? [ofTwo, two] : [ofOne, one]
        const cut = (at: number) => {
          const cells = rawCells(source[at]!)
          return kept.map((column) => cells[column]).join(',')
        }
        const text = [...(heading ? [cut(0)] : []), ...order.map((row) => cut(row + 1))].join('\n')
        const found = named(await evidenceOf(text))
        // Dates alone are some thirty different cells, which is too little to name anybody.
        const enough = kept.some((column) => column !== 2 && column !== 4)
        if (enough) expect(found.byForms).toBe(marks.mark)
        else expect([undefined, marks.mark]).toContain(found.byForms)
        if (kept.includes(4)) expect(found.byProse).toBe(marks.hand)
      }),
      { numRuns: 25 },
    )
  })

  it.each(['csv', 'json', 'ndjson', 'xlsx', 'parquet'] as const)(
    'of %s written anew by another program name the receiver by their running text',
    async (format) => {
      const again = await rewritten(format, one, 200)
      expect(named(await evidenceOf(again))).toEqual({ byForms: undefined, byProse: one.hand })
    },
  )

  it('of a sheet and of JSON name the file by the forms of cells and rows', async () => {
    expect(named(await evidenceOf(await handedOver('xlsx', two)))).toEqual({
      byForms: two.mark,
      byProse: two.hand,
    })
    const objects = (await handedOver('ndjson', two)).toString().trim().split('\n').reverse().slice(7, 207)
    expect(named(await evidenceOf(objects.join('\n'))).byForms).toBe(two.mark)
    const list = (await handedOver('json', two)).toString().trim().split('\n').slice(400, 600)
    expect(named(await evidenceOf(`[${list.join('\n').replace(/,$/, '')}]`)).byForms).toBe(two.mark)
  })

  it('name nobody where the file was never handed over, or is all in quotes, or too small', async () => {
    const unmarked = (await handedOver('csv')).toString()
    expect(named(await evidenceOf(unmarked))).toEqual(nobody)
    const quoted = unmarked
      .trim()
      .split('\r\n')
      .map((line) =>
        rawCells(line)
          .map((cell) => `"${bare(cell)}"`)
          .join(','),
      )
    expect(named(await evidenceOf(quoted.join('\n')))).toEqual(nobody)
    const few = (await handedOver('csv', one)).toString().split('\r\n').slice(0, 5).join('\r\n')
    expect(named(await evidenceOf(few))).toEqual(nobody)
    expect(named(await evidenceOf(''))).toEqual(nobody)
  })

  it('still name it where one cell in ten was typed over', async () => {
    const text = (await handedOver('csv', one)).toString().split('\r\n').slice(1, 201)
    const changed = text.map((line, row) => (row % 10 === 0 ? line.replace(/企业/, '公司') : line))
    expect(named(await evidenceOf(changed.join('\n'))).byForms).toBe(one.mark)
  })
})

describe('what the marks leave as it is', () => {
  it('every value but the blank after running text, and keys to the letter', async () => {
    const plain = JSON.parse((await handedOver('json')).toString()) as Record<string, unknown>[]
    const marked = JSON.parse((await handedOver('json', one)).toString()) as Record<string, unknown>[]
    const trimmed = marked.map((row) => ({ ...row, 说明: String(row.说明).replace(/ $/, '') }))
    expect(trimmed).toEqual(plain)
    const blanks = marked.filter((row, at) => row.说明 !== plain[at]!.说明).length
    expect(blanks).toBeGreaterThan(600)
    expect(blanks).toBeLessThan(900)
    const cells = async (marks?: ReceiverMarks) =>
      (await handedOver('csv', marks))
        .toString()
        .split('\r\n')
        .map((line) => rawCells(line).map((cell) => bare(cell).trimEnd()))
    expect(await cells(one)).toEqual(await cells())
  })

  it('the texts of one receiver are the same in every file and format', async () => {
    const again = JSON.parse((await handedOver('json', { ...receivers[2]!, hand: one.hand })).toString())
    expect(again).toEqual(JSON.parse((await handedOver('json', one)).toString()))
    const parquet = await evidenceOf(await handedOver('parquet', one))
    expect(named(parquet)).toEqual({ byForms: undefined, byProse: one.hand })
    expect(bestSign(parquet.prose, signs.hands, 3)).toMatchObject({
      carriers: 500,
      agreeing: 500,
      surety: 26,
    })
  })
})

describe('the bound on wrong names', () => {
  it('is that of the binomial', () => {
    expect(chanceLog(10, 10, chanceOfForm)).toBeCloseTo(-10 * Math.log10(2), 9)
    expect(chanceLog(4, 2, chanceOfForm)).toBeCloseTo(Math.log10(11 / 16), 9)
    expect(chanceLog(200, 100, chanceOfForm)).toBeCloseTo(Math.log10(0.52817), 3)
    expect(chanceLog(3, 0, chanceOfForm)).toBe(0)
    expect(leastAgreeing(29, 1, chanceOfForm)).toBeUndefined()
    expect(leastAgreeing(30, 1, chanceOfForm)).toBe(30)
    expect(leastAgreeing(200, 1_000, chanceOfForm)).toBe(150)
    expect(leastAgreeing(1, 1, chanceOfPseudonym)).toBeUndefined()
    expect(leastAgreeing(200, 1_000, chanceOfPseudonym)).toBe(3)
  })

  it('holds: of twenty thousand signs that did not write a file, none agrees', async () => {
    const { forms, prose } = await evidenceOf(await handedOver('csv', one))
    const strangers = new Set(Array.from({ length: 20_000 }, (_, n) => hex(n + 5_000)))
    expect(bestSign(forms.slice(0, 300), strangers, 3)).toBeUndefined()
    expect(bestSign(prose.slice(0, 300), strangers, 3)).toBeUndefined()
  })
})

describe('signs', () => {
  it('name their file among ten million others; the short ones of former files only among few', async () => {
    const { forms } = await evidenceOf(await handedOver('csv', one))
    const among = searchOfSigns(forms, 30_000_000)!
    among.look([hex(1), two.mark, one.mark])
    expect(among.found()).toMatchObject({ sign: one.mark, surety: 21 })
    const former = { mark: hex(77, 12), hand: hex(78, 12) }
    const ofFormer = await evidenceOf(await handedOver('csv', former))
    expect(bestSign(ofFormer.forms, new Set([former.mark, ...signs.marks]), 3)).toMatchObject({
      sign: former.mark,
      surety: 12,
    })
    expect(bestSign(ofFormer.prose, new Set([former.hand, ...signs.hands]), 3)?.sign).toBe(former.hand)
    const many = searchOfSigns(ofFormer.forms, 300_000)!
    many.look([former.mark])
    expect(many.found()).toBeUndefined()
  })

  it.each(['json', 'ndjson', 'xlsx', 'parquet'] as const)(
    'of either length are read from a whole %s',
    async (format) => {
      const former = { mark: hex(77, 12), hand: hex(78, 12) }
      expect((await evidenceOf(await handedOver(format, one))).mark).toBe(one.mark)
      expect((await evidenceOf(await handedOver(format, former))).mark).toBe(former.mark)
    },
  )
})

describe('what is said when a grant is given', () => {
  const field = (name: string, type: FieldType, mask: Mask = 'none') => ({ name, type, mask })
  it('is that rows cannot be traced where there is nothing but numbers', () => {
    expect(traceabilityOf([field('资本', 'decimal'), field('人数', 'integer', 'band:10')], [])).toBe('file')
    expect(traceabilityOf([field('名称', 'text', 'hidden'), field('人数', 'integer')], [])).toBe('file')
    expect(traceabilityOf([field('名称', 'text'), field('人数', 'integer')], [])).toBe('forms')
    expect(traceabilityOf([field('证件', 'identity-number', 'partial')], [])).toBe('forms')
    expect(traceabilityOf([field('说明', 'text', 'partial')], ['说明'])).toBe('forms')
    expect(traceabilityOf([field('证件', 'identity-number', 'pseudonym')], [])).toBe('values')
    expect(traceabilityOf([field('说明', 'text'), field('人数', 'integer')], ['说明'])).toBe('values')
  })

  it('rests on the texts that are there', async () => {
    expect(await reader.proseFields(columns, textsToTrace)).toEqual(['说明'])
    expect(await reader.proseFields(['编号', '资本'], 1)).toEqual([])
    expect(await reader.proseFields(columns, 1_501)).toEqual([])
  })
})

/** Rows as another program saves them: the values of some rows and columns in an order of its own, nothing else kept. */
async function rewritten(format: ExportFormat, marks: ReceiverMarks, count: number): Promise<string> {
  const file = await handedOver(format, marks)
  const path = join(lake.folder, `again-${format}`)
  await writeFile(path, file)
  const staged = await lake.stage((await import('node:stream')).Readable.from([file]), {
    fileName: `again.${format}`,
    maxBytes: 2 ** 30,
  })
  const profile = await lake.profile(staged)
  const sealed = await lake.load({
    staged,
    table: profile.tables[0]!.name,
    columns: profile.tables[0]!.columns.map(({ source }) => ({
      source,
      field: source,
      type: 'text',
      required: false,
    })),
    keyFields: [],
    nulls: [''],
    onProgress: () => {},
    signal: new AbortController().signal,
  })
  const page = await (await lake.reader(sealed.snapshotId)).page({
    fields: ['说明', '资本'],
    filters: [],
    sort: [{ field: '资本', descending: true }],
    limit: count,
  })
  return page.rows.map((row) => `${row.资本}\t${row.说明}`).join('\n')
}
