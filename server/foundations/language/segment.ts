import { isHan } from './fold.ts'

/** Cuts a run of Chinese characters into words: the longest word of the dictionary first, the platform's own words between them. */
export type Segmenter = (run: string) => string[]

const platform = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * @param dictionary words, folded, that are kept whole wherever they stand. `Intl.Segmenter` knows everyday Chinese
 *   but few of the terms that administrations use, and takes no words: they are looked for first.
 */
export function createSegmenter(dictionary: Iterable<string>): Segmenter {
  const words = new Set<string>()
  let longest = 1
  for (const word of dictionary) {
    const length = [...word].length
    if (length < 2 || !isHan(word)) continue
    words.add(word)
    longest = Math.max(longest, length)
  }
  return (run) => {
    const characters = [...run]
    const cut: string[] = []
    let between = ''
    const flush = () => {
      if (between !== '') cut.push(...Array.from(platform.segment(between), ({ segment }) => segment))
      between = ''
    }
    for (let at = 0; at < characters.length; ) {
      const word = longestAt(characters, at)
      if (word === undefined) {
        between += characters[at]
        at += 1
        continue
      }
      flush()
      cut.push(word)
      at += [...word].length
    }
    flush()
    return cut
  }

  function longestAt(characters: readonly string[], at: number): string | undefined {
    for (let length = Math.min(longest, characters.length - at); length > 1; length--) {
      const word = characters.slice(at, at + length).join('')
      if (words.has(word)) return word
    }
    return undefined
  }
}
