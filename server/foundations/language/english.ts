/**
 * A word without the ending of its plural: `hospitals` and `hospital` are one, `parking` and `park` are two. More than
 * that would join words that mean different things in a catalogue.
 */
export function stemOf(word: string): string {
  if (word.length < 4 || !/^[a-z]+s$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /(?:ss|us|is)$/.test(word) ? word : word.slice(0, -1)
}
