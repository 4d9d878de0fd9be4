import { Readable } from 'node:stream'
import type { ExportField } from './export-rows.ts'
import { csvText } from './export-text.ts'
import type { Download, Row } from './lake.types.ts'
import { xlsxStream } from './xlsx-write.ts'

/** A table that the house itself has made, such as figures, as a file like those of the data. */
export function tableFile(
  format: 'csv' | 'xlsx',
  fields: readonly ExportField[],
  rows: readonly Row[],
): Download {
  const batches = Readable.from([rows], { objectMode: true }) as AsyncIterable<readonly Row[]>
  return format === 'csv'
    ? {
        stream: Readable.from(csvText(fields, batches), { objectMode: false }),
        contentType: 'text/csv; charset=utf-8',
        fileExtension: 'csv',
      }
    : {
        stream: xlsxStream(fields, batches, rows.length),
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        fileExtension: 'xlsx',
      }
}
