import type { PaperDocument } from './document.types.ts'
import { drawPart } from './parts.ts'
import { openSheet, styles } from './sheet.ts'

/**
 * The document as a PDF: A4, its fonts embedded as far as they are used, text that can be searched and copied, tagged
 * with title and languages. The same document gives the same bytes. Takes about 0.3 s of processor time for a page.
 *
 * @throws TooManyPages as soon as there are more than `mostPages`
 */
export async function draw(document: PaperDocument, mostPages: number): Promise<Buffer> {
  const sheet = openSheet(document)
  let pages = 1
  sheet.pdf.on('pageAdded', () => {
    pages += 1
    if (pages > mostPages) throw new TooManyPages()
  })
  if (document.head !== undefined) {
    sheet.write('P', document.head, styles.head)
    sheet.space(8)
  }
  sheet.write('H1', document.title, styles.title)
  sheet.space(10)
  for (const part of document.parts) drawPart(sheet, part)
  return sheet.close(document.foot)
}

export class TooManyPages extends Error {
  override readonly name = 'TooManyPages'
}
