export type { DocumentLanguage, DocumentPart, Fact, PaperDocument, Words } from './document.types.ts'
export { mostPages, pdfOf } from './press.ts'
