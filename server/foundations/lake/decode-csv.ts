import { headOfSource } from './byte-source.ts'
import { CsvCleaner } from './csv-cleaner.ts'
import type { TextContext } from './decode.types.ts'
import { findDelimiter, readRows } from './delimiter.ts'
import type { ResourceReading } from './descriptor.ts'
import { toUtf8 } from './encoding.ts'
import { headerIndex, nameHeaders } from './headers.ts'
import { LakeError } from './lake.errors.ts'
import { PiecewiseFile, type PlainTable, plainPaths } from './plain-table.ts'

/** How much of the text is looked at to find delimiter and header. */
const headBytes = 1 << 20

/**
 * Brings a CSV file to a plain table. Where its descriptor says that there is no header, the columns are named by the
 * fields of its schema in their order.
 */
export async function decodeCsv(
  context: TextContext,
  encoding: string,
  toldDelimiter: string | undefined,
  { dialect, schema }: ResourceReading = {},
): Promise<{ table: PlainTable; delimiter: string }> {
  const { source, signal } = context
  const head = (await headOfSource(toUtf8(source.chunks(signal), encoding), headBytes)).toString('utf8')
  const delimiter = toldDelimiter ?? dialect?.delimiter ?? findDelimiter(head)
  const quote = dialect?.quoteChar
  const firstRows = readRows(head, delimiter, 20, quote)
  if (firstRows.length === 0) throw new LakeError('empty-file')
  const named = dialect?.header !== false
  const header = named ? headerIndex(firstRows) : -1
  const headers = nameHeaders(
    named ? firstRows[header]! : firstRows[0]!.map((_, at) => schema?.fields[at]?.name ?? `column_${at + 1}`),
  )
  const paths = plainPaths(context.folder, 0)
  const cleaner = new CsvCleaner({
    delimiter,
    width: headers.length,
    rowsToSkip: header + 1,
    ...(quote !== undefined && { quote }),
  })
  const output = await PiecewiseFile.create(paths.path)
  const refused = await PiecewiseFile.create(paths.refusedPath)
  const keep = async (bytes: Buffer) => {
    await output.bytes(bytes)
    for (const row of cleaner.takeRefused()) await refused.text(`${JSON.stringify(row)}\n`)
  }
  try {
    const chunks = source.chunks(signal, context.onRead)
    for await (const chunk of toUtf8(chunks, encoding)) await keep(cleaner.push(chunk))
    await keep(cleaner.finish())
  } finally {
    await output.close()
    await refused.close()
  }
  const { rows, malformed, innerBreaks, outerBlanks, creditCodes } = cleaner
  const table = {
    name: context.fileName,
    headers,
    rows,
    malformed,
    innerBreaks,
    outerBlanks,
    padded: false,
    creditCodes: creditCodes.columns,
    ...paths,
  }
  return { table, delimiter }
}
