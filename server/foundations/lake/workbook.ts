import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { LakeError } from './lake.errors.ts'
import { openXlsx, sharedStringsPart } from './xlsx-package.ts'
import { readSharedStrings } from './xlsx-shared-strings.ts'
import { readSheet, type SheetRow } from './xlsx-sheet.ts'
import { addFrame, type Cell, head, main, rowXml } from './xlsx-write.ts'

/** A sheet that people work on; its first row stays in sight. */
export type Worksheet = {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
  /** Of each column, in characters. */
  readonly widths: readonly number[]
}

/** A small workbook with sheets of different columns. Texts are text cells: nothing in them runs as a formula. */
export function workbookOf(sheets: readonly Worksheet[]): Readable {
  const zip = new ZipFile()
  addFrame(
    zip,
    sheets.map(({ name }) => name),
  )
  for (const [index, sheet] of sheets.entries())
    zip.addBuffer(Buffer.from(worksheetXml(sheet)), `xl/worksheets/sheet${index + 1}.xml`)
  zip.end()
  return zip.outputStream as Readable
}

const worksheetXml = ({ rows, widths }: Worksheet): string =>
  `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('')}</cols><sheetData>${rows.map((row) => rowXml(row)).join('')}</sheetData></worksheet>`

/**
 * The cells of a small workbook, sheet by sheet. Nothing is guessed: which row is the header is for whoever asks.
 *
 * @throws LakeError `too-large` above `mostRows` rows in a sheet, and what a workbook can be refused for
 */
export async function readWorkbook(
  bytes: Buffer,
  mostRows: number,
): Promise<{ name: string; rows: SheetRow[] }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'workbook-'))
  try {
    const path = join(folder, 'workbook.xlsx')
    await writeFile(path, bytes)
    const workbook = await openXlsx(path)
    try {
      const strings = await readSharedStrings(
        await workbook.text(sharedStringsPart),
        join(folder, 'strings.txt'),
      )
      try {
        const sheets: { name: string; rows: SheetRow[] }[] = []
        for (const { name, part } of workbook.sheets) {
          const chunks = await workbook.text(part)
          if (chunks === null) throw new LakeError('truncated')
          const rows: SheetRow[] = []
          await readSheet(chunks, strings, workbook.formats, async (read) => {
            rows.push(...read.filter(hasCell))
            if (rows.length > mostRows) throw new LakeError('too-large')
          })
          sheets.push({ name, rows })
        }
        return sheets
      } finally {
        strings.close()
      }
    } finally {
      workbook.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const hasCell = ({ cells, formulas }: SheetRow): boolean =>
  formulas.length > 0 || cells.some((cell) => cell != null && cell.trim() !== '')
