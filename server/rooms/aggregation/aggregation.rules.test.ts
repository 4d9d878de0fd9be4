import { describe, expect, it } from 'vitest'
import type { ColumnProfile, SealedSnapshot, TableProfile } from '../../foundations/lake/index.ts'
import type { EntryContent } from '../catalogue/index.ts'
import { entryContent } from '../catalogue/test-entry.ts'
import {
  acceptedPairs,
  decideColumns,
  measureQuality,
  missingFields,
  personalFindings,
  proposeMapping,
  qualityScore,
  tableOf,
} from './aggregation.rules.ts'

const column = (source: string, more: Partial<ColumnProfile> = {}): ColumnProfile => ({
  source,
  type: 'text',
  nulls: 0,
  distinctAbout: 1,
  samples: [],
  misfits: 0,
  misfitSamples: [],
  ...more,
})
const table = (...columns: (string | ColumnProfile)[]): TableProfile => ({
  name: 'sheet',
  rowCount: 1,
  columns: columns.map((each) => (typeof each === 'string' ? column(each) : each)),
  sampleRows: [],
  malformedRows: 0,
})
const content: EntryContent = entryContent({
  fields: [
    { name: '信用代码', type: 'credit-code', sensitivity: 'public', key: true },
    { name: '名称', type: 'text', sensitivity: 'public', required: true },
    { name: 'PM2.5', type: 'decimal', sensitivity: 'internal' },
    { name: '电话', type: 'phone', sensitivity: 'personal' },
  ],
})
const condition = (verdict: ReturnType<typeof decideColumns>) =>
  verdict.ok ? 'granted' : verdict.refusal.condition.zh

describe('which column becomes which field', () => {
  it('is told by the name, whatever its width, blanks and capitals', () => {
    const mapping = proposeMapping(content, table(' 名 称 ', 'ｐｍ２．５', '别的'))
    expect([...mapping]).toEqual([
      [' 名 称 ', '名称'],
      ['ｐｍ２．５', 'PM2.5'],
    ])
    expect(missingFields(content, mapping)).toEqual(['信用代码', '电话'])
  })

  it('gives a field to the first of two columns of its name', () => {
    expect([...proposeMapping(content, table('名称', '名 称'))]).toEqual([['名称', '名称']])
  })

  it('is what the steward says where the steward says anything', () => {
    const columns = [
      { source: 'A', field: '名称' },
      { source: '名称', field: null },
    ]
    expect(acceptedPairs(content, table('A', '名称'), { columns })).toEqual([['A', '名称']])
    expect(acceptedPairs(content, table('A', '名称'), null)).toEqual([['名称', '名称']])
  })
})

describe('the columns to load', () => {
  const file = table('信用代码', '名称', '备注')
  it('have the types of the catalogue, and no row without its key', () => {
    expect(decideColumns(content, file, {})).toEqual({
      ok: true,
      value: [
        { source: '信用代码', field: '信用代码', type: 'credit-code', required: true },
        { source: '名称', field: '名称', type: 'text', required: true },
      ],
    })
  })

  it.each<[string, readonly { source: string; field: string | null }[]]>([
    ['没有信息项', [{ source: '备注', field: '不存在' }]],
    ['没有列', [{ source: '不存在', field: '名称' }]],
    [
      '对应了两列',
      [
        { source: '名称', field: '名称' },
        { source: '备注', field: '名称' },
      ],
    ],
    ['没有一项对应', [{ source: '名称', field: null }]],
    ['缺少必填信息项“信用代码”', [{ source: '名称', field: '名称' }]],
    ['缺少必填信息项“名称”', [{ source: '信用代码', field: '信用代码' }]],
  ])('are refused: %s', (why, columns) => {
    expect(condition(decideColumns(content, file, { columns: [...columns] }))).toContain(why)
  })
})

describe('the table of a file', () => {
  const profile = { format: 'xlsx' as const, tables: [table('A'), { ...table('B'), name: 'second' }] }
  it('is the first, or the one that is named, or none', () => {
    expect(tableOf(profile, {})?.name).toBe('sheet')
    expect(tableOf(profile, { table: 'second' })?.name).toBe('second')
    expect(tableOf(profile, { table: 'third' })).toBeUndefined()
  })
})

describe('quality', () => {
  const sealed = (rows: number, refusedRows: number, nulls: readonly number[]) =>
    measureQuality({
      rows,
      refusedRows,
      fields: nulls.map((each, index) => ({
        field: `f${index}`,
        nulls: each,
        distinctAbout: 1,
        min: null,
        max: null,
      })),
    } as unknown as SealedSnapshot)

  it('counts cells with a value, and rows taken in', () => {
    expect(sealed(8, 2, [2, 0])).toMatchObject({ completeness: 1 - 2 / 16, validity: 0.8 })
  })

  it('of nothing has no fault', () => {
    expect(sealed(0, 0, [])).toMatchObject({ completeness: 1, validity: 1 })
    expect(sealed(0, 3, [0])).toMatchObject({ completeness: 1, validity: 0 })
  })

  it('is the mean of what is promised: timeliness only where there is a cycle', () => {
    const quality = sealed(8, 2, [4, 0])
    expect(qualityScore(quality, null)).toBe(78)
    expect(qualityScore(quality, false)).toBe(85)
    expect(qualityScore(quality, true)).toBe(52)
  })
})

describe('personal data', () => {
  it('are pointed out where the entry declares their field as none, and only there', () => {
    const file = table(
      column('名称', { looksPersonal: 'name' }),
      column('电话', { looksPersonal: 'phone' }),
      column('备注', { looksPersonal: 'address' }),
      'PM2.5',
    )
    expect(personalFindings(content, file, proposeMapping(content, file))).toEqual([
      { field: '名称', kind: 'name', declared: 'public' },
    ])
    const taken = new Map([['备注', 'PM2.5']])
    expect(personalFindings(content, file, taken)).toEqual([
      { field: 'PM2.5', kind: 'address', declared: 'internal' },
    ])
  })
})
