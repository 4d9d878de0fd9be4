import { descriptorSchema } from '@tiaoli/contract/table-schema'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSharedPattern, uncheckedOf } from './schema-rules.ts'
import { zipOf } from './test-files.ts'
import { loadRequest, stageBytes, temporaryLake } from './test-kit.ts'

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake()
})
afterAll(() => lake.remove())

const descriptorOf = (told: unknown) => descriptorSchema.parse(told)

/** Rows and refusals of a file that is loaded as its schema says. */
async function load(csv: string, told: unknown, ignoreSchema = false) {
  const descriptor = descriptorOf(told)
  const staged = await stageBytes(lake, csv)
  const profile = await lake.profile(staged, { descriptor })
  const [table] = profile.tables
  const nulls = table!.schema?.missingValues ?? ['']
  const sealed = await lake.load(loadRequest(staged, profile, { descriptor, nulls, ignoreSchema }))
  const fields = sealed.fields.map(({ field }) => field)
  const reader = await lake.reader(sealed.snapshotId)
  const { rows } = await reader.page({ fields, filters: [], sort: [], limit: 100 })
  return { table: table!, sealed, rows }
}
const schema = (...fields: object[]) => ({ fields })

describe('types of a Table Schema', () => {
  it.each([
    ['date', { type: 'date', format: '%d/%m/%Y' }, '31/12/2026', 'date', '2026-12-31'],
    ['date as any', { type: 'date', format: 'any' }, '2026年1月5日', 'date', '2026-01-05'],
    ['time', { type: 'time', format: '%H.%M' }, '09.30', 'time', '09:30:00'],
    [
      'moment in China where no offset is given',
      { type: 'datetime', format: '%d.%m.%Y %H:%M' },
      '31.12.2026 08:00',
      'instant',
      '2026-12-31T00:00:00.000Z',
    ],
    [
      'moment with an offset',
      { type: 'datetime', format: '%Y-%m-%d %H:%M:%S %z' },
      '2026-12-31 08:00:00 +0200',
      'instant',
      '2026-12-31T06:00:00.000Z',
    ],
    ['number with signs', { type: 'number', decimalChar: ',', groupChar: '.' }, '1.234,5', 'decimal', 1234.5],
    ['number with a unit', { type: 'number', bareNumber: false }, '￥95.5元', 'decimal', 95.5],
    ['integer in groups', { type: 'integer', groupChar: ' ' }, '1 234', 'integer', 1234],
    ['boolean', { type: 'boolean', trueValues: ['有'], falseValues: ['无'] }, '无', 'boolean', false],
    ['year', { type: 'year' }, '2026', 'integer', 2026],
    ['digits that are a text', { type: 'string' }, '0012', 'text', '0012'],
    [
      'point',
      { type: 'geopoint' },
      '106.55, 29.56',
      'geometry',
      '{"type":"Point","coordinates":[106.55,29.56]}',
    ],
    [
      'point as an object',
      { type: 'geopoint', format: 'object' },
      '{"lon": 106.55, "lat": 29.56}',
      'geometry',
      '{"type":"Point","coordinates":[106.55,29.56]}',
    ],
  ])('%s', async (_, field, cell, type, value) => {
    const quoted = `"${cell.replaceAll('"', '""')}"`
    const { table, rows } = await load(`a,b\n1,${quoted}\n`, schema({ name: 'b', ...field }))
    expect(table.columns[1]).toMatchObject({ type, misfits: 0 })
    expect(rows).toEqual([{ a: 1, b: value }])
  })

  it('are kept to: what is spelt otherwise is refused, and shown as it stands', async () => {
    const told = schema({ name: 'b', type: 'date', format: '%d/%m/%Y' }, { name: '没有的列', type: 'string' })
    const { table, sealed } = await load('a,b\n1,31/12/2026\n2,12/31/2026\n', told)
    expect(table.columns[1]).toMatchObject({ misfits: 1, misfitSamples: ['12/31/2026'] })
    expect(table.schema).toMatchObject({ absent: ['没有的列'] })
    expect(sealed.refusals).toMatchObject([
      { line: 3, column: 'b', cause: 'not-of-type', value: '12/31/2026' },
    ])
  })
})

it('takes no point for a part of the unit', async () => {
  const { sealed, rows } = await load(
    'a,b\n1,$.50\n2,$0.50\n',
    schema({ name: 'b', type: 'number', bareNumber: false }),
  )
  expect(rows).toEqual([{ a: 2, b: 0.5 }])
  expect(sealed.refusals).toMatchObject([{ line: 2, value: '$.50' }])
})

it('takes a number of JSON for what it is, however the file spells numbers', async () => {
  const field = {
    type: 'number',
    decimalChar: ',',
    groupChar: '.',
    constraints: { minimum: 1.5, maximum: 99.5 },
  }
  const { rows, sealed } = await load('a;b\n1;2,0\n2;1,0\n3;150,0\n', schema({ name: 'b', ...field }))
  expect(rows).toEqual([{ a: 1, b: 2 }])
  expect(sealed.refusals.map(({ line, cause }) => [line, cause])).toEqual([
    [3, 'not-allowed'],
    [4, 'not-allowed'],
  ])
})

it('is no schema where it lists more values than can be asked for, or parts and quotes cells by one sign', () => {
  const listing = (count: number) => ({ name: 'a', constraints: { enum: Array(count).fill('甲') } })
  expect(descriptorSchema.safeParse(schema(listing(1000), listing(1000))).success).toBe(true)
  expect(descriptorSchema.safeParse(schema(listing(1000), listing(1000), listing(1))).success).toBe(false)
  const resources = [{ path: 'a.csv', schema: schema({ name: 'a' }), dialect: { quoteChar: ',' } }]
  expect(descriptorSchema.safeParse({ resources }).success).toBe(false)
})

describe('no value', () => {
  it('is what the schema spells so, and nothing else', async () => {
    const file = 'a,b\nNA,x\n空,NA\n-,y\n'
    const told = {
      missingValues: ['空', { value: '-', label: '未填' }],
      ...schema({ name: 'a', type: 'string' }),
    }
    expect((await load(file, told)).rows).toEqual([
      { a: 'NA', b: 'x' },
      { a: null, b: 'NA' },
      { a: null, b: 'y' },
    ])
  })

  it('is spelt by a column of its own way where the schema says so', async () => {
    const own = { missingValues: ['-'], ...schema({ name: 'a', type: 'string', missingValues: ['99'] }) }
    expect((await load('a,b\n99,-\n-,99\n', own)).rows).toEqual([
      { a: null, b: null },
      { a: '-', b: 99 },
    ])
  })

  it.each(['NA', 'N/A', '\\N', 'NULL', 'null', ''])('is %j where nobody says anything', async (spelling) => {
    const staged = await stageBytes(lake, `a,b\n1,${spelling}\n2,3\n`)
    const profile = await lake.profile(staged)
    expect(profile.tables[0]!.columns[1]).toMatchObject({ type: 'integer', nulls: 1 })
    expect(await lake.load(loadRequest(staged, profile))).toMatchObject({ rows: 2, refusedRows: 0 })
  })

  it('is 空 where the steward says so, and a text where not', async () => {
    const staged = await stageBytes(lake, 'a,b\n1,空\n2,3\n')
    const profile = await lake.profile(staged)
    expect(profile.tables[0]!.columns[1]).toMatchObject({ type: 'text', nulls: 0 })
    const columns = [
      { source: 'a', field: 'a', type: 'integer', required: false },
      { source: 'b', field: 'b', type: 'integer', required: false },
    ] as const
    expect(await lake.load(loadRequest(staged, profile, { columns }))).toMatchObject({
      rows: 1,
      refusedRows: 1,
    })
    const nulls = ['', '空']
    expect(await lake.load(loadRequest(staged, profile, { columns, nulls }))).toMatchObject({
      rows: 2,
      refusedRows: 0,
    })
  })
})

describe('constraints of a Table Schema', () => {
  it.each([
    ['enum', { type: 'string' }, { enum: ['甲', '乙'] }, '乙', '丙'],
    ['enum of numbers', { type: 'integer' }, { enum: [1, 2] }, '2', '3'],
    ['pattern', { type: 'string' }, { pattern: '[A-Z]{2}\\d+' }, 'AB12', 'xAB12'],
    ['minimum', { type: 'integer' }, { minimum: 5 }, '5', '4'],
    ['maximum of dates', { type: 'date' }, { maximum: '2026-12-31' }, '2026-12-31', '2027-01-01'],
    ['bounds beyond', { type: 'number' }, { exclusiveMinimum: 0, exclusiveMaximum: '1.5' }, '1.25', '1.5'],
    ['length', { type: 'string' }, { minLength: 2, maxLength: 3 }, '三个字', '共四个字'],
    ['form', { type: 'string', format: 'email' }, {}, 'a@b.cn', 'a.b.cn'],
  ])('%s', async (_, field, constraints, good, bad) => {
    const { sealed, rows, table } = await load(
      `a,b\n1,${good}\n2,${bad}\n3,\n`,
      schema({ name: 'b', ...field, constraints }),
    )
    expect(table.columns[1]!.misfits).toBe(1)
    expect(sealed.refusals).toMatchObject([{ line: 3, column: 'b', cause: 'not-allowed', value: bad }])
    expect(rows.map(({ a }) => a)).toEqual([1, 3])
  })

  it('required: an empty cell is refused; not where the schema is set aside', async () => {
    const told = schema({ name: 'b', type: 'string', constraints: { required: true, enum: ['x'] } })
    const { sealed } = await load('a,b\n1,x\n2,\n', told)
    expect(sealed.refusals).toMatchObject([{ line: 3, column: 'b', cause: 'missing' }])
    expect((await load('a,b\n1,y\n2,\n', told, true)).sealed).toMatchObject({ rows: 2, refusedRows: 0 })
  })

  it('bounds that cannot be read are told by name, and refuse nothing', async () => {
    const told = schema(
      { name: 'a', type: 'integer', constraints: { minimum: 'abc', maximum: 1 } },
      {
        name: 'b',
        type: 'date',
        format: '%d/%m/%Y',
        constraints: { minimum: '2026-13-01', maximum: '31/12/2026', exclusiveMaximum: '2027-01-01' },
      },
      { name: 'c', type: 'string', constraints: { minimum: 'abc' } },
    )
    const { table, sealed } = await load('a,b,c\n1,01/02/2026,x\n2,01/02/2026,x\n', told)
    expect(table.columns.map(({ unreadBounds }) => unreadBounds)).toEqual([['minimum'], ['minimum'], []])
    expect(sealed.refusals).toMatchObject([{ line: 3, column: 'a', cause: 'not-allowed' }])
  })

  it.each([
    [{ type: 'date', format: 'DD/MM/YYYY' }, 'date', ['format']],
    [{ type: 'date', format: '%d/%m/%Q' }, 'date', ['format']],
    [{ type: 'date', format: '%d/%m/%Y' }, 'date', []],
    [{ type: 'date', format: 'any' }, 'date', []],
    [{ type: 'datetime', format: 'default' }, 'instant', []],
    [{ type: 'string', format: 'binary' }, 'text', ['format']],
    [{ type: 'geopoint', format: 'array' }, 'geometry', []],
    [{ type: 'geopoint', format: 'lonlat' }, 'geometry', ['format']],
    [{ type: 'geojson', format: 'topojson' }, 'geometry', ['format']],
  ] as const)('a format that is not known is told: %j', (field, type, unchecked) => {
    expect(uncheckedOf({ name: 'a', ...field }, type)).toEqual(unchecked)
  })

  it('patterns that the engine might not know are not tried, and any other is understood by it', async () => {
    for (const pattern of [
      '(?=a)b',
      '(a)\\1',
      '\\p{IsGreek}',
      '[a-z-[aeiou]]',
      'a{2000}',
      '(',
      '(a{40}){40}',
      '\\w{2,10}',
      '[\\b]',
      '[a[:alpha:]',
      `(?:${'[一-龥]'.repeat(90)}){1000}`,
    ])
      expect(isSharedPattern(pattern)).toBe(false)
    const pieces = fc.constantFrom(
      'a',
      '\\d',
      '[^x-z]',
      '(?:b|c)',
      '.',
      '*',
      '+',
      '?',
      '{2,3}',
      '|',
      '^',
      '$',
      '\\.',
      '[',
      ']',
    )
    const patterns = fc.sample(
      fc.array(pieces, { maxLength: 6 }).map((each) => each.join('')),
      { numRuns: 300, seed: 7 },
    )
    const shared = [...new Set(patterns)].filter(isSharedPattern)
    expect(shared.length).toBeGreaterThan(50)
    const fields = shared.map((pattern, at) => ({ name: `c${at}`, type: 'string', constraints: { pattern } }))
    const header = shared.map((__, at) => `c${at}`).join(',')
    const { table } = await load(`${header}\n${shared.map(() => 'a').join(',')}\n`, schema(...fields))
    expect(table.columns).toHaveLength(shared.length)
  })
})

describe('a Data Package', () => {
  it('says how a file without a header is cut and quoted', async () => {
    const told = {
      resources: [
        {
          path: 'data/rows.csv',
          dialect: { delimiter: ';', quoteChar: "'", header: false, escapeChar: '\\' },
          schema: schema({ name: '编号', type: 'string' }, { name: '数量', type: 'integer' }),
        },
        { path: 'other.csv', schema: schema({ name: 'x' }) },
      ],
    }
    const { rows, table } = await load(`'0;1';5\n2;"6\n`, told)
    expect(table.schema).toMatchObject({ unchecked: ['escapeChar'] })
    expect(rows).toEqual([{ 编号: '0;1', 数量: 5 }])
  })

  it('in an archive tells of the files beside it, and is no table', async () => {
    const told = {
      resources: [
        { path: 'b.csv', schema: { ...schema({ name: 'n', type: 'string' }), primaryKey: 'n' } },
        { path: 'g.csv', encoding: 'gbk', schema: schema({ name: '名', type: 'string' }) },
      ],
    }
    const archive = await zipOf({
      'datapackage.json': JSON.stringify(told),
      'b.csv': 'n,m\n01,2\n',
      'g.csv': Buffer.from([0xc3, 0xfb, 0x0a, 0xbc, 0xd7, 0x0a]),
    })
    const profile = await lake.profile(await stageBytes(lake, archive, 'all.zip'))
    expect(profile.descriptorName).toBe('datapackage.json')
    expect(profile.leftOut).toBeUndefined()
    expect(profile.tables.map(({ name }) => name)).toEqual(['b.csv', 'g.csv'])
    expect(profile.tables[0]!.schema).toMatchObject({ primaryKey: ['n'] })
    expect(profile.tables[0]!.columns.map(({ type }) => type)).toEqual(['text', 'integer'])
    expect(profile.tables[1]!.columns[0]).toMatchObject({ source: '名', samples: ['甲'] })
  })

  it('that is malformed is said, and the tables are there all the same', async () => {
    const archive = await zipOf({ 'schema.json': '{"fields": [{"type": "blob"}]}', 'b.csv': 'n\n1\n' })
    const profile = await lake.profile(await stageBytes(lake, archive, 'all.zip'))
    expect(profile.leftOut).toEqual([{ name: 'schema.json', code: 'bad-descriptor' }])
    expect(profile.tables[0]).toMatchObject({ name: 'b.csv', rowCount: 1 })
  })
})

describe('several schemas in one archive', () => {
  const archiveOf = async (files: Record<string, string>, descriptor?: object) => {
    const staged = await stageBytes(lake, await zipOf(files), 'all.zip')
    return lake.profile(staged, descriptor && { descriptor: descriptorOf(descriptor) })
  }
  const textNamed = (name: string) => JSON.stringify(schema({ name, type: 'string' }))
  const typesOf = ({ tables }: Awaited<ReturnType<typeof archiveOf>>) =>
    Object.fromEntries(tables.map(({ name, columns }) => [name, columns[0]!.type]))

  it('speak each of the files beside and below it, and of none elsewhere', async () => {
    const profile = await archiveOf({
      'a/schema.json': textNamed('n'),
      'a/rows.csv': 'n\n01\n',
      'a/2026/rows.csv': 'n\n02\n',
      'b/schema.json': textNamed('m'),
      'b/rows.csv': 'n\n3\n',
      'c/rows.csv': 'n\n4\n',
    })
    expect(typesOf(profile)).toEqual({
      'a/rows.csv': 'text',
      'a/2026/rows.csv': 'text',
      'b/rows.csv': 'integer',
      'c/rows.csv': 'integer',
    })
    expect(profile.tables.find(({ name }) => name === 'b/rows.csv')!.schema).toMatchObject({ absent: ['m'] })
    expect(profile.tables.find(({ name }) => name === 'c/rows.csv')!.schema).toBeUndefined()
    expect(profile.descriptorName).toBe('a/schema.json, b/schema.json')
    expect(profile.leftOut).toBeUndefined()
  })

  it('go by the name of the file before the folder, and by a package that names it before both', async () => {
    const profile = await archiveOf({
      'schema.json': textNamed('n'),
      'own.schema.json': JSON.stringify(schema({ name: 'n', type: 'number' })),
      'own.csv': 'n\n01\n',
      'other.csv': 'n\n01\n',
      'sub/datapackage.json': JSON.stringify({
        resources: [{ path: 'own.csv', schema: schema({ name: 'n', type: 'integer' }) }],
      }),
      'sub/own.csv': 'n\n01\n',
    })
    expect(typesOf(profile)).toEqual({ 'own.csv': 'decimal', 'other.csv': 'text', 'sub/own.csv': 'integer' })
    expect(profile.leftOut).toBeUndefined()
  })

  it('go by a package that knows the file by less than its path after the schema of its folder', async () => {
    const profile = await archiveOf({
      'datapackage.json': JSON.stringify({
        resources: [{ path: 'rows.csv', schema: schema({ name: 'n', type: 'number' }) }],
      }),
      'rows.csv': 'n\n01\n',
      'b/rows.csv': 'n\n02\n',
      'b/schema.json': textNamed('n'),
      'c/rows.csv': 'n\n03\n',
    })
    expect(typesOf(profile)).toEqual({ 'rows.csv': 'decimal', 'b/rows.csv': 'text', 'c/rows.csv': 'decimal' })
    expect(profile.leftOut).toBeUndefined()
  })

  it('are told of where they are not applied: twice for the same files, for none, or beside that of the sender', async () => {
    const twice = await archiveOf({
      'schema.json': textNamed('n'),
      'tableschema.json': textNamed('n'),
      'empty/schema.json': textNamed('n'),
      'rows.csv': 'n\n01\n',
    })
    expect(typesOf(twice)).toEqual({ 'rows.csv': 'text' })
    expect(twice.descriptorName).toBe('schema.json')
    expect(twice.leftOut).toEqual([
      { name: 'tableschema.json', code: 'descriptor-unused' },
      { name: 'empty/schema.json', code: 'descriptor-unused' },
    ])
    const files = { 'schema.json': textNamed('n'), 'rows.csv': 'n\n01\n' }
    const sent = await archiveOf(files, schema({ name: 'n', type: 'integer' }))
    expect(typesOf(sent)).toEqual({ 'rows.csv': 'integer' })
    expect(sent.leftOut).toEqual([{ name: 'schema.json', code: 'descriptor-unused' }])
  })

  it('of a name that belongs to no file is a file like any other', async () => {
    const profile = await archiveOf({ 'x.schema.json': '[{"n": 1}]', 'rows.csv': 'n\n1\n' })
    expect(profile.tables.map(({ name }) => name)).toEqual(['x.schema.json', 'rows.csv'])
  })
})
