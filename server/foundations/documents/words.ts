import type { Language } from '@tiaoli/kernel/text'
import type { DocumentLanguage, Words } from './document.types.ts'

/** A run of text in one language; undefined where it has none of its own. */
export type Run = { readonly text: string; readonly language: Language | undefined }

/** The texts to be printed for some words, one after the other. */
export function runsOf(words: Words, language: DocumentLanguage): readonly Run[] {
  if (typeof words === 'string') return [{ text: printable(words), language: undefined }]
  if (language !== 'both') return [{ text: printable(words[language]), language }]
  const { zh, en } = words
  if (zh === en) return [{ text: printable(zh), language: undefined }]
  return [
    { text: printable(zh), language: 'zh' as const },
    { text: printable(en), language: 'en' as const },
  ].filter(({ text }) => text !== '')
}

/** In one line, for titles and cells. */
export const lineOf = (words: Words, language: DocumentLanguage): string =>
  runsOf(words, language)
    .map(({ text }) => text)
    .join(' ')

/**
 * The font holds all characters of the Basic Multilingual Plane that GB 18030 asks for and hardly any beyond it. A
 * rarer one, in a personal name above all, must not vanish: 〓 stands in its place with its code.
 */
function printable(text: string): string {
  let printed = ''
  for (const sign of text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ')) {
    const code = sign.codePointAt(0)!
    if (code > 0xffff || (code >= 0xe000 && code <= 0xf8ff))
      printed += `〓(U+${code.toString(16).toUpperCase()})`
    else if (code >= 0x20 || sign === '\n') printed += sign
  }
  return printed.trim()
}
