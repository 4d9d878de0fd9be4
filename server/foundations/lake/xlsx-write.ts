import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { type ExportField, type RowBatches, sheetValue } from './export-rows.ts'
import { bitOf, carriesForm, digestOf, type Sign } from './row-marks.ts'
import { otherBlack } from './xlsx-formats.ts'

/** Rows below the header that one sheet can hold. */
const sheetRows = 1_048_575

export const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * A workbook as it is written, a row at a time. Texts and codes are text cells, so no digit is lost and nothing runs
 * as a formula; what is more than one sheet can hold goes on in the next. `rowCount` has to be known, as the list
 * of sheets stands apart from them. Under a sign a text stands in one of two blacks that nobody can tell apart.
 */
export function xlsxStream(
  fields: readonly ExportField[],
  batches: RowBatches,
  rowCount: number,
  sign?: Sign,
): Readable {
  const zip = new ZipFile()
  const sheets = Math.max(1, Math.ceil(rowCount / sheetRows))
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  addFrame(
    zip,
    numbers.map((number) => `Sheet${number}`),
  )
  const output = zip.outputStream as Readable
  const rows = singleRows(batches)
  for (const number of numbers)
    zip.addReadStreamLazy(`xl/worksheets/sheet${number}.xml`, (ready) => {
      const sheet = Readable.from(sheetXml(fields, rows, sign), { objectMode: false })
      sheet.on('error', (error) => output.destroy(error))
      ready(null, sheet)
    })
  zip.on('error', (error: Error) => output.destroy(error))
  output.on('close', () => void rows.return(undefined))
  zip.end()
  return output
}

/** What stands around the sheets of a workbook of these names. */
export function addFrame(zip: ZipFile, names: readonly string[]): void {
  const numbers = names.map((_, index) => index + 1)
  zip.addBuffer(Buffer.from(contentTypes(numbers)), '[Content_Types].xml')
  zip.addBuffer(Buffer.from(packageRelations), '_rels/.rels')
  zip.addBuffer(Buffer.from(workbook(names)), 'xl/workbook.xml')
  zip.addBuffer(Buffer.from(workbookRelations(numbers)), 'xl/_rels/workbook.xml.rels')
  zip.addBuffer(Buffer.from(styles), 'xl/styles.xml')
}

async function* singleRows(batches: RowBatches) {
  for await (const rows of batches) yield* rows
}

async function* sheetXml(
  fields: readonly ExportField[],
  rows: ReturnType<typeof singleRows>,
  sign: Sign | undefined,
): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetData>${rowXml(fields.map(({ title }) => title))}`
  let piece = ''
  for (let count = 0; count < sheetRows; count += 1) {
    const { value: row, done } = await rows.next()
    if (done || row === undefined) break
    piece += rowXml(
      fields.map(({ field, type }) => sheetValue(type, row[field])),
      sign,
    )
    if (piece.length > 1 << 16) {
      yield piece
      piece = ''
    }
  }
  yield `${piece}</sheetData></worksheet>`
}

/** Characters that a cell can hold; a longer one makes Excel take the whole file for damaged. */
const cellCharacters = 32_767
/** What stands in place of what a cell cannot hold: a part of it would pass for the whole. */
export const tooLongForCell =
  '（内容超过单元格的上限 32,767 字，请下载 CSV、JSON 或 GeoJSON。 Longer than a cell can hold: take CSV, JSON or GeoJSON.）'

export type Cell = string | number | boolean | null

export const rowXml = (cells: readonly Cell[], sign?: Sign): string =>
  `<row>${cells.map((cell) => cellXml(cell, sign)).join('')}</row>`

function cellXml(value: Cell, sign: Sign | undefined): string {
  if (value === null) return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`
  if (value.length > cellCharacters) return cellXml(tooLongForCell, undefined)
  const style = sign !== undefined && carriesForm(value) && bitOf(digestOf(value), sign) ? ' s="1"' : ''
  return `<c${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
}

/** Control characters have no place in XML 1.0; they are left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

const escapeXml = (text: string): string =>
  text.replace(unwritable, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const contentTypes = (numbers: readonly number[]): string =>
  `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${numbers
    .map(
      (number) =>
        `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`,
    )
    .join('')}</Types>`

const packageRelations = `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const workbook = (names: readonly string[]): string =>
  `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names
    .map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('')}</sheets></workbook>`

const workbookRelations = (numbers: readonly number[]): string =>
  `${head}<Relationships xmlns="${packages}/relationships">${numbers
    .map(
      (number) =>
        `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
    )
    .join(
      '',
    )}<Relationship Id="rId${numbers.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`

const font = (color: string): string => `<font><sz val="11"/><color rgb="${color}"/><name val="等线"/></font>`
const format = (fontId: number): string =>
  `<xf numFmtId="0" fontId="${fontId}" fillId="0" borderId="0" xfId="0" applyFont="1"/>`

/** Style 1 is style 0 in another black. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2">${font('FF000000')}${font(otherBlack)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2">${format(0)}${format(1)}</cellXfs></styleSheet>`
