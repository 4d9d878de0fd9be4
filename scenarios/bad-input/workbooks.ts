import { constants, deflateRawSync } from 'node:zlib'

const workbookParts = {
  '[Content_Types].xml':
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
  '_rels/.rels':
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml':
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
const sheetHead =
  '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
const sheetTail = '</sheetData></worksheet>'

/** A workbook of one sheet with these rows. */
export const workbook = (rowsXml: string): Buffer =>
  zipOf([...frame(), part(sheetPart, sheetHead + rowsXml + sheetTail)])

/**
 * A small file whose one sheet unpacks to so many gigabytes (fewer than four) of the same row: one deflated block,
 * byte-aligned, said again and again.
 */
export function bombWorkbook(gigabytes: number): Buffer {
  const row = '<row><c><v>1</v></c></row>'
  const text = row.repeat(Math.floor(2 ** 24 / row.length))
  const block = deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH, level: 9 })
  const times = Math.ceil((gigabytes * 2 ** 30) / text.length)
  const head = deflateRawSync(sheetHead, { finishFlush: constants.Z_FULL_FLUSH })
  const deflated = Buffer.concat([
    head,
    ...Array.from({ length: times }, () => block),
    deflateRawSync(sheetTail),
  ])
  const sizeBytes = sheetHead.length + times * text.length + sheetTail.length
  return zipOf([...frame(), { name: sheetPart, deflated, sizeBytes }])
}

const sheetPart = 'xl/worksheets/sheet1.xml'

type Part = { readonly name: string; readonly deflated: Buffer; readonly sizeBytes: number }

const part = (name: string, text: string): Part => ({
  name,
  deflated: deflateRawSync(text),
  sizeBytes: Buffer.byteLength(text),
})

const frame = (): Part[] => Object.entries(workbookParts).map(([name, text]) => part(name, text))

/** A ZIP (APPNOTE 6.3) without checksums, which readers of ours do not ask for. */
function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, deflated, sizeBytes } of parts) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(deflated.length, 14)
    common.writeUInt32LE(sizeBytes, 18)
    common.writeUInt16LE(name.length, 22)
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), deflated])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\0'), common, place, Buffer.from(name))
    files.push(file)
    offset += file.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, listed, end])
}
