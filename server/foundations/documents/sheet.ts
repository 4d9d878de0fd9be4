import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import type { DocumentLanguage, PaperDocument, Words } from './document.types.ts'
import { lineOf, runsOf } from './words.ts'

const fontFile = (name: string): string =>
  fileURLToPath(new URL(`../fonts/${name}`, import.meta.resolve('@embedpdf/fonts-sc')))

const fonts = { plain: 'NotoSansHans-Regular.otf', strong: 'NotoSansHans-Bold.otf' } as const

export const ink = { text: '#1f2328', quiet: '#5b6470', line: '#c9d1d9' } as const

/** Points. */
export const margin = 56
const footRoom = 28

export type Style = {
  readonly font: keyof typeof fonts
  readonly size: number
  readonly colour: string
  readonly lineGap: number
}

export const styles = {
  head: { font: 'plain', size: 10, colour: ink.quiet, lineGap: 3 },
  title: { font: 'strong', size: 19, colour: ink.text, lineGap: 5 },
  heading1: { font: 'strong', size: 14, colour: ink.text, lineGap: 4 },
  heading2: { font: 'strong', size: 11.5, colour: ink.text, lineGap: 3 },
  heading3: { font: 'strong', size: 10.5, colour: ink.text, lineGap: 3 },
  plain: { font: 'plain', size: 10.5, colour: ink.text, lineGap: 4 },
  quiet: { font: 'plain', size: 9, colour: ink.quiet, lineGap: 3 },
  cell: { font: 'plain', size: 9.5, colour: ink.text, lineGap: 3 },
  cellHead: { font: 'strong', size: 9.5, colour: ink.text, lineGap: 3 },
} as const satisfies Record<string, Style>

export type Sheet = ReturnType<typeof openSheet>

/** Paper, pen and the tree of tags: what the parts of a document are drawn with. */
export function openSheet(document: PaperDocument) {
  const { language } = document
  const title = lineOf(document.title, language)
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footRoom },
    pdfVersion: '1.7',
    tagged: true,
    lang: language === 'en' ? 'en' : 'zh-CN',
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: title,
      Producer: 'Tiaoli',
      Creator: 'Tiaoli',
      CreationDate: document.madeAt,
      ModDate: document.madeAt,
    },
  })
  for (const [name, file] of Object.entries(fonts)) pdf.registerFont(name, fontFile(file))
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const left = pdf.page.margins.left
  const width = pdf.page.width - pdf.page.margins.left - pdf.page.margins.right

  const use = ({ font, size, colour }: Style) => pdf.font(font).fontSize(size).fillColor(colour)
  const bottom = (): number => pdf.page.height - pdf.page.margins.bottom

  return {
    pdf,
    root,
    left,
    width,
    language,
    /** Height of the words in points, if set in that width. */
    heightOf: (words: Words, style: Style, within = width): number =>
      runsOf(words, language).reduce(
        (height, { text }) =>
          height + use(style).heightOfString(text, { width: within, lineGap: style.lineGap }),
        0,
      ),
    /** The words as one line of text in all languages that are printed. */
    inLine: (words: Words): string => lineOf(words, language),
    /** Begins a page where less than so many points are left on this one. */
    needs(height: number): void {
      if (pdf.y + height > bottom()) pdf.addPage()
    },
    room: (): number => bottom() - pdf.y,
    fullPage: (): number => bottom() - pdf.page.margins.top,
    space: (points: number): void => {
      pdf.y += points
    },
    /** Sets words as one tagged element under `parent`, each language under its own name. */
    write(
      tag: string,
      words: Words,
      style: Style,
      parent: PDFKit.PDFStructureElement = root,
      place: { readonly x?: number; readonly y?: number; readonly width?: number } = {},
    ): void {
      const element = pdf.struct(tag)
      parent.add(element)
      let y = place.y
      for (const run of runsOf(words, language)) {
        const lang = run.language === undefined ? {} : { lang: run.language === 'zh' ? 'zh-CN' : 'en' }
        element.add(
          pdf.struct('Span', lang, () => {
            use(style).text(run.text, place.x ?? left, y, {
              width: place.width ?? width,
              lineGap: style.lineGap,
            })
          }),
        )
        y = undefined
      }
      element.end()
    },
    /** A thin line; tells readers of tags nothing. */
    rule(y: number = pdf.y): void {
      pdf.markContent('Artifact', { type: 'Layout' })
      pdf
        .moveTo(left, y)
        .lineTo(left + width, y)
        .lineWidth(0.5)
        .strokeColor(ink.line)
        .stroke()
      pdf.endMarkedContent()
    },
    /** Puts foot and number on every page and gives the file. */
    async close(foot: Words): Promise<Buffer> {
      root.end()
      const parts: Buffer[] = []
      const ended = new Promise<void>((resolve, reject) => {
        pdf.on('data', (part: Buffer) => parts.push(part))
        pdf.on('end', () => resolve())
        pdf.on('error', reject)
      })
      const { count } = pdf.bufferedPageRange()
      for (let page = 0; page < count; page += 1) {
        pdf.switchToPage(page)
        footer(pdf, lineOf(foot, language), pageOf(page + 1, count, language))
      }
      pdf.end()
      await ended
      return Buffer.concat(parts)
    },
  }

  function footer(paper: PDFKit.PDFDocument, foot: string, number: string): void {
    // Below the margin the text would begin a page of its own.
    paper.page.margins.bottom = 0
    const y = paper.page.height - margin
    const numberWidth = 120
    const line = { lineBreak: false, height: 12, ellipsis: true } as const
    paper.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] })
    use(styles.quiet).text(foot, left, y, { ...line, width: width - numberWidth })
    use(styles.quiet).text(number, left + width - numberWidth, y, {
      ...line,
      width: numberWidth,
      align: 'right',
    })
    paper.endMarkedContent()
  }
}

function pageOf(page: number, of: number, language: DocumentLanguage): string {
  if (language === 'en') return `Page ${page} of ${of}`
  return language === 'zh' ? `第 ${page} 页，共 ${of} 页` : `第 ${page} 页 / Page ${page} · ${of}`
}
