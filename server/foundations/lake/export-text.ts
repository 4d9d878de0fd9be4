import { csvRow } from './csv-cells.ts'
import { type ExportField, type RowBatches, sheetValue } from './export-rows.ts'
import type { Row } from './lake.types.ts'
import { bitOf, digestOf, type Sign } from './row-marks.ts'

/** A byte-order mark, so that Excel reads UTF-8, and the titles. */
export const csvHead = (fields: readonly ExportField[]): string =>
  `\ufeff${csvRow(fields.map(({ title }) => title))}`

/** CSV for people and Excel: a byte-order mark, titles, civil times, no cell that runs as a formula. */
export async function* csvText(
  fields: readonly ExportField[],
  batches: RowBatches,
  sign?: Sign,
): AsyncGenerator<string> {
  yield csvHead(fields)
  for await (const rows of batches)
    yield rows
      .map((row) =>
        csvRow(
          fields.map(({ field, type }) => sheetValue(type, row[field])),
          sign,
        ),
      )
      .join('')
}

/** One JSON object a line. */
export async function* ndjsonText(batches: RowBatches, sign?: Sign): AsyncGenerator<string> {
  for await (const rows of batches) yield rows.map((row) => `${objectText(row, sign)}\n`).join('')
}

/** A JSON list of objects. */
export async function* jsonText(batches: RowBatches, sign?: Sign): AsyncGenerator<string> {
  let before = '[\n'
  for await (const rows of batches) {
    if (rows.length === 0) continue
    yield before + rows.map((row) => objectText(row, sign)).join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** White space between the parts of an object says nothing (RFC 8259): under a sign one stands after the brace, or not. */
function objectText(row: Row, sign: Sign | undefined): string {
  const text = JSON.stringify(row)
  return sign !== undefined && bitOf(digestOf(text), sign) ? `{ ${text.slice(1)}` : text
}
