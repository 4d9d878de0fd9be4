import {
  createSegmenter,
  fold,
  isHan,
  type Segmenter,
  stemOf,
  tokensOf,
} from '../../foundations/language/index.ts'
import { emptyWords, genericWords, usualSynonyms, usualWords } from './usual.ts'

/** How texts and queries are read while one version of the vocabulary holds. */
export type Analyser = {
  /** Rises with each change of the vocabulary. */
  readonly version: number
  readonly cut: Segmenter
  /** Other names of the word, folded; none of the word itself. */
  readonly synonymsOf: (word: string) => readonly string[]
  /** 0: tells nothing. Below 1: nearly every entry has it, so that none need have it. 1: asked for. */
  readonly weightOf: (word: string) => number
  /** Longest synonym at the beginning of these tokens which has several of them, such as `air quality`; its number of tokens. */
  readonly phraseAt: (tokens: readonly string[]) => number
}

export type OwnVocabulary = {
  readonly version: number
  readonly words: readonly string[]
  readonly synonyms: readonly (readonly string[])[]
}

/** The word under which forms of a word are one: the stem where it is not Chinese. */
const keyOf = (word: string): string =>
  tokensOf(fold(word))
    .map((token) => (isHan(token) ? token : stemOf(token)))
    .join(' ')

/** @param alsoGeneric words that nearly every entry of this installation has, such as the name of the city. */
export function createAnalyser(own: OwnVocabulary, alsoGeneric: readonly string[]): Analyser {
  const groups = [...usualSynonyms, ...own.synonyms]
  const synonyms = new Map<string, Set<string>>()
  for (const group of groups)
    for (const word of group) {
      const others = synonyms.get(keyOf(word)) ?? new Set()
      for (const other of group) if (keyOf(other) !== keyOf(word)) others.add(fold(other))
      synonyms.set(keyOf(word), others)
    }
  const generic = new Set([...genericWords, ...alsoGeneric].map(keyOf))
  const empty = new Set(emptyWords.map(keyOf))
  const dictionary = [...usualWords, ...genericWords, ...alsoGeneric, ...own.words, ...groups.flat()].map(
    fold,
  )
  const longestPhrase = Math.max(1, ...[...synonyms.keys()].map((key) => key.split(' ').length))
  return {
    version: own.version,
    cut: createSegmenter(dictionary),
    synonymsOf: (word) => [...(synonyms.get(keyOf(word)) ?? [])],
    weightOf: (word) => {
      const key = keyOf(word)
      return empty.has(key) ? 0 : generic.has(key) ? 0.15 : 1
    },
    phraseAt(tokens) {
      for (let count = Math.min(longestPhrase, tokens.length); count > 1; count--)
        if (synonyms.has(keyOf(tokens.slice(0, count).join(' ')))) return count
      return 1
    },
  }
}
