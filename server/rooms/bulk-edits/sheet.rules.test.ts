import { buffer } from 'node:stream/consumers'
import { text } from '@tiaoli/kernel/text'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { readWorkbook, workbookOf } from '../../foundations/lake/index.ts'
import { fieldColumns, headingOf, keyOfHeading } from './columns.rules.ts'
import { fieldChanges } from './differences.rules.ts'
import { partAt, withoutBlanks, withPart } from './parts.rules.ts'
import { linesOf } from './sheet.rules.ts'

const sheet = text('条目', 'Entries')
const columns = [
  { key: 'id', title: text('标识', 'Id') },
  { key: 'title', title: text('名称', 'Title') },
]

/** A workbook with one sheet, whose cells are given as they stand in the file. */
async function sheetWith(cells: string) {
  const zip = new ZipFile()
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(xml), path)
  add('xl/workbook.xml', '<workbook><sheets><sheet name="条目" sheetId="1" r:id="r1"/></sheets></workbook>')
  add('xl/_rels/workbook.xml.rels', '<r><Relationship Id="r1" Target="worksheets/sheet1.xml"/></r>')
  add('xl/worksheets/sheet1.xml', `<worksheet><sheetData>${cells}</sheetData></worksheet>`)
  zip.end()
  return (await readWorkbook(await buffer(zip.outputStream), 10))[0]!
}
const inline = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`

it('tells the cells that are reckoned, whether or not they have a value', async () => {
  const { rows } = await sheetWith(
    `<row>${inline('标识 [id]')}${inline('名称 [title]')}</row><row>${inline('1')}<c><f>1+1</f><v>2</v></c></row><row><c><f>NOW()</f></c></row>`,
  )
  const { lines, faults } = linesOf(sheet, rows, columns, ['id'])
  expect(faults).toEqual([])
  expect(lines.map(({ formulas }) => formulas)).toEqual([['title'], ['id']])
})

it('refuses columns that nobody knows, that stand twice, and that are needed and missing', async () => {
  const { rows } = await sheetWith(
    `<row>${inline('名称 [title]')}${inline('名称 [title]')}${inline('备注')}</row>`,
  )
  expect(linesOf(sheet, rows, columns, ['id']).faults.map(({ path }) => path)).toEqual([
    '条目: title',
    '条目: 备注',
    '条目: 标识 [id]',
  ])
})

it('stops reading a sheet of too many lines', async () => {
  await expect(sheetWith(`<row>${inline('x')}</row>`.repeat(11))).rejects.toMatchObject({
    code: 'too-large',
  })
})

it('gives back every text that a cell can hold', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 5 }), async (cells) => {
      const rows = [['标识 [id]'], cells]
      const bytes = await buffer(workbookOf([{ name: 'a & <b>', rows, widths: [10] }]))
      const [read] = await readWorkbook(bytes, 10)
      expect(read!.name).toBe('a & <b>')
      const blank = cells.every((each) => each.trim() === '')
      // A cell without a text is not written, which reads as one without a text.
      const texts = read!.rows.slice(1).map((row) => cells.map((_, index) => row.cells[index] ?? ''))
      expect(texts).toEqual(blank ? [] : [cells])
    }),
    { numRuns: 25 },
  )
})

it('knows its own headings again', () => {
  for (const column of fieldColumns) expect(keyOfHeading(headingOf(column))).toBe(column.key)
  expect(keyOfHeading('名称［title］')).toBe('title')
})

it('sets a part deep within and leaves the rest alone', () => {
  const whole = { sharing: { type: 'a', basis: null } }
  const changed = withPart(whole, 'sharing.basis.rank', 'law')
  expect(partAt(changed, 'sharing.basis.rank')).toBe('law')
  expect(partAt(changed, 'sharing.type')).toBe('a')
  expect(whole).toEqual({ sharing: { type: 'a', basis: null } })
  expect(withoutBlanks({ sharing: { basis: { rank: '', instrument: '', article: '' } } })).toEqual({
    sharing: { basis: null },
  })
})

it('tells fields that came, went, changed and only moved', () => {
  const field = (name: string, meaning = '') => ({
    ...{ name, meaning, type: 'text' as const, unit: '', sensitivity: 'public' as const },
    ...{ key: false, required: false },
  })
  const places = (changes: ReturnType<typeof fieldChanges>) => changes.map(({ place }) => place.zh)
  expect(places(fieldChanges([field('甲'), field('乙')], [field('乙', '新'), field('丙')]))).toEqual([
    '信息项“甲”',
    '信息项“乙” 含义',
    '信息项“丙”',
  ])
  expect(places(fieldChanges([field('甲'), field('乙')], [field('乙'), field('甲')]))).toEqual([
    '信息项的顺序',
  ])
})
