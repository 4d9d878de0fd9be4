import { LakeError } from './lake.errors.ts'

export type DbfField = {
  readonly name: string
  readonly kind: string
  readonly start: number
  readonly length: number
}

/** The frame of a dBASE table: where its records begin, how long each is, and where its fields lie in it. */
export type DbfTable = {
  readonly records: number
  readonly firstByte: number
  readonly recordBytes: number
  readonly fields: readonly DbfField[]
}

const headBytes = 32
const fieldBytes = 32
const endOfFields = 0x0d
const deletedMark = 0x2a

/** Pure: reads the head of a dBASE file (levels III to 7 as shapefiles use them). Throws `truncated`. */
export function readDbfHead(bytes: Buffer, decode: (bytes: Buffer) => string): DbfTable {
  if (bytes.length < headBytes) throw new LakeError('truncated')
  const firstByte = bytes.readUInt16LE(8)
  const recordBytes = bytes.readUInt16LE(10)
  const fields: DbfField[] = []
  // The first byte of each record tells whether it was deleted.
  let start = 1
  for (
    let at = headBytes;
    at + fieldBytes <= firstByte && at + fieldBytes <= bytes.length;
    at += fieldBytes
  ) {
    if (bytes[at] === endOfFields) break
    const name = bytes.subarray(at, at + 11)
    const zero = name.indexOf(0)
    const length = bytes[at + 16]!
    fields.push({
      name: decode(zero < 0 ? name : name.subarray(0, zero)),
      kind: String.fromCharCode(bytes[at + 11]!),
      start,
      length,
    })
    start += length
  }
  if (fields.length === 0 || start > recordBytes) throw new LakeError('truncated')
  // What the head says of its records is held against the bytes that there are.
  const there = Math.floor(Math.max(0, bytes.length - firstByte) / recordBytes)
  if (there < bytes.readUInt32LE(4)) throw new LakeError('truncated')
  return { records: bytes.readUInt32LE(4), firstByte, recordBytes, fields }
}

/** Pure: the cells of a record as texts, null for what is empty; undefined for a record that was deleted. */
export function readDbfRecord(
  bytes: Buffer,
  table: DbfTable,
  index: number,
  decode: (bytes: Buffer) => string,
): (string | null)[] | undefined {
  const begin = table.firstByte + index * table.recordBytes
  if (bytes[begin] === deletedMark) return undefined
  return table.fields.map(({ kind, start, length }) =>
    cellText(kind, decode(bytes.subarray(begin + start, begin + start + length))),
  )
}

function cellText(kind: string, text: string): string | null {
  const bare = text.replaceAll('\0', '').trim()
  if (bare === '') return null
  // A number that did not fit into its width is written as stars: there is no value.
  if (/^\*+$/.test(bare) && 'NF'.includes(kind)) return null
  if (kind === 'D') {
    const day = /^(\d{4})(\d{2})(\d{2})$/.exec(bare)
    return day === null ? bare : `${day[1]}-${day[2]}-${day[3]}`
  }
  if (kind === 'L') return /^[yt]$/i.test(bare) ? 'true' : /^[nf]$/i.test(bare) ? 'false' : null
  return bare
}

/** Languages that the head of a table may name, as far as the platform reads them. */
const encodingOfLanguage: Readonly<Record<number, string>> = {
  77: 'gb18030',
  122: 'gb18030',
  79: 'big5',
  120: 'big5',
}

/** Pure: the encoding that a table names for itself; undefined where it names none. */
export const encodingOfDbf = (bytes: Buffer): string | undefined => encodingOfLanguage[bytes[29] ?? 0]
