import { describe, expect, it } from 'vitest'
import type { TableProfile } from '../../foundations/lake/index.ts'
import { entryContent } from '../catalogue/test-entry.ts'
import { lossOfRows, unseen } from './unseen.rules.ts'

const content = entryContent({
  fields: [
    { name: '编号', type: 'text', sensitivity: 'public', key: true },
    { name: '名称', type: 'text', sensitivity: 'public' },
  ],
})
const table = (name: string, ...columns: string[]): TableProfile => ({
  name,
  rowCount: 1,
  columns: columns.map((source) => ({
    source,
    type: 'text',
    nulls: 0,
    distinctAbout: 1,
    samples: [],
    misfits: 0,
    misfitSamples: [],
  })),
  sampleRows: [],
  malformedRows: 0,
})
const ofTables = (...tables: TableProfile[]) => unseen(content, { format: 'xlsx', tables })

describe('A file that is to go in by itself', () => {
  it('does where one table has a column for every field, whatever else the file has', () => {
    const whole = table('数据', '名称', '编号', '备注')
    expect(ofTables(table('说明', '标题'), whole)).toEqual({ table: whole })
  })

  it('waits where its table lacks fields, and names them', () => {
    expect(ofTables(table('数据', '编号'))).toMatchObject({
      waits: { zh: '文件中没有以下信息项的列：名称', en: 'The file has no column for 名称' },
    })
  })

  it('waits where no table or several have all of them', () => {
    expect(ofTables(table('一', '编号'), table('二', '名称'))).toMatchObject({
      waits: { zh: '没有一张表含有全部信息项' },
    })
    expect(ofTables(table('一', '编号', '名称'), table('二', '编号', '名称'))).toMatchObject({
      waits: { zh: '有几张表都含有全部信息项，须选择其一' },
    })
  })

  it('waits where a schema that came with it was not applied', () => {
    const tables = [table('数据', '编号', '名称')]
    const leftOut = [{ name: 'schema.json', code: 'bad-descriptor' as const }]
    expect(unseen(content, { format: 'csv', tables, leftOut })).toMatchObject({
      waits: { zh: '随附的表结构未能读取' },
    })
  })
})

describe('Rows that are to take the place of others by themselves', () => {
  it.each([
    [100, 49, true],
    [100, 50, false],
    [99, 0, false],
    [5_000, 20, true],
    [0, 0, false],
  ])('of %i rows, %i left: looked at first: %s', (before, rows, isLooked) => {
    expect(lossOfRows(before, { rows, refusedRows: 0 }) !== undefined).toBe(isLooked)
  })

  it('say how many there were, how many come and how many were refused', () => {
    expect(lossOfRows(5_000, { rows: 20, refusedRows: 7 })?.zh).toBe(
      '现有 5000 行，替换后只有 20 行（拒收 7 行），不到一半（平台规则，非法定）',
    )
  })
})
