import { emsOf } from '../rows/column-widths.ts'
import type { Drawing } from './picture.types.ts'

const [margin, titlePixels, notePixels] = [24, 20, 14]
const lineHeight = 1.5

export type Frame = {
  readonly drawing: Drawing
  /** Above the drawing: what it is of. */
  readonly title: string
  /** Under it: source, date, conditions. */
  readonly notes: readonly string[]
  readonly colours: { readonly paper: string; readonly ink: string; readonly quiet: string }
  readonly font: string
}

/** Breaks a text into lines of so many ems; Chinese may be broken anywhere, other words are kept whole where they fit. */
export function linesOf(text: string, ems: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s?|\s+/g) ?? []) {
    const parts = emsOf(piece) > ems ? [...piece] : [piece]
    for (const part of parts) {
      if (line !== '' && emsOf(line + part.trimEnd()) > ems) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += part
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}

/** The drawing with its title above and its notes under it, as one SVG that needs nothing from outside. */
export function framed({ drawing, title, notes, colours, font }: Frame): {
  svg: string
  width: number
  height: number
} {
  const width = Math.round(drawing.width + 2 * margin)
  const inner = drawing.width
  const heads = [
    ...linesOf(title, inner / titlePixels).map((text) => ({ text, size: titlePixels, bold: true })),
    ...linesOf(drawing.title, inner / notePixels).map((text) => ({ text, size: notePixels, bold: false })),
  ]
  const feet = notes
    .flatMap((note) => linesOf(note, inner / notePixels))
    .map((text) => ({ text, size: notePixels, bold: false }))
  let y = margin
  const write = (line: (typeof heads)[number]) => {
    y += line.size * lineHeight
    const weight = line.bold ? ' font-weight="700"' : ''
    const fill = line.bold ? colours.ink : colours.quiet
    return `<text x="${margin}" y="${round(y - line.size * 0.4)}" font-size="${line.size}"${weight} fill="${escaped(fill)}">${escaped(line.text)}</text>`
  }
  const head = heads.map(write)
  y += 8
  const { body, height } = drawing
  const middle =
    'svg' in body
      ? body.svg.replace(/^<svg/, `<svg x="${margin}" y="${round(y)}"`)
      : `<image x="${margin}" y="${round(y)}" width="${drawing.width}" height="${height}" href="${escaped(body.image)}"/>`
  y += height + 8
  const foot = feet.map(write)
  const full = Math.round(y + margin)
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${full}" viewBox="0 0 ${width} ${full}" font-family="${escaped(font)}">`,
    `<title>${escaped(`${title} ${drawing.title}`)}</title>`,
    `<rect width="100%" height="100%" fill="${escaped(colours.paper)}"/>`,
    ...head,
    middle,
    ...foot,
    '</svg>',
  ].join('')
  return { svg, width, height: full }
}

const round = (value: number): number => Math.round(value * 10) / 10

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
