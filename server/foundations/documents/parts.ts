import type { DocumentPart, Words } from './document.types.ts'
import { margin, type Sheet, styles } from './sheet.ts'

type Part<Kind extends DocumentPart['kind']> = Extract<DocumentPart, { kind: Kind }>

/** Draws one part below what is there. */
export function drawPart(sheet: Sheet, part: DocumentPart): void {
  switch (part.kind) {
    case 'heading':
      drawHeading(sheet, part)
      break
    case 'paragraph':
      sheet.write('P', part.words, part.tone === 'quiet' ? styles.quiet : styles.plain)
      sheet.space(6)
      break
    case 'facts':
      drawFacts(sheet, part)
      break
    case 'list':
      drawList(sheet, part)
      break
    case 'table':
      drawTable(sheet, part)
      break
    case 'page-break':
      sheet.pdf.addPage()
  }
}

function drawHeading(sheet: Sheet, { words, level }: Part<'heading'>): void {
  const style = styles[`heading${level}`]
  // A heading does not stand alone at the foot of a page.
  sheet.needs(sheet.heightOf(words, style) + 100)
  sheet.space(level === 1 ? 14 : 8)
  // The title of the document is the first heading.
  sheet.write(`H${level + 1}`, words, style)
  sheet.space(4)
}

const titleShare = 0.27
const gap = 12

/** Title and value beside each other; a value too long for that stands below its title and may go over pages. */
function drawFacts(sheet: Sheet, { facts }: Part<'facts'>): void {
  const titleWidth = sheet.width * titleShare
  const valueWidth = sheet.width - titleWidth - gap
  const list = sheet.pdf.struct('L')
  sheet.root.add(list)
  for (const fact of facts) {
    const item = sheet.pdf.struct('LI')
    list.add(item)
    const height = Math.max(
      sheet.heightOf(fact.title, styles.quiet, titleWidth),
      sheet.heightOf(fact.value, styles.plain, valueWidth),
    )
    if (height > sheet.fullPage() / 3) {
      sheet.needs(60)
      sheet.write('Lbl', fact.title, styles.heading3, item)
      sheet.write('LBody', fact.value, styles.plain, item)
    } else {
      sheet.needs(height)
      const y = sheet.pdf.y
      sheet.write('Lbl', fact.title, styles.quiet, item, { y: y + 1.5, width: titleWidth })
      sheet.write('LBody', fact.value, styles.plain, item, {
        x: margin + titleWidth + gap,
        y,
        width: valueWidth,
      })
      sheet.pdf.x = sheet.left
      sheet.pdf.y = y + height
    }
    item.end()
    sheet.space(3)
  }
  list.end()
  sheet.space(6)
}

function drawList(sheet: Sheet, { items, numbered }: Part<'list'>): void {
  const list = sheet.pdf.struct('L')
  sheet.root.add(list)
  for (const [index, words] of items.entries()) {
    const item = sheet.pdf.struct('LI')
    list.add(item)
    sheet.needs(24)
    const y = sheet.pdf.y
    sheet.write('Lbl', numbered ? `${index + 1}.` : '•', styles.plain, item, { y, width: 20 })
    sheet.write('LBody', words, styles.plain, item, { x: margin + 20, y, width: sheet.width - 20 })
    item.end()
    sheet.space(2)
  }
  list.end()
  sheet.pdf.x = sheet.left
  sheet.space(6)
}

const cellPadding = 4

/** A table whose head returns on every page. A row that no page could hold is set as lines of title and value. */
function drawTable(sheet: Sheet, part: Part<'table'>): void {
  const { columns, rows } = part
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (sheet.width * share) / shares)
  const titles = columns.map(({ title }) => title)
  const heightOfRow = (cells: readonly Words[], head: boolean): number =>
    Math.max(
      ...cells.map((words, column) =>
        sheet.heightOf(
          sheet.inLine(words),
          head ? styles.cellHead : styles.cell,
          widths[column]! - cellPadding * 2,
        ),
      ),
    ) +
    cellPadding * 2
  const headHeight = heightOfRow(titles, true)
  const table = sheet.pdf.struct('Table')
  sheet.root.add(table)
  const drawHead = () => drawRow(sheet, table, titles, widths, headHeight, true)
  sheet.needs(headHeight * 2)
  drawHead()
  for (const cells of rows) {
    const height = heightOfRow(cells, false)
    if (height > sheet.fullPage() - headHeight) {
      drawTallRow(sheet, table, titles, cells)
      continue
    }
    if (height > sheet.room()) {
      sheet.pdf.addPage()
      drawHead()
    }
    drawRow(sheet, table, cells, widths, height, false)
  }
  table.end()
  sheet.pdf.x = sheet.left
  sheet.space(8)
}

function drawRow(
  sheet: Sheet,
  table: PDFKit.PDFStructureElement,
  cells: readonly Words[],
  widths: readonly number[],
  height: number,
  head: boolean,
): void {
  const y = sheet.pdf.y
  const row = sheet.pdf.struct('TR')
  table.add(row)
  let x = sheet.left
  for (const [column, words] of cells.entries()) {
    const cell = sheet.pdf.struct(head ? 'TH' : 'TD')
    row.add(cell)
    // In a row of few points both languages share their lines.
    const place = { x: x + cellPadding, y: y + cellPadding, width: widths[column]! - cellPadding * 2 }
    sheet.write('P', sheet.inLine(words), head ? styles.cellHead : styles.cell, cell, place)
    cell.end()
    x += widths[column]!
  }
  row.end()
  sheet.rule(y + height)
  sheet.pdf.x = sheet.left
  sheet.pdf.y = y + height
}

function drawTallRow(
  sheet: Sheet,
  table: PDFKit.PDFStructureElement,
  titles: readonly Words[],
  cells: readonly Words[],
): void {
  const row = sheet.pdf.struct('TR')
  table.add(row)
  for (const [column, words] of cells.entries()) {
    const cell = sheet.pdf.struct('TD')
    row.add(cell)
    sheet.write('P', titles[column]!, styles.cellHead, cell)
    sheet.write('P', words, styles.cell, cell)
    cell.end()
  }
  row.end()
  sheet.rule()
}
