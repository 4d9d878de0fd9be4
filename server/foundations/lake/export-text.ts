import { csvRow } from './csv-cells.ts'
import { type ExportField, type RowBatches, sheetValue } from './export-rows.ts'

/** CSV for people and Excel: a byte-order mark, titles, civil times, no cell that runs as a formula. */
export async function* csvText(fields: readonly ExportField[], batches: RowBatches): AsyncGenerator<string> {
  yield `\ufeff${csvRow(fields.map(({ title }) => title))}`
  for await (const rows of batches)
    yield rows.map((row) => csvRow(fields.map(({ field, type }) => sheetValue(type, row[field])))).join('')
}

/** One JSON object a line. */
export async function* ndjsonText(batches: RowBatches): AsyncGenerator<string> {
  for await (const rows of batches) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

/** A JSON list of objects. */
export async function* jsonText(batches: RowBatches): AsyncGenerator<string> {
  let before = '[\n'
  for await (const rows of batches) {
    for (const row of rows) {
      yield before + JSON.stringify(row)
      before = ',\n'
    }
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
