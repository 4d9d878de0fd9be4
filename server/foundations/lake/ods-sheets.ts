import { LakeError } from './lake.errors.ts'
import type { SheetCells } from './sheet-assembly.ts'
import { readXml } from './xml-reader.ts'

/** Columns and rows as spreadsheets allow them. */
const maxSheetColumns = 16_384
/** Rows and cells that stand for others by a count, in the whole file: what repeats more is no table. */
const maxRepeated = 1_000_000

/** What hears of the sheets of a file in their order. */
export type OdsListener = {
  sheet(name: string): Promise<void>
  rows(rows: readonly SheetCells[]): Promise<void>
}

/**
 * Reads the sheets of an OpenDocument file (ISO/IEC 26300, `content.xml`) as texts: dates in the ISO spelling, numbers
 * as they are kept, not as they are shown. Empty rows that stand for many cost nothing.
 */
export async function readOdsSheets(chunks: AsyncIterable<string>, listener: OdsListener): Promise<void> {
  const reader = new OdsReader()
  await readXml(chunks, {
    open: (name, attributes) => reader.open(name, attributes),
    text: (part) => reader.text(part),
    close: (name) => reader.close(name),
    pause: () => tell(reader.take(), listener),
  })
  await tell(reader.take(), listener)
}

type Found = { readonly sheet: string } | { readonly row: SheetCells }

/** Which sheet the rows belong to is kept by the order in which they were found. */
async function tell(found: readonly Found[], listener: OdsListener): Promise<void> {
  let rows: SheetCells[] = []
  const flush = async () => {
    if (rows.length > 0) await listener.rows(rows)
    rows = []
  }
  for (const each of found) {
    if ('row' in each) rows.push(each.row)
    else {
      await flush()
      await listener.sheet(each.sheet)
    }
  }
  await flush()
}

/** Elements within a cell whose texts are not its content. */
const asides: ReadonlySet<string> = new Set(['annotation', 'ruby-text'])

class OdsReader {
  #found: Found[] = []
  #line = 0
  #rowRepeats = 1
  #cells: (string | null)[] = []
  #column = 0
  #cell: { readonly repeats: number; readonly value: string | null } | null = null
  #text: string | null = null
  #aside = 0
  #inParagraph = 0
  #repeated = 0
  /** Tables within a cell are pictures of tables. */
  #tables = 0

  take(): Found[] {
    const found = this.#found
    this.#found = []
    return found
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'table') {
      this.#tables += 1
      if (this.#tables > 1) return
      this.#line = 0
      this.#found.push({ sheet: attributes['table:name'] ?? '' })
    }
    if (this.#tables !== 1) return
    if (name === 'table-row') {
      this.#rowRepeats = countOf(attributes['table:number-rows-repeated'])
      this.#cells = []
      this.#column = 0
    } else if (name === 'table-cell' || name === 'covered-table-cell') {
      this.#cell = {
        repeats: countOf(attributes['table:number-columns-repeated']),
        value: keptValue(attributes),
      }
      this.#text = null
    } else if (asides.has(name)) this.#aside += 1
    else if (this.#cell !== null && this.#aside === 0) this.#openText(name, attributes)
  }

  #openText(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'p') {
      this.#inParagraph += 1
      this.#text = this.#text === null ? '' : `${this.#text}\n`
    } else if (name === 's') this.text(' '.repeat(Math.min(countOf(attributes['text:c']), 1_000)))
    else if (name === 'tab') this.text('\t')
    else if (name === 'line-break') this.text('\n')
  }

  text(part: string): void {
    if (this.#inParagraph > 0 && this.#aside === 0) this.#text = (this.#text ?? '') + part
  }

  close(name: string): void {
    if (name === 'table') this.#tables -= 1
    if (this.#tables !== 1) return
    if (asides.has(name)) this.#aside -= 1
    else if (name === 'p' && this.#aside === 0) this.#inParagraph = Math.max(0, this.#inParagraph - 1)
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#endCell()
    else if (name === 'table-row') this.#endRow()
  }

  #endCell(): void {
    const cell = this.#cell
    this.#cell = null
    if (cell === null) return
    const value = cell.value ?? this.#text
    const end = Math.min(this.#column + cell.repeats, maxSheetColumns)
    if (value !== null && value !== '') {
      this.#countRepeated(end - this.#column - 1)
      while (this.#cells.length < this.#column) this.#cells.push(null)
      while (this.#cells.length < end) this.#cells.push(value)
    }
    this.#column = end
  }

  #endRow(): void {
    const cells = this.#cells
    if (cells.length > 0) {
      this.#countRepeated((this.#rowRepeats - 1) * cells.length)
      for (let count = 1; count <= this.#rowRepeats; count += 1)
        this.#found.push({ row: { line: this.#line + count, cells } })
    }
    this.#line += this.#rowRepeats
  }

  #countRepeated(cells: number): void {
    this.#repeated += Math.max(0, cells)
    if (this.#repeated > maxRepeated) throw new LakeError('zip-bomb')
  }
}

const countOf = (attribute: string | undefined): number => {
  const count = Number(attribute ?? 1)
  return Number.isInteger(count) && count > 0 ? count : 1
}

/** The value that a cell keeps beside its text; null where its text is its value. */
function keptValue(attributes: Readonly<Record<string, string>>): string | null {
  switch (attributes['office:value-type'] ?? attributes['calcext:value-type']) {
    case 'float':
    case 'currency':
    case 'percentage':
      return attributes['office:value'] ?? null
    case 'date':
      return attributes['office:date-value']?.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?$/, '') ?? null
    case 'time':
      return clockOf(attributes['office:time-value'])
    case 'boolean':
      return attributes['office:boolean-value'] ?? null
    default:
      return null
  }
}

/** `PT09H30M00S` as `09:30:00`; other durations as they stand. */
function clockOf(value: string | undefined): string | null {
  const parts = /^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/.exec(value ?? '')
  if (parts === null) return value ?? null
  return parts
    .slice(1)
    .map((part) => part.padStart(2, '0'))
    .join(':')
}
