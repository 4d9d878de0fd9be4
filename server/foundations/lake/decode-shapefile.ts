import { readFile, stat } from 'node:fs/promises'
import { type DbfTable, encodingOfDbf, readDbfHead, readDbfRecord } from './dbf.ts'
import type { DecodeContext } from './decode.types.ts'
import { encodingName, findEncoding } from './encoding.ts'
import { type Geometry, geometryCells } from './geo-features.ts'
import { nameHeaders } from './headers.ts'
import { LakeError, throwIfCancelled } from './lake.errors.ts'
import { untrustedLimits } from './lake.limits.ts'
import type { PlainTable } from './plain-table.ts'
import { readUntrusted } from './read-untrusted.ts'
import { RowWriter } from './row-writer.ts'

/** The files of one shapefile, unpacked. */
export type ShapeFiles = {
  readonly shp: string
  readonly dbf: string
  readonly prj: string | undefined
  readonly cpg: string | undefined
}

/**
 * Brings a shapefile to a plain table: a row for each shape, its attributes, its geometry as GeoJSON text and, of a
 * point, the two degrees. Attributes are read as texts, so codes keep their zeros. Throws `truncated` where shapes and
 * attributes are not the same number.
 */
export async function decodeShapefile(
  context: DecodeContext,
  files: ShapeFiles,
  told: string | undefined,
): Promise<{ table: PlainTable; encoding: string }> {
  if ((await stat(files.dbf)).size > untrustedLimits.bytes) throw new LakeError('too-complex')
  const bytes = await readFile(files.dbf)
  const encoding = await encodingOf(bytes, files, told)
  const decoder = new TextDecoder(encoding)
  const decode = (part: Buffer) => decoder.decode(part)
  const attributes = readDbfHead(bytes, decode)
  const writer = await RowWriter.create(context.folder, 0)
  let hasPoints = false
  let index = 0
  try {
    const projection = files.prj === undefined ? undefined : await readFile(files.prj, 'utf8')
    for await (const piece of readUntrusted(
      { kind: 'shapes', path: files.shp, projection },
      context.signal,
    )) {
      if (!('geometries' in piece)) continue
      for (const text of piece.geometries) {
        if (index >= attributes.records) throw new LakeError('truncated')
        const cells = readDbfRecord(bytes, attributes, index, decode)
        index += 1
        if (cells === undefined) continue
        const geometry = geometryCells(text === null ? null : (JSON.parse(text) as Geometry))
        if ('longitude' in geometry) hasPoints = true
        await writer.write(index, [...cells, ...geometryRow(geometry)])
      }
      throwIfCancelled(context.signal)
      context.onRead(index / Math.max(1, attributes.records))
    }
  } finally {
    await writer.close()
  }
  if (index !== attributes.records) throw new LakeError('truncated')
  const names = [...headersOf(attributes), 'geometry', ...(hasPoints ? ['longitude', 'latitude'] : [])]
  return { table: writer.table(context.fileName, nameHeaders(names), true), encoding }
}

const headersOf = ({ fields }: DbfTable): string[] => fields.map(({ name }) => name)

/** The degrees stand last: a file without points has no columns for them. */
const geometryRow = (cells: Readonly<Record<string, string | number | null>>): (string | null)[] => [
  textOf(cells.geometry),
  ...('longitude' in cells ? [textOf(cells.longitude), textOf(cells.latitude)] : []),
]

const textOf = (cell: string | number | null | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell)

/** What was told, else what the file beside it says, else what the table says itself, else what the bytes are. */
async function encodingOf(bytes: Buffer, files: ShapeFiles, told: string | undefined): Promise<string> {
  if (told !== undefined) return encodingName(told)
  const named = files.cpg === undefined ? undefined : codePageName(await readFile(files.cpg, 'latin1'))
  const known = named ?? encodingOfDbf(bytes)
  if (known !== undefined) return encodingName(known)
  // Field names and texts alone: zeros and numbers of the head are no letters.
  const letters = Buffer.from(bytes.subarray(32).filter((byte) => byte !== 0))
  return findEncoding(async function* () {
    yield letters
  })
}

/** Pure: the encoding that a `.cpg` names: a label, or the number of a code page; undefined where it names none known. */
export function codePageName(text: string): string | undefined {
  const name = text.trim()
  const pages: Readonly<Record<string, string>> = {
    936: 'gb18030',
    950: 'big5',
    65001: 'utf-8',
    54936: 'gb18030',
  }
  const page = pages[/(\d{3,5})$/.exec(name)?.[1] ?? '']
  if (page !== undefined) return page
  try {
    return new TextDecoder(name).encoding
  } catch {
    // Some name of a program's own: the bytes decide.
    return undefined
  }
}
