import { headOfSource } from './byte-source.ts'
import type { TextContext } from './decode.types.ts'
import { toUtf8 } from './encoding.ts'
import { nameHeaders } from './headers.ts'
import { JsonColumns } from './json-cells.ts'
import { type JsonElement, JsonSplitter, listKeys } from './json-splitter.ts'
import { LakeError } from './lake.errors.ts'
import { maxRowBytes } from './lake.limits.ts'
import type { PlainTable } from './plain-table.ts'
import { RowWriter } from './row-writer.ts'

/**
 * Brings a JSON list (bare, or under a key of an object) or a text of one JSON object a line to a plain table; a
 * feature of GeoJSON is an object of its properties and its geometry.
 */
export async function decodeJson(
  context: TextContext,
  encoding: string,
): Promise<{ table: PlainTable; format: 'json' | 'ndjson' | 'geojson' }> {
  const { source, signal } = context
  const head = await headOfSource(toUtf8(source.chunks(signal), encoding), 2 * maxRowBytes)
  const format = formatOf(head.toString('utf8'))
  const columns = new JsonColumns()
  const writer = await RowWriter.create(context.folder, 0)
  const chunks = toUtf8(source.chunks(signal, context.onRead), encoding)
  let line = 0
  try {
    for await (const elements of format === 'json' ? listElements(chunks) : lines(chunks)) {
      for (const element of elements) {
        line += 1
        if (element !== null && element.trim() === '') continue
        const cells = element === null ? null : columns.cellsOf(element)
        if (cells !== null) await writer.write(line, cells)
        else
          await writer.refuse({
            line,
            cause: element === null ? 'too-long' : 'undecodable',
            row: element?.slice(0, 2_000) ?? '',
          })
      }
    }
  } finally {
    await writer.close()
  }
  if (columns.keys.length === 0) throw new LakeError(line === 0 ? 'empty-file' : 'not-a-table')
  const table = writer.table(context.fileName, nameHeaders(columns.keys), true)
  return { table, format: columns.hasFeatures ? 'geojson' : format }
}

/** Pure: a text whose first line is an object of its own, with more to follow, is one object a line. */
export function formatOf(head: string): 'json' | 'ndjson' {
  const start = head.trimStart()
  if (!start.startsWith('{')) return 'json'
  const end = start.indexOf('\n')
  const first = parseObject(end < 0 ? start : start.slice(0, end))
  if (first === null) return 'json'
  const alone = end < 0 || start.slice(end).trim() === ''
  return alone && listKeys.some((key) => Array.isArray(first[key])) ? 'json' : 'ndjson'
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

async function* listElements(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonElement[]> {
  const splitter = new JsonSplitter()
  for await (const chunk of chunks) yield splitter.push(chunk)
  if (!splitter.found) throw new LakeError('not-a-table')
  if (!splitter.closed) throw new LakeError('truncated')
}

async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonElement[]> {
  let rest: Buffer = Buffer.alloc(0)
  let tooLong = false
  for await (const chunk of chunks) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const found: JsonElement[] = []
    let start = 0
    for (let end = data.indexOf(0x0a); end >= 0; end = data.indexOf(0x0a, start)) {
      found.push(tooLong || end - start > maxRowBytes ? null : data.toString('utf8', start, end))
      tooLong = false
      start = end + 1
    }
    rest = data.subarray(start)
    if (rest.length > maxRowBytes) {
      tooLong = true
      rest = Buffer.alloc(0)
    }
    yield found
  }
  if (tooLong) yield [null]
  else if (rest.length > 0) yield [rest.toString('utf8')]
}
