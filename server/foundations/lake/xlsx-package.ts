import { posix } from 'node:path'
import { LakeError } from './lake.errors.ts'
import { type CellFormats, readCellFormats } from './xlsx-formats.ts'
import { readXml } from './xml-reader.ts'
import { openZip, type ZipArchive } from './zip-archive.ts'

/** Parts of an XLSX file (ECMA-376): a ZIP whose entries are read one at a time. */
export type XlsxPackage = {
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly formats: CellFormats
  /** The unpacked text of a part, or null where there is no such part. Throws `zip-bomb`, `truncated`. */
  text(part: string): Promise<AsyncIterable<string> | null>
  close(): void
}

export const sharedStringsPart = 'xl/sharedStrings.xml'
/** What makes a ZIP a workbook. */
export const workbookPart = 'xl/workbook.xml'

/** Throws `truncated` for a file cut off, `unsupported-format` for a ZIP that is no workbook. */
export async function openXlsx(path: string): Promise<XlsxPackage> {
  const zip = await openZip(path)
  try {
    return await workbookIn(zip)
  } catch (error) {
    zip.close()
    throw error
  }
}

/** The workbook in an archive, which is closed with it. Throws `unsupported-format` where there is none. */
export async function workbookIn(zip: ZipArchive): Promise<XlsxPackage> {
  const workbook = await zip.text(workbookPart)
  if (workbook === null) throw new LakeError('unsupported-format')
  const { sheets, from1904 } = await readWorkbook(workbook, await zip.text('xl/_rels/workbook.xml.rels'))
  const formats = await readCellFormats(await zip.text('xl/styles.xml'), from1904)
  return { sheets, formats, text: zip.text, close: zip.close }
}

async function readWorkbook(workbook: AsyncIterable<string>, relations: AsyncIterable<string> | null) {
  const parts = new Map<string, string>()
  if (relations !== null)
    await readXml(relations, {
      open: (name, { Id, Target }) => {
        if (name === 'Relationship' && Id && Target) parts.set(Id, posix.resolve('/xl', Target).slice(1))
      },
    })
  const sheets: { name: string; part: string }[] = []
  let from1904 = false
  await readXml(workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      const part = parts.get(attributes['r:id'] ?? '')
      if (name === 'sheet' && part !== undefined && attributes.name !== undefined)
        sheets.push({ name: attributes.name, part })
    },
  })
  return { sheets, from1904 }
}
