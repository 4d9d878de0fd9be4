import {
  compact,
  fold,
  gramsOf,
  initialsOf,
  isHan,
  type Segmenter,
  spoken,
  stemOf,
  tokensOf,
} from '../../../foundations/language/index.ts'

/** What of an entry is searched. */
export type Searched = {
  readonly title: string
  readonly summary: string
  readonly keywords: readonly string[]
  readonly fields: readonly { readonly name: string; readonly meaning: string }[]
  readonly number: string
  /** Names of the provider, in each language. */
  readonly organisation: readonly string[]
}

/** How words are read; that of the vocabulary which holds. */
export type Reader = { readonly cut: Segmenter; readonly weightOf: (word: string) => number }

/**
 * An entry as it lies in the index. `terms` decide what is found, and rest on characters alone, so that no change of
 * the vocabulary loses an entry; the rest decides how high it stands.
 */
export type Indexed = {
  readonly terms: readonly string[]
  /** The title folded, without what separates. */
  readonly title: string
  /** The title without the words that nearly every title ends with. */
  readonly core: string
  /** The words of the title, each between two spaces. */
  readonly words: string
  /** Provider, keywords and names of fields, folded, one a line. */
  readonly names: string
  /** The syllables of the title, each between two spaces. */
  readonly syllables: string
  readonly initials: string
}

/** Marks of terms: of the title; syllables in a row; first letters in a row. */
export const mark = { title: 't:', syllables: 'p:', initials: 'i:' } as const

const mostTerms = 6000
const mostNames = 4000

export function indexedOf(entry: Searched, reader: Reader): Indexed {
  const names = [...entry.organisation, ...entry.keywords, ...entry.fields.map(({ name }) => name)]
  const titleTokens = tokensOf(fold(entry.title))
  const nameTokens = names.map((name) => tokensOf(fold(name)))
  const others = [entry.summary, entry.number, ...entry.fields.map(({ meaning }) => meaning)]
  const said = spoken(titleTokens)
  const terms = new Set([
    ...plainTerms(titleTokens).flatMap((term) => [mark.title + term, term]),
    ...said.flatMap(spokenTerms),
    ...nameTokens.flatMap((tokens) => [...plainTerms(tokens), ...spoken(tokens).flatMap(spokenTerms)]),
    ...plainTerms(tokensOf(fold(others.join(' ')))),
  ])
  const title = compact(fold(entry.title))
  return {
    terms: [...terms].slice(0, mostTerms),
    title,
    core: coreOf(title, reader),
    words: around(
      titleTokens.flatMap((token) => (isHan(token) ? withParts(reader.cut(token), reader) : formsOf(token))),
    ),
    names: names
      .map((name) => compact(fold(name)))
      .join('\n')
      .slice(0, mostNames),
    syllables: around(said.flat()),
    initials: said.map(initialsOf).join(' '),
  }
}

/** A compact text without the words at its end that nearly every title has; whole where it has no others. */
export function coreOf(compacted: string, reader: Reader): string {
  const words = tokensOf(compacted).flatMap((token) => (isHan(token) ? reader.cut(token) : [token]))
  while (words.length > 1 && reader.weightOf(words.at(-1)!) < 1) words.pop()
  return compact(words.join(' ').replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, ''))
}

/** A word that is not Chinese, and what is left of it without its ending. */
export const formsOf = (token: string): string[] => [...new Set([token, stemOf(token)])]

const plainTerms = (tokens: readonly string[]): string[] =>
  tokens.flatMap((token) => (isHan(token) ? gramsOf(token) : formsOf(token)))

function spokenTerms(syllables: readonly string[]): string[] {
  const letters = initialsOf(syllables)
  return syllables.flatMap((syllable, at) => [
    mark.syllables + syllable,
    ...(at + 1 < syllables.length ? [`${mark.syllables}${syllable}-${syllables[at + 1]}`] : []),
    ...[2, 3].flatMap((count) =>
      at + count <= letters.length ? [mark.initials + letters.slice(at, at + count)] : [],
    ),
  ])
}

/** Longer words give the words inside them too: who asks for 停车 means the 停车场. */
const withParts = (words: readonly string[], { cut }: Reader): string[] =>
  words.flatMap((word) => {
    const characters = [...word]
    if (characters.length < 3) return [word]
    const parts = [characters.slice(0, 2), characters.slice(-2)].map((pair) => pair.join(''))
    return [word, ...parts.filter((part) => cut(part).length === 1)]
  })

const around = (words: readonly string[]): string =>
  words.length === 0 ? '' : ` ${[...new Set(words)].join(' ')} `
