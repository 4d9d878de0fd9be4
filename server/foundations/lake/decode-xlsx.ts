import { join } from 'node:path'
import type { DecodeContext } from './decode.types.ts'
import { LakeError, throwIfCancelled } from './lake.errors.ts'
import type { PlainTable } from './plain-table.ts'
import { RowWriter } from './row-writer.ts'
import { SheetAssembly } from './sheet-assembly.ts'
import { sharedStringsPart, workbookIn, type XlsxPackage } from './xlsx-package.ts'
import { readSharedStrings, type SharedStrings } from './xlsx-shared-strings.ts'
import { readSheet } from './xlsx-sheet.ts'
import type { ZipArchive } from './zip-archive.ts'

/** Brings the sheets of a workbook (or the one that is named) to plain tables; sheets without a cell are left out. */
export async function decodeXlsx(
  context: DecodeContext,
  zip: ZipArchive,
  only: string | undefined,
): Promise<PlainTable[]> {
  const workbook = await workbookIn(zip)
  const wanted = workbook.sheets.filter(({ name }) => only === undefined || name === only)
  if (wanted.length === 0) throw new LakeError('sheet-missing')
  const strings = await readSharedStrings(
    await workbook.text(sharedStringsPart),
    join(context.folder, 'strings.txt'),
  )
  try {
    const tables: PlainTable[] = []
    for (const [index, sheet] of wanted.entries()) {
      throwIfCancelled(context.signal)
      const table = await decodeSheet(context, workbook, strings, sheet, tables.length)
      if (table !== null) tables.push(table)
      context.onRead((index + 1) / wanted.length)
    }
    if (tables.length === 0) throw new LakeError('empty-file')
    return tables
  } finally {
    strings.close()
  }
}

async function decodeSheet(
  context: DecodeContext,
  workbook: XlsxPackage,
  strings: SharedStrings,
  sheet: { readonly name: string; readonly part: string },
  index: number,
): Promise<PlainTable | null> {
  const chunks = await workbook.text(sheet.part)
  if (chunks === null) throw new LakeError('truncated')
  const writer = await RowWriter.create(context.folder, index)
  const assembly = new SheetAssembly(writer)
  try {
    await readSheet(chunks, strings, workbook.formats, (rows) => {
      throwIfCancelled(context.signal)
      return assembly.add(rows)
    })
    await assembly.end()
  } finally {
    await writer.close()
  }
  return assembly.headers === null ? null : writer.table(sheet.name, assembly.headers, false)
}
