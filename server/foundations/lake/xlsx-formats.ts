import { readXml } from './xml-reader.ts'

/** Tells which cell styles of a workbook show a number as a date or time. */
export type CellFormats = {
  isDate(style: number): boolean
  /** Whether it writes in the black that tells the receiver of a file (`row-marks.ts`). */
  isOtherBlack(style: number): boolean
  /** Whether days are counted from 1904. */
  readonly from1904: boolean
}

/** A colour that no eye tells from black; programs keep it with the cell when rows are sorted or columns go. */
export const otherBlack = 'FF010101'

/** Formats that need no entry of their own and show dates or times (ECMA-376 part 1, 18.8.30), East Asian ones too. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

export async function readCellFormats(
  styles: AsyncIterable<string> | null,
  from1904: boolean,
): Promise<CellFormats> {
  const codes = new Map<number, string>()
  const formatOfStyle: number[] = []
  const fontOfStyle: number[] = []
  const blacks: boolean[] = []
  let inCellStyles = false
  let inFonts = false
  if (styles !== null)
    await readXml(styles, {
      open: (name, attributes) => {
        if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
        if (name === 'cellXfs') inCellStyles = true
        if (name === 'fonts') inFonts = true
        if (name === 'font' && inFonts) blacks.push(false)
        if (name === 'color' && inFonts && attributes.rgb?.toUpperCase() === otherBlack)
          blacks[blacks.length - 1] = true
        if (name === 'xf' && inCellStyles) {
          formatOfStyle.push(Number(attributes.numFmtId ?? 0))
          fontOfStyle.push(Number(attributes.fontId ?? 0))
        }
      },
      close: (name) => {
        if (name === 'cellXfs') inCellStyles = false
        if (name === 'fonts') inFonts = false
      },
    })
  const dates = formatOfStyle.map((id) => {
    const code = codes.get(id)
    return code === undefined ? isBuiltInDate(id) : isDateCode(code)
  })
  return {
    from1904,
    isDate: (style) => dates[style] ?? false,
    isOtherBlack: (style) => blacks[fontOfStyle[style] ?? 0] ?? false,
  }
}

/** Pure: whether a format code shows a date or time: it has such a letter outside quotes and brackets. */
export function isDateCode(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[ymdhs年月日]/i.test(bare.replace(/general/gi, ''))
}

const dayMs = 86_400_000

/**
 * Pure: the day number of a sheet as text: `2026-10-14`, `09:30:00`, or both parted by a blank. Rounded to the
 * second, as the fraction of a day is never exact.
 */
export function dateText(serial: number, from1904: boolean): string | null {
  const days = from1904 ? serial + 1_462 : serial
  if (!(days >= 0 && days < 2_958_466)) return null
  const seconds = Math.round(days * 86_400)
  // Days before March 1900 are one off, as a leap day is counted that never was.
  const epoch = Date.UTC(1899, 11, days < 60 ? 31 : 30)
  const text = new Date(epoch + seconds * 1000).toISOString()
  if (days < 1) return text.slice(11, 19)
  return (seconds * 1000) % dayMs === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`
}
