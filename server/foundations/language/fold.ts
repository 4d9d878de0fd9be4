import { Converter } from 'opencc-js/t2cn'

const toSimplified = Converter({ from: 't', to: 'cn' })
const folded = new Map<string, string>()
/** More characters than any catalogue uses; the map begins anew above it, so that no input can fill the memory. */
const keptCharacters = 30_000

/**
 * A character as it is compared: full and half width, capitals, accents and traditional forms make no difference.
 * Folded one by one, so that every place of a folded text belongs to a place of the text itself.
 */
function foldCharacter(character: string): string {
  const known = folded.get(character)
  if (known !== undefined) return known
  if (folded.size >= keptCharacters) folded.clear()
  // Pinyin is typed with v where it is printed with ü.
  const latin = character
    .normalize('NFKD')
    .toLowerCase()
    .replace(/u\u0308/g, 'v')
  const plain = [...latin.replace(/\p{M}/gu, '').normalize('NFC')].map((one) => toSimplified(one)).join('')
  folded.set(character, plain)
  return plain
}

export const fold = (text: string): string => [...text.normalize('NFC')].map(foldCharacter).join('')

/**
 * A folded text with, for each of its UTF-16 places and for its end, the place of the text from which it came:
 * what is found in the one can be marked in the other.
 */
export function foldAligned(text: string): { readonly folded: string; readonly places: readonly number[] } {
  const places: number[] = []
  let result = ''
  let at = 0
  for (const character of text) {
    const plain = foldCharacter(character)
    for (let unit = 0; unit < plain.length; unit++) places.push(at)
    result += plain
    at += character.length
  }
  places.push(text.length)
  return { folded: result, places }
}

export const isHan = (token: string): boolean => /^\p{Script=Han}/u.test(token)

/** Runs of Chinese characters, and runs of other letters and digits; all else separates. Any input is valid. */
export function tokensOf(foldedText: string): string[] {
  const runs = foldedText.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []
  return runs.map((run) => (isHan(run) ? run : run.slice(0, 64)))
}

/** A folded text without what separates, but for one space between two words that are not Chinese. */
export function compact(foldedText: string): string {
  let result = ''
  let latin = false
  for (const token of tokensOf(foldedText)) {
    const chinese = isHan(token)
    result += latin && !chinese ? ` ${token}` : token
    latin = !chinese
  }
  return result
}

/** Single characters and neighbouring pairs of a run of Chinese characters. */
export function gramsOf(run: string): string[] {
  const characters = [...run]
  return characters.flatMap((character, index) =>
    index + 1 < characters.length ? [character, character + characters[index + 1]!] : [character],
  )
}
