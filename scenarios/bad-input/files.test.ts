import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { bombWorkbook, workbook } from './workbooks.ts'

const fields = [
  { name: '编号', type: 'text', sensitivity: 'public', key: true, required: true },
  { name: '说明', type: 'text', sensitivity: 'public' },
]

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
  entryId = await publishEntry(city, { fields, opening: unconditional })
})
afterAll(() => city.close())

const take = (bytes: Buffer | string, name?: string) => bringIn(city, entryId, bytes, name)
const live = async () => (await city.steward.get(`/api/v1/entries/${entryId}`)).body.snapshot
/** The rows of one snapshot: the live one may be known a moment late. */
const rows = async (snapshot: string) =>
  (
    await city.visitor.get(
      `/api/v1/entries/${entryId}/rows?snapshot=${snapshot}&sort=${encodeURIComponent('编号')}`,
    )
  ).body.rows

/** A file that cannot be taken in: said why, in both languages, and what was live before still is. */
async function expectFailure(bytes: Buffer | string, name: string | undefined, code: string | RegExp) {
  const before = await live()
  const batch = await take(bytes, name)
  expect(batch.state).toBe('failed')
  expect(batch.failure.code).toMatch(code)
  expect(batch.failure.message.zh).not.toBe('')
  expect(batch.snapshotId).toBeNull()
  expect(await live()).toEqual(before)
}

describe('a file that is taken in', () => {
  it.each([
    ['UTF-8', Buffer.from('编号,说明\n1,示例甲\n')],
    ['UTF-8 with a byte-order mark', Buffer.from('\ufeff编号,说明\n1,示例甲\n')],
    ['GB18030', Buffer.from('b1e0bac52ccbb5c3f70a312ccabec0fdbcd70a', 'hex')],
    ['UTF-16', Buffer.from('\ufeff编号,说明\n1,示例甲\n', 'utf16le')],
  ])('reads %s', async (_encoding, bytes) => {
    const batch = await take(bytes)
    expect(batch.state).toBe('live')
    expect(await rows(batch.snapshotId)).toEqual([{ 编号: '1', 说明: '示例甲' }])
  })

  it('refuses ragged rows one by one and takes the others', async () => {
    const batch = await take('编号,说明\n1\n2,二,多余\n3,三\n')
    expect(batch).toMatchObject({ state: 'live', rows: 1, refusedRows: 2 })
    expect(batch.refusals.map((refusal: { line: number }) => refusal.line)).toEqual([2, 3])
    expect(await rows(batch.snapshotId)).toEqual([{ 编号: '3', 说明: '三' }])
  })

  it('takes a file of headings only as one of no rows', async () => {
    const batch = await take('编号,说明\n')
    expect(batch).toMatchObject({ state: 'live', rows: 0, refusedRows: 0 })
    expect(await rows(batch.snapshotId)).toEqual([])
  })

  it('shows headings that are empty or the same, renamed, and waits for the steward', async () => {
    const batch = await take('编号,编号,,\n1,2,3,4\n')
    expect(batch.state).toBe('awaiting-acceptance')
    const sources = batch.tables[0].columns.map((column: { source: string }) => column.source)
    expect(new Set(sources).size).toBe(4)
    const cancelled = await city.steward.post(`/api/v1/batches/${batch.id}/acts/cancel`)
    expect(cancelled.body.state).toBe('cancelled')
  })

  it('keeps a formula as the text that it is, and makes it harmless in files for spreadsheets', async () => {
    const formulas = ['=HYPERLINK("http://x.invalid";"按此")', '@SUM(A1)', '+1+1', '-2-2', '\t=1']
    const csv = `编号,说明\n${formulas.map((formula, n) => `${n},"${formula.replaceAll('"', '""')}"\n`).join('')}`
    const batch = await take(csv)
    expect(batch.state).toBe('live')
    expect((await rows(batch.snapshotId)).map((row: Record<string, string>) => row['说明']?.trim())).toEqual(
      formulas.map((each) => each.trim()),
    )
    const { text } = await city.visitor.get(
      `/api/v1/entries/${entryId}/download?format=csv&snapshot=${batch.snapshotId}`,
    )
    for (const cell of text.split('\r\n').slice(1, -1))
      expect(cell.split(/,"?/)[1]).toMatch(/^['\t]|^[^=+@\-\t]/)
    expect(text).not.toMatch(/,"?[=+@-]/)
  })
})

describe('a file that cannot be taken in', () => {
  it('is said to be empty', () => expectFailure('', undefined, 'empty-file'))
  it('is said to have too many columns', () =>
    expectFailure(
      `${Array.from({ length: 10_000 }, (_, n) => `列${n}`).join(',')}\n`,
      undefined,
      'too-many-columns',
    ))
  it('is said to be no table', () =>
    expectFailure(
      Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj', 'latin1'),
      '扫描件.pdf',
      /unsupported-format|unreadable-encoding|not-a-table/,
    ))
  it('is said to be cut off, where a spreadsheet has lost its end', () =>
    expectFailure(
      workbook('<row r="1"><c r="A1"><v>1</v></c></row>').subarray(0, 200),
      '数据.xlsx',
      /truncated|not-a-table|unsupported-format/,
    ))
  it('is said to unpack to too much, where a small spreadsheet holds gigabytes', () =>
    expectFailure(bombWorkbook(3), '数据.xlsx', 'zip-bomb'))
  it('of garbage is said to be unreadable', () =>
    expectFailure(
      Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919 + 13) % 256)),
      '数据.csv',
      /./,
    ))
})

describe('an acceptance', () => {
  const waiting = async () => {
    const sent = await city.steward.upload(
      `/api/v1/entries/${entryId}/batches?filename=a.csv`,
      '编号,说明\n1,一\n',
    )
    await city.settle()
    return `/api/v1/batches/${sent.body.id}/acts/accept`
  }

  it.each([
    ['of a table that is not there', { table: '第九页' }],
    ['of a column that is not there', { columns: [{ source: '没有', field: '编号' }] }],
    ['for a field that is not there', { columns: [{ source: '编号', field: '没有' }] }],
    [
      'of two columns for one field',
      {
        columns: [
          { source: '编号', field: '编号' },
          { source: '说明', field: '编号' },
        ],
      },
    ],
    ['without the key', { columns: [{ source: '说明', field: '说明' }] }],
  ])('%s is not accepted, and the batch still waits', async (_name, body) => {
    const path = await waiting()
    expect(expectProblem(await city.steward.post(path, body))).toBe('content-incomplete')
    expect((await city.steward.get(path.replace('/acts/accept', ''))).body.state).toBe('awaiting-acceptance')
  })

  it('in an encoding that does not exist ends in a failure that is told', async () => {
    const path = await waiting()
    expect((await city.steward.post(path, { encoding: 'no-such-encoding' })).status).toBe(200)
    await city.settle()
    expect((await city.steward.get(path.replace('/acts/accept', ''))).body).toMatchObject({
      state: 'failed',
      failure: { code: 'unreadable-encoding' },
    })
  })

  it('of many at once is done once', async () => {
    const path = await waiting()
    const answers = await Promise.all(Array.from({ length: 6 }, () => city.steward.post(path, {})))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409, 409])
  })
})
