import type { PaperDocument } from './document.types.ts'
import { drawPart } from './parts.ts'
import { openSheet, styles } from './sheet.ts'

export type { DocumentLanguage, DocumentPart, Fact, PaperDocument, Words } from './document.types.ts'

/**
 * The document as a PDF: A4, its fonts embedded as far as they are used, text that can be searched and copied, tagged
 * with title and languages. The same document gives the same bytes.
 */
export async function pdfOf(document: PaperDocument): Promise<Buffer> {
  const sheet = openSheet(document)
  if (document.head !== undefined) {
    sheet.write('P', document.head, styles.head)
    sheet.space(8)
  }
  sheet.write('H1', document.title, styles.title)
  sheet.space(10)
  for (const part of document.parts) drawPart(sheet, part)
  return sheet.close(document.foot)
}
