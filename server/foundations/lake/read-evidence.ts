import { openByteSource } from './byte-source.ts'
import { findDelimiter } from './delimiter.ts'
import { type Duck, quoteName, quoteText } from './duck.ts'
import { findEncoding, toUtf8 } from './encoding.ts'
import { fileKind } from './file-kind.ts'
import { isFeature } from './geo-features.ts'
import { LakeError } from './lake.errors.ts'
import { markOfFile } from './mark-of-file.ts'
import { carriesForm } from './row-marks.ts'
import { type Evidence, EvidenceCollector } from './trace-evidence.ts'
import { openXlsx, sharedStringsPart } from './xlsx-package.ts'
import { readSharedStrings } from './xlsx-shared-strings.ts'
import { readSheet } from './xlsx-sheet.ts'

/** Bytes of text, and rows of a table, that are looked at. A file of which less was handed on is traced by all of it. */
const mostTextBytes = 8 * 1024 * 1024
const glanceBytes = 1024 * 1024
const mostRows = 100_000

export type EvidenceRequest = {
  readonly duck: Duck
  readonly path: string
  /** For what is unpacked on the way; made and removed by the caller. */
  readonly folder: string
  /** Only the beginning of a text, and nothing of other formats but their mark. */
  readonly atAGlance?: boolean
}

/** What a file says of its receiver. A file of no kind that is handed out says nothing; `unsupported-format` is not thrown. */
export async function readEvidence(request: EvidenceRequest): Promise<Evidence> {
  const mark = await markOfFile(request.path)
  const collector = new EvidenceCollector()
  let columns: readonly string[] = []
  try {
    columns = await collect(request, collector)
  } catch (error) {
    // What cannot be read as a table has no rows that could tell anything; its mark and its digest still may.
    if (!(error instanceof LakeError)) throw error
  }
  return { mark, columns, ...collector.told() }
}

async function collect(request: EvidenceRequest, collector: EvidenceCollector): Promise<readonly string[]> {
  const source = await openByteSource(request.path)
  const head = await beginningOf(source.chunks(), 4_096)
  const kind = fileKind(head)
  // Old workbooks and archives are no form in which the platform hands data over.
  if (kind === 'container' || kind === 'gzip') return []
  if (kind === 'zip') return request.atAGlance ? [] : ofWorkbook(request, collector)
  if (kind === 'parquet') return request.atAGlance ? [] : ofParquet(request, collector)
  const bytes = await beginningOf(source.chunks(), request.atAGlance ? glanceBytes : mostTextBytes)
  const chunks = async function* () {
    yield bytes
  }
  const encoding = await findEncoding(chunks)
  const text = (await beginningOf(toUtf8(chunks(), encoding), 2 * mostTextBytes)).toString('utf8')
  return kind === 'json' ? ofJson(text, collector) : ofCsv(text, collector)
}

/** As much as is looked at; of more, whole lines. */
async function beginningOf(chunks: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of chunks) {
    parts.push(part)
    length += part.length
    if (length >= most) break
  }
  const all = Buffer.concat(parts)
  if (length <= most) return all
  const cut = all.subarray(0, most)
  return cut.subarray(0, cut.lastIndexOf(0x0a) + 1 || most)
}

/** Cells as they stand, with their quotes; a row more or less, a heading or none, is all the same. */
function ofCsv(text: string, collector: EvidenceCollector): string[] {
  const delimiter = findDelimiter(text.slice(0, 1 << 20))
  const apart = delimiter === '|' ? '\\|' : delimiter
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${apart}\\r\\n]*)(${apart}|\\r\\n|\\n|\\r|$)`, 'y')
  const columns: string[] = []
  let inFirstRow = true
  for (let found = cell.exec(text); found !== null && found[0] !== ''; found = cell.exec(text)) {
    const [, raw, end] = found as unknown as [string, string, string]
    const quoted = raw.length > 1 && raw.startsWith('"')
    const value = quoted ? raw.slice(1, -1).replaceAll('""', '"') : raw
    if (inFirstRow) columns.push(value)
    else {
      if (carriesForm(value)) collector.form(value, quoted)
      collector.value(value)
    }
    if (end !== delimiter) inFirstRow = false
    if (collector.full) break
  }
  return columns
}

/** Objects as they stand, one a line, as they were handed out. */
function ofJson(text: string, collector: EvidenceCollector): string[] {
  let columns: string[] = []
  for (const line of text.split('\n')) {
    const object = /^\s*\[?\s*(\{.*\})\s*[,\]]?\s*$/.exec(line)?.[1]
    const row = object === undefined ? undefined : propertiesOf(parsed(object))
    if (object === undefined || row === undefined) continue
    if (columns.length === 0) columns = Object.keys(row)
    collector.form(object.startsWith('{ ') ? `{${object.slice(2)}` : object, object.startsWith('{ '))
    valuesOf(row, collector)
  }
  if (columns.length > 0) return columns
  const list = parsed(text)
  const rows = Array.isArray(list) ? list : Object.values(list ?? {}).find(Array.isArray)
  for (const item of (rows ?? []) as unknown[]) {
    const row = typeof item === 'object' && item !== null ? propertiesOf(item) : undefined
    if (row === undefined) continue
    if (columns.length === 0) columns = Object.keys(row)
    valuesOf(row, collector)
  }
  return columns
}

/** What a feature of GeoJSON tells; any other object tells of itself. */
const propertiesOf = (row: object | undefined): object | undefined =>
  row !== undefined && isFeature(row) ? (row.properties ?? {}) : row

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function valuesOf(row: object, collector: EvidenceCollector): void {
  for (const value of Object.values(row)) if (typeof value === 'string') collector.value(value)
}

async function ofWorkbook(
  { path, folder }: EvidenceRequest,
  collector: EvidenceCollector,
): Promise<readonly string[]> {
  const workbook = await openXlsx(path)
  let columns: readonly string[] = []
  try {
    const strings = await readSharedStrings(await workbook.text(sharedStringsPart), `${folder}/strings.txt`)
    try {
      for (const { part } of workbook.sheets) {
        const chunks = await workbook.text(part)
        if (chunks === null) continue
        await readSheet(chunks, strings, workbook.formats, async (rows) => {
          for (const { cells, otherBlack } of rows) {
            if (columns.length === 0) {
              columns = cells.map((value) => value ?? '')
              continue
            }
            for (const [column, value] of cells.entries()) {
              if (value === null) continue
              if (carriesForm(value)) collector.form(value, otherBlack.includes(column))
              collector.value(value)
            }
          }
        })
      }
    } finally {
      strings.close()
    }
  } finally {
    workbook.close()
  }
  return columns
}

async function ofParquet({ duck, path }: EvidenceRequest, collector: EvidenceCollector): Promise<string[]> {
  return duck.connected(undefined, async (session) => {
    const file = `read_parquet(${quoteText(path)})`
    const columns = (await session.rows(`describe select * from ${file}`)).map((row) => ({
      name: String(row.column_name),
      isText: String(row.column_type) === 'VARCHAR',
    }))
    const texts = columns.filter(({ isText }) => isText).map(({ name }) => quoteName(name))
    if (texts.length > 0)
      for await (const rows of session.batches(`select ${texts.join(', ')} from ${file} limit ${mostRows}`)) {
        for (const row of rows) valuesOf(row, collector)
        if (collector.full) break
      }
    return columns.map(({ name }) => name)
  })
}
