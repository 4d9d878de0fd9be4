import { readFileSync } from 'node:fs'
import * as XLSX from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'
import type { UntrustedInput, UntrustedPiece } from './untrusted.types.ts'
import { UntrustedFault } from './untrusted-fault.ts'
import { dateText, isDateCode } from './xlsx-formats.ts'
import { numberText } from './xlsx-sheet.ts'

/** Workbooks from before 2003 are in the code page of their computer. */
XLSX.set_cptable(codePages)

const rowsOfPiece = 2_000

/** Errors of cells as they are shown. */
const errorTexts: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

/**
 * Reads the sheets of a workbook of Excel 5 to 2003 (BIFF): a formula by its last value, a date in the ISO spelling.
 * Throws `encrypted`, `unsupported-format` for other files in the same container, `truncated`.
 */
export function* readOldWorkbook({
  path,
  only,
}: Extract<UntrustedInput, { kind: 'workbook' }>): Generator<UntrustedPiece> {
  const bytes = readFileSync(path)
  requireWorkbook(bytes)
  const workbook = XLSX.read(bytes, { dense: true, cellNF: true, cellText: false, cellHTML: false })
  const from1904 = workbook.Workbook?.WBProps?.date1904 === true
  for (const sheet of workbook.SheetNames) {
    if (only !== undefined && sheet !== only) continue
    // Told of even where it has no rows: it is there.
    yield { sheet, rows: [] }
    const data = workbook.Sheets[sheet]?.['!data'] ?? []
    for (let start = 0; start < data.length; start += rowsOfPiece) {
      const rows = data.slice(start, start + rowsOfPiece).map((cells, index) => ({
        line: start + index + 1,
        cells: Array.from(cells ?? [], (cell) => cellText(cell, from1904)),
      }))
      yield { sheet, rows: rows.filter(({ cells }) => cells.length > 0) }
    }
  }
}

function requireWorkbook(bytes: Buffer): void {
  const container = XLSX.CFB.read(bytes, { type: 'buffer' })
  const has = (name: string) => XLSX.CFB.find(container, name) !== null
  if (has('EncryptedPackage')) throw new UntrustedFault('encrypted')
  if (!has('Workbook') && !has('Book')) throw new UntrustedFault('unsupported-format')
  const stream = XLSX.CFB.find(container, has('Workbook') ? 'Workbook' : 'Book')!.content as Uint8Array
  if (isEncrypted(Buffer.from(stream))) throw new UntrustedFault('encrypted')
}

const filePass = 0x2f
const endOfGlobals = 0x0a

/** Whether the records that a workbook begins with name a password (MS-XLS 2.4.117). */
function isEncrypted(stream: Buffer): boolean {
  for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2)) {
    const kind = stream.readUInt16LE(at)
    if (kind === filePass) return true
    if (kind === endOfGlobals) return false
  }
  return false
}

function cellText(cell: XLSX.CellObject | undefined, from1904: boolean): string | null {
  if (cell?.v === undefined || cell.v === null) return null
  switch (cell.t) {
    case 'n': {
      const value = Number(cell.v)
      const isDate = cell.z !== undefined && isDateCode(String(cell.z))
      return (isDate ? dateText(value, from1904) : null) ?? numberText(value)
    }
    case 'b':
      return cell.v ? 'true' : 'false'
    case 'e':
      return errorTexts[Number(cell.v)] ?? '#N/A'
    case 's':
      return String(cell.v)
    default:
      return null
  }
}
