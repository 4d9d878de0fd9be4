import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A ZIP of the files by their names. */
export async function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream as Readable)
}

/** A spreadsheet of OpenDocument with the given sheets, as XML of their rows. */
export const odsOf = (sheets: Readonly<Record<string, string>>): Promise<Buffer> =>
  zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `<office:document-content><office:body><office:spreadsheet>${Object.entries(sheets)
      .map(([name, rows]) => `<table:table table:name="${name}">${rows}</table:table>`)
      .join('')}</office:spreadsheet></office:body></office:document-content>`,
  })

/** A dBASE table of texts, each field as wide as is said, in the bytes of an encoding. */
export function dbfOf(
  fields: readonly (readonly [string, number])[],
  records: readonly (readonly Uint8Array[])[],
  nameOf: (name: string) => Uint8Array = (name) => Buffer.from(name),
): Buffer {
  const recordBytes = 1 + fields.reduce((sum, [, width]) => sum + width, 0)
  const head = Buffer.alloc(32 + 32 * fields.length + 1)
  head[0] = 3
  head.writeUInt32LE(records.length, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(recordBytes, 10)
  for (const [index, [name, width]] of fields.entries()) {
    const at = 32 + 32 * index
    head.set(nameOf(name).slice(0, 11), at)
    head[at + 11] = 'C'.charCodeAt(0)
    head[at + 16] = width
  }
  head[head.length - 1] = 0x0d
  const rows = records.map((cells) => {
    const row = Buffer.alloc(recordBytes, ' ')
    let at = 1
    for (const [index, [, width]] of fields.entries()) {
      row.set((cells[index] ?? new Uint8Array()).slice(0, width), at)
      at += width
    }
    return row
  })
  return Buffer.concat([head, ...rows, Buffer.of(0x1a)])
}

/** A `.shp` of points; null is a shape without a place. */
export function shpOf(points: readonly (readonly [number, number] | null)[]): Buffer {
  const records = points.map((point, index) => {
    const record = Buffer.alloc(point === null ? 12 : 28)
    record.writeInt32BE(index + 1, 0)
    record.writeInt32BE((record.length - 8) / 2, 4)
    record.writeInt32LE(point === null ? 0 : 1, 8)
    if (point !== null) {
      record.writeDoubleLE(point[0], 12)
      record.writeDoubleLE(point[1], 20)
    }
    return record
  })
  const head = Buffer.alloc(100)
  head.writeInt32BE(9994, 0)
  head.writeInt32BE((100 + Buffer.concat(records).length) / 2, 24)
  head.writeInt32LE(1000, 28)
  head.writeInt32LE(1, 32)
  return Buffer.concat([head, ...records])
}
