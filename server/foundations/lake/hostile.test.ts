import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import type { RowRefusal } from './lake.types.ts'
import { ingest, loadRequest, stageBytes, temporaryLake } from './test-kit.ts'

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake()
})
afterAll(() => lake.remove())

const profileOf = async (content: string | Uint8Array, options = {}) =>
  lake.profile(await stageBytes(lake, content), options)

const shown = (refusals: readonly RowRefusal[]) =>
  refusals.map(({ line, column, cause }) => `${line} ${column} ${cause}`)

async function workbook(sheet: string | Buffer): Promise<Buffer> {
  const zip = new ZipFile()
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  zip.addBuffer(
    Buffer.from(
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="表" sheetId="1" r:id="r"/></sheets></workbook>`,
    ),
    'xl/workbook.xml',
  )
  zip.addBuffer(
    Buffer.from(`<Relationships><Relationship Id="r" Target="worksheets/sheet1.xml"/></Relationships>`),
    'xl/_rels/workbook.xml.rels',
  )
  zip.addBuffer(Buffer.from(sheet), 'xl/worksheets/sheet1.xml')
  zip.end()
  return buffer(zip.outputStream as Readable)
}

const rows = (...cells: string[]) =>
  `<worksheet><sheetData>${cells.map((row) => `<row>${row}</row>`).join('')}</sheetData></worksheet>`

describe('files that are refused as a whole', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',')
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'empty-file'],
    ['blanks', ' \n\n', 'empty-file'],
    ['ten thousand columns', `${many}\n`, 'too-many-columns'],
    [
      'Latin-1',
      Buffer.from('name,city\nJos\xe9,M\xfcnchen\n\xe9\xe8\xea,\xe0\xe2\n'.repeat(50), 'latin1'),
      'unreadable-encoding',
    ],
    ['noise', randomBytes(1 << 16).map((byte) => byte | 0x80), 'unreadable-encoding'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'unsupported-format'],
    ['an old workbook cut off', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'), 'truncated'],
    ['bytes of a program', Buffer.alloc(5_000), 'unsupported-format'],
    ['JSON without a list', '{"a": {"b": 1}, "c": [\n', 'not-a-table'],
    ['a list of numbers', '[1, 2, [3]]', 'not-a-table'],
    ['a list that breaks off', '[{"a":1},{"a":', 'truncated'],
    ['gzip that breaks off', gzipSync(randomBytes(1 << 16).toString('hex')).subarray(0, 9_000), 'truncated'],
    ['gzip that grows without end', gzipSync(Buffer.alloc(128 << 20, 'a,b\n')), 'zip-bomb'],
    ['Parquet that breaks off', Buffer.concat([Buffer.from('PAR1'), randomBytes(2_000)]), 'truncated'],
    ['a ZIP that breaks off', Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(500)]), 'truncated'],
  ])('%s', async (_, content, code) => {
    await expect(profileOf(content)).rejects.toMatchObject({ name: 'LakeError', code })
  })

  it('a sheet that unpacks to far more than it is', async () => {
    const sheet = Buffer.alloc(160 << 20, '<row><c><v>1</v></c></row>')
    await expect(profileOf(await workbook(sheet))).rejects.toMatchObject({ name: 'LakeError' })
  })

  it('a workbook cut off, one without cells, one without the sheet asked for', async () => {
    const whole = await workbook(rows('<c t="inlineStr"><is><t>a</t></is></c>', '<c><v>1</v></c>'))
    await expect(profileOf(whole.subarray(0, whole.length - 30))).rejects.toMatchObject({ code: 'truncated' })
    await expect(profileOf(await workbook(rows()))).rejects.toMatchObject({ code: 'empty-file' })
    await expect(profileOf(whole, { table: 'x' })).rejects.toMatchObject({ code: 'sheet-missing' })
    await expect(profileOf(await workbook('<worksheet><sheetData><row><c>'))).rejects.toMatchObject({
      name: 'LakeError',
    })
  })
})

it('a Parquet file with damage anywhere in it ends in rows or a refusal, never in a crash', async () => {
  const { reader } = await ingest(lake, `a,b\n${'1,x\n2,\n'.repeat(500)}`)
  const query = {
    fields: [
      { field: 'a', title: 'a' },
      { field: 'b', title: 'b' },
    ],
    filters: [],
  }
  const whole = await buffer((await reader.export({ ...query, format: 'parquet' })).stream)
  await expect(profileOf(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({ code: 'truncated' })
  for (let at = 4; at < whole.length; at += 41) {
    const damaged = Buffer.from(whole)
    damaged[at]! ^= 0x55
    const outcome = await profileOf(damaged).catch((error: unknown) => error)
    if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'LakeError' })
  }
})

it('fields may be called anything that a field may be called', async () => {
  const names = ['c1', 'c0', 'good', 'repeated', 'p0', 'total', 'select', 'r', 'line']
  const csv = `${names.join(',')}\n${names.join(',')}\n${names.map((name) => `${name}2`).join(',')}\n${names.join(',')}\n`
  const { reader, sealed } = await ingest(lake, csv, { keyFields: ['p0', 'c0'] })
  expect(shown(sealed.refusals)).toEqual(['4 p0, c0 duplicate-key'])
  const page = await reader.page({
    fields: names,
    filters: [],
    sort: [{ field: 'r', descending: true }],
    limit: 5,
  })
  expect(page.rows[1]).toEqual(Object.fromEntries(names.map((name) => [name, name])))
  expect(reader.rowByKey(['p0', 'c0'], names)).toEqual(page.rows[1])
})

describe('rows that are refused, while the others are taken in', () => {
  it('names line, column, cause and value, and puts all of them into the report', async () => {
    const csv =
      '\ufeff编号,数,日\n"1\n2",5,2024-01-01\n3,x,2024-01-01\n4,5\n5,6,2024-02-30\n,7,\n3,8,\n3,9,2024-01-03\n=cmd,y,z\n'
    const { reader, sealed } = await ingest(lake, csv, {
      keyFields: ['编号'],
      columns: [
        { source: '编号', field: '编号', type: 'text', required: true },
        { source: '数', field: '数', type: 'integer', required: false },
        { source: '日', field: '日', type: 'date', required: false },
      ],
    })
    expect(sealed.rows).toBe(2)
    expect(shown(sealed.refusals)).toEqual([
      '4 数 not-of-type',
      '5 null too-few-cells',
      '6 日 not-of-type',
      '7 编号 missing',
      '9 编号 duplicate-key',
      '10 数 not-of-type',
    ])
    expect(sealed.refusals.find(({ cause }) => cause === 'duplicate-key')!.firstLine).toBe(8)
    const report = await text((await reader.refusalReport())!.stream)
    expect(report.split('\r\n')).toHaveLength(1 + sealed.refusedRows + 1)
    expect(report).toContain('10,数,内容不符合字段类型,not of the type of the field,y,日,,"\'=cmd,y,z"')
  })

  it('keeps values of formulas as texts', async () => {
    const { reader } = await ingest(lake, 'a,b\n=1+1,"@SUM(A1)"\n')
    expect((await reader.page({ fields: ['a', 'b'], filters: [], sort: [], limit: 5 })).rows).toEqual([
      { a: '=1+1', b: '@SUM(A1)' },
    ])
  })

  it('takes a sheet with formulas, errors, dates, gaps and phonetic marks', async () => {
    const sheet = rows(
      '<c r="A1" t="inlineStr"><is><t>代码</t></is></c><c r="B1" t="inlineStr"><is><r><t>数</t></r><rPh><t>shu</t></rPh></is></c><c r="C1" t="str"><f>"x"</f><v>C</v></c>',
      '<c r="A2" t="inlineStr"><is><t>001</t></is></c><c r="B2"><f>1+1</f><v>0.30000000000000004</v></c><c r="C2" t="e"><v>#N/A</v></c>',
      '<c r="A3" t="b"><v>1</v></c><c r="C3"><v>1.5E+3</v></c>',
      '<c r="A4"><v>1</v></c><c r="E4"><v>9</v></c>',
    )
    const { profile, sealed, reader } = await ingest(lake, await workbook(sheet))
    expect(profile.tables[0]!.sampleRows).toEqual([
      ['001', '0.30000000000000004', '#N/A'],
      ['true', null, '1500'],
    ])
    expect(shown(sealed.refusals)).toEqual(['4 null too-many-cells'])
    expect(reader.manifest.rows).toBe(2)
  })

  it('survives a cell of ten million characters, NUL bytes and a list of mixed things', async () => {
    const long = await ingest(lake, `a,b\n1,${'x'.repeat(10_000_000)}\n2,y\n3,\0\n4,z\n`)
    expect([long.sealed.rows, shown(long.sealed.refusals)]).toEqual([
      2,
      ['2 null too-long', '4 null undecodable'],
    ])
    const mixed = await ingest(
      lake,
      `[{"a":1}, 2, "x", [3], null, {"a":"${'y'.repeat(2_000_000)}"}, {"a":[1,{"b":2}]}, {"a" 1}]`,
    )
    expect(mixed.sealed.rows).toBe(2)
    expect(mixed.sealed.refusedRows).toBe(6)
  })
})

describe('staging', () => {
  it('leaves nothing behind of a stream that fails, is aborted or is too large', async () => {
    const before = await readdir(join(lake.folder, 'staging'))
    const failing = new Readable({
      read() {
        this.push('a,b\n')
        this.destroy(new Error('connection lost'))
      },
    })
    await expect(lake.stage(failing, { fileName: 'x', maxBytes: 100 })).rejects.toMatchObject({
      code: 'truncated',
    })
    const endless = new Readable({
      read() {
        this.push(Buffer.alloc(1 << 16))
      },
    })
    await expect(lake.stage(endless, { fileName: 'x', maxBytes: 1 << 20 })).rejects.toMatchObject({
      code: 'too-large',
    })
    const stop = new AbortController()
    const aborted = lake.stage(new Readable({ read() {} }), {
      fileName: 'x',
      maxBytes: 9,
      signal: stop.signal,
    })
    stop.abort()
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(join(lake.folder, 'staging'))).toEqual(before)
  })

  it('knows a file again by what was kept of it, and says when it is gone', async () => {
    const staged = await stageBytes(lake, 'a\n1\n')
    const kept = JSON.parse(JSON.stringify(staged)) as typeof staged
    expect((await lake.profile(kept)).tables[0]!.rowCount).toBe(1)
    await lake.discard(kept)
    await expect(lake.profile(kept)).rejects.toMatchObject({ code: 'staged-missing' })
  })

  it('cancels a load and leaves no snapshot', async () => {
    const staged = await stageBytes(lake, `a,b\n${'1,2\n'.repeat(200_000)}`)
    const profile = await lake.profile(staged)
    const stop = new AbortController()
    const before = await readdir(join(lake.folder, 'snapshots'))
    const load = lake.load(
      loadRequest(staged, profile, {
        signal: stop.signal,
        onProgress: () => setImmediate(() => stop.abort()),
      }),
    )
    await expect(load).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(join(lake.folder, 'snapshots'))).toEqual(before)
  })
})
