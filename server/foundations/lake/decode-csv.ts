import { stat } from 'node:fs/promises'
import { headOfSource } from './byte-source.ts'
import { cleanCsv } from './clean-csv.ts'
import { joinedWatches, seenColumns } from './column-watch.ts'
import { CsvCleaner } from './csv-cleaner.ts'
import { middleOf, type SecondHalfFound, startSecondHalf, worthHalving } from './csv-second-half.ts'
import type { TextContext } from './decode.types.ts'
import { findDelimiter, readRows } from './delimiter.ts'
import type { ResourceReading } from './descriptor.ts'
import { requiringUtf8, toUtf8 } from './encoding.ts'
import { headerIndex, nameHeaders } from './headers.ts'
import { LakeError } from './lake.errors.ts'
import { type PlainTable, plainPaths } from './plain-table.ts'

/** How much of the text is looked at to find delimiter and header. */
const headBytes = 1 << 20

/** `isAssumed`: it is not known yet that the encoding is the one of the text. `halvedFrom`: bytes read by two threads. */
type CsvReading = { readonly isAssumed?: boolean; readonly halvedFrom?: number }

/**
 * Brings a CSV file to a plain table. Where its descriptor says that there is no header, the columns are named by the
 * fields of its schema in their order. Throws `NotUtf8` where this was assumed, and is shown not to be so.
 */
export async function decodeCsv(
  context: TextContext,
  encoding: string,
  toldDelimiter: string | undefined,
  { dialect, schema }: ResourceReading = {},
  { isAssumed = false, halvedFrom = worthHalving }: CsvReading = {},
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
  const form = { delimiter, width: headers.length, ...(quote !== undefined && { quote }) }
  const cleaner = new CsvCleaner({ ...form, rowsToSkip: header + 1 })
  const halved = encoding === 'utf-8' && !source.packed && (await stat(context.path)).size >= halvedFrom
  const middle = halved ? await middleOf(context.path) : null
  const second =
    middle === null ? null : startSecondHalf({ file: context.path, middle, form, isAssumed }, context.folder)
  const rest = { found: null as SecondHalfFound | null }
  try {
    const chunks = source.chunks(signal, context.onRead)
    const pieces = partedAt(isAssumed ? requiringUtf8(chunks) : chunks, middle)
    await cleanCsv(cleaner, toUtf8(pieces.chunks, encoding), paths, async () => {
      if (second === null || pieces.passed() !== middle) return false
      rest.found = await second.adopt(cleaner)
      return rest.found !== null
    })
    if (rest.found !== null) await second?.appendRefused(paths.refusedPath)
  } finally {
    await second?.stop(rest.found !== null)
  }
  const { found } = rest
  const findings = found === null ? findingsOf(cleaner) : joined(findingsOf(cleaner), found)
  const { watched, ...counts } = findings
  const table = {
    name: context.fileName,
    headers,
    padded: false,
    ...counts,
    seen: seenColumns(watched),
    ...paths,
    ...(second !== null && found !== null && { secondPath: second.path }),
  }
  return { table, delimiter }
}

type Findings = Omit<SecondHalfFound, 'firstLine'>

const findingsOf = ({ rows, malformed, innerBreaks, outerBlanks, watch }: CsvCleaner): Findings => ({
  rows,
  malformed,
  innerBreaks,
  outerBlanks,
  watched: watch.watched,
})

/** Pure: what is to be said of a table of which two parts were read. */
const joined = (first: Findings, second: Findings): Findings => ({
  rows: first.rows + second.rows,
  malformed: first.malformed + second.malformed,
  innerBreaks: first.innerBreaks || second.innerBreaks,
  outerBlanks: first.outerBlanks || second.outerBlanks,
  watched: joinedWatches(first.watched, second.watched),
})

/** The same bytes, with a piece that ends at `middle`. */
function partedAt(chunks: AsyncIterable<Buffer>, middle: number | null) {
  let passed = 0
  async function* parted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      const before = middle === null ? 0 : middle - passed
      const parts =
        before > 0 && before < chunk.length ? [chunk.subarray(0, before), chunk.subarray(before)] : [chunk]
      for (const part of parts) {
        passed += part.length
        yield part
      }
    }
  }
  return { chunks: parted(), passed: () => passed }
}
