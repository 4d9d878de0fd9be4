import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { type ExportField, type RowBatches, sheetValue } from './export-rows.ts'

/** Rows below the header that one sheet can hold. */
const sheetRows = 1_048_575

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * A workbook as it is written, a row at a time. Texts and codes are text cells, so no digit is lost and nothing runs
 * as a formula; what is more than one sheet can hold goes on in the next. `rowCount` has to be known, as the list
 * of sheets stands apart from them.
 */
export function xlsxStream(fields: readonly ExportField[], batches: RowBatches, rowCount: number): Readable {
  const zip = new ZipFile()
  const sheets = Math.max(1, Math.ceil(rowCount / sheetRows))
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  zip.addBuffer(Buffer.from(contentTypes(numbers)), '[Content_Types].xml')
  zip.addBuffer(Buffer.from(packageRelations), '_rels/.rels')
  zip.addBuffer(Buffer.from(workbook(numbers)), 'xl/workbook.xml')
  zip.addBuffer(Buffer.from(workbookRelations(numbers)), 'xl/_rels/workbook.xml.rels')
  const output = zip.outputStream as Readable
  const rows = singleRows(batches)
  for (const number of numbers)
    zip.addReadStreamLazy(`xl/worksheets/sheet${number}.xml`, (ready) => {
      const sheet = Readable.from(sheetXml(fields, rows), { objectMode: false })
      sheet.on('error', (error) => output.destroy(error))
      ready(null, sheet)
    })
  zip.on('error', (error: Error) => output.destroy(error))
  output.on('close', () => void rows.return(undefined))
  zip.end()
  return output
}

async function* singleRows(batches: RowBatches) {
  for await (const rows of batches) yield* rows
}

async function* sheetXml(
  fields: readonly ExportField[],
  rows: ReturnType<typeof singleRows>,
): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetData>${rowXml(fields.map(({ title }) => title))}`
  let piece = ''
  for (let count = 0; count < sheetRows; count += 1) {
    const { value: row, done } = await rows.next()
    if (done || row === undefined) break
    piece += rowXml(fields.map(({ field, type }) => sheetValue(type, row[field])))
    if (piece.length > 1 << 16) {
      yield piece
      piece = ''
    }
  }
  yield `${piece}</sheetData></worksheet>`
}

const rowXml = (cells: readonly (string | number | boolean | null)[]): string =>
  `<row>${cells.map(cellXml).join('')}</row>`

function cellXml(value: string | number | boolean | null): string {
  if (value === null) return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
}

/** Control characters have no place in XML 1.0; they are left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

const escapeXml = (text: string): string =>
  text.replace(unwritable, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const contentTypes = (numbers: readonly number[]): string =>
  `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>${numbers
    .map(
      (number) =>
        `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`,
    )
    .join('')}</Types>`

const packageRelations = `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const workbook = (numbers: readonly number[]): string =>
  `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${numbers
    .map((number) => `<sheet name="Sheet${number}" sheetId="${number}" r:id="rId${number}"/>`)
    .join('')}</sheets></workbook>`

const workbookRelations = (numbers: readonly number[]): string =>
  `${head}<Relationships xmlns="${packages}/relationships">${numbers
    .map(
      (number) =>
        `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
    )
    .join('')}</Relationships>`
