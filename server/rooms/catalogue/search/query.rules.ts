import {
  canBeInitials,
  compact,
  fold,
  gramsOf,
  isHan,
  readingsOf,
  stemOf,
  tokensOf,
} from '../../../foundations/language/index.ts'
import type { Analyser } from '../../vocabulary/index.ts'
import { coreOf, formsOf, mark } from './indexed.rules.ts'

/** One way in which what was asked for can stand in an entry. */
export type Form =
  | { readonly kind: 'word'; readonly text: string; readonly synonym: boolean }
  | { readonly kind: 'syllables'; readonly syllables: readonly string[]; readonly tail: string }
  | { readonly kind: 'initials'; readonly letters: string }

/** One thing asked for: any of its forms will do. */
export type Concept = { readonly forms: readonly Form[]; readonly weight: number }

/** A query as it is read. Without concepts there is nothing that could be searched for. */
export type Query = {
  readonly concepts: readonly Concept[]
  /** The query folded, without what separates, and the same without generic words at its end. */
  readonly compact: string
  readonly core: string
  /** Pairs of characters of which none is a word with its neighbours, as in a name that no dictionary has. */
  readonly pairs: readonly string[]
}

const mostConcepts = 8
const mostSynonyms = 6
const mostCharacters = 200

/** Reads what somebody typed. Any input is a query, and no input is a syntax. */
export function readQuery(input: string, analyser: Analyser): Query {
  const folded = fold(input.slice(0, mostCharacters))
  const compacted = compact(folded)
  const all = conceptsOf(tokensOf(folded), analyser)
  const telling = all.filter(({ weight }) => weight > 0)
  const concepts = (telling.length > 0 ? telling : all).slice(0, mostConcepts)
  return {
    concepts: distinct(concepts),
    compact: compacted,
    core: coreOf(compacted, analyser),
    pairs: tokensOf(folded)
      .filter(isHan)
      .flatMap((run) => pairsIn(run, analyser))
      .slice(0, mostConcepts),
  }
}

function pairsIn(run: string, analyser: Analyser): string[] {
  const words = analyser.cut(run)
  const alone = (word = '') =>
    [...word].length === 1 && analyser.weightOf(word) >= 0.5 && analyser.synonymsOf(word).length === 0
  return words.flatMap((word, at) => (alone(word) && alone(words[at + 1]) ? [word + words[at + 1]] : []))
}

function conceptsOf(tokens: readonly string[], analyser: Analyser): Concept[] {
  const concepts: Concept[] = []
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!
    if (isHan(token)) {
      for (const word of analyser.cut(token)) concepts.push(ofWord(word, analyser))
      at += 1
      continue
    }
    const latin = untilHan(tokens, at)
    const phrase = analyser.phraseAt(latin)
    if (phrase > 1) {
      concepts.push(ofWord(latin.slice(0, phrase).join(' '), analyser))
      at += phrase
      continue
    }
    // Syllables that are typed one by one are one word.
    const spelt = latin.length > 1 && latin.every((each) => readingsOf(each).some(({ tail }) => tail === ''))
    if (spelt) {
      concepts.push(ofSpelt(latin))
      at += latin.length
      continue
    }
    concepts.push(ofLetters(token, analyser))
    at += 1
  }
  return concepts
}

function untilHan(tokens: readonly string[], from: number): string[] {
  const end = tokens.findIndex((token, index) => index >= from && isHan(token))
  return tokens.slice(from, end === -1 ? undefined : end)
}

const word = (text: string, synonym = false): Form => ({ kind: 'word', text, synonym })

function ofWord(text: string, analyser: Analyser): Concept {
  const weight = analyser.weightOf(text)
  const length = [...text].length
  const synonyms = analyser.synonymsOf(text).slice(0, mostSynonyms)
  return {
    forms: [word(isHan(text) ? text : text), ...synonyms.map((other) => word(other, true))],
    weight: weight < 1 ? weight : isHan(text) && length === 1 ? 0.6 : length > 3 ? 1.2 : 1,
  }
}

function ofLetters(letters: string, analyser: Analyser): Concept {
  const { forms, weight } = ofWord(letters, analyser)
  return {
    forms: [
      ...forms,
      ...readingsOf(letters).map((reading): Form => ({ kind: 'syllables', ...reading })),
      ...(canBeInitials(letters) ? [{ kind: 'initials', letters } as const] : []),
    ],
    weight,
  }
}

/** What is typed as separate syllables may also be separate words: 'an' and 'are' are both. */
const ofSpelt = (tokens: readonly string[]): Concept => ({
  forms: [
    word(tokens.join(' ')),
    ...readingsOf(tokens.join('')).map((reading): Form => ({ kind: 'syllables', ...reading })),
  ],
  weight: 1,
})

const distinct = (concepts: readonly Concept[]): Concept[] => [
  ...new Map(concepts.map((concept) => [JSON.stringify(concept.forms[0]), concept])).values(),
]

/** Those that an entry has to have: all that tell something, or all where none does. */
export function required({ concepts }: Query): readonly Concept[] {
  const telling = concepts.filter(({ weight }) => weight >= 0.5)
  return telling.length > 0 ? telling : concepts
}

/**
 * The text-search query (PostgreSQL's tsquery) of concepts. Nothing in it is anybody's input: every term is letters
 * and digits, in quotes.
 *
 * @param join `&`: entries that have all, `|`: entries that have any.
 * @param title looks for words in the title alone.
 */
export const searchOf = (concepts: readonly Concept[], join: '&' | '|', title = false): string =>
  concepts
    .map(({ forms }) => `(${forms.map((form) => `(${ofForm(form, title)})`).join(' | ')})`)
    .join(` ${join} `)

/**
 * The text-search queries of what has all that was asked for: first those in which characters stand together that
 * were typed together and are no words, then those that have them anywhere.
 */
export function wholly(query: Query, title = false): string[] {
  const all = searchOf(required(query), '&', title)
  const pairs = query.pairs.map((pair) => quoted(title ? mark.title + pair : pair))
  return pairs.length === 0 ? [all] : [[all, ...pairs].join(' & '), all]
}

/** Those of what has some of it, best first: all but one thing; anything in the title; anything anywhere. */
export function inParts(query: Query): string[] {
  const needed = required(query)
  const allButOne = needed.map((_, left) =>
    searchOf(
      needed.filter((__, at) => at !== left),
      '&',
    ),
  )
  return [
    ...(needed.length > 2 ? [allButOne.map((each) => `(${each})`).join(' | ')] : []),
    searchOf(needed, '|', true),
    searchOf(needed, '|'),
  ]
}

function ofForm(form: Form, title: boolean): string {
  if (form.kind === 'word') {
    const terms = tokensOf(form.text).flatMap((token) => (isHan(token) ? asked(token) : [stemOf(token)]))
    return all(terms.map((term) => quoted(title ? mark.title + term : term)))
  }
  if (form.kind === 'initials') {
    const { letters } = form
    const length = Math.min(3, letters.length)
    const runs = Array.from({ length: letters.length - length + 1 }, (_, at) =>
      letters.slice(at, at + length),
    )
    return all(runs.map((run) => quoted(mark.initials + run)))
  }
  const { syllables, tail } = form
  const pairs = syllables.slice(1).map((syllable, at) => `${syllables[at]}-${syllable}`)
  const whole = syllables.length === 1 && tail === '' ? [syllables[0]!] : pairs
  return all([
    ...whole.map((each) => quoted(mark.syllables + each)),
    ...(tail === '' ? [] : [`${quoted(`${mark.syllables}${syllables.at(-1)}-${tail}`)}:*`]),
  ])
}

/** Pairs of neighbours; the single character where there is but one. */
const asked = (run: string): string[] =>
  [...run].length === 1 ? [run] : gramsOf(run).filter((gram) => [...gram].length === 2)

const all = (terms: readonly string[]): string => [...new Set(terms)].join(' & ')
const quoted = (term: string): string => `'${term.replace(/['\\]/g, '')}'`

/** The texts by which a word is recognised in an entry that has it: itself, or without its ending. */
export const seenAs = (form: Form & { kind: 'word' }): string[] =>
  isHan(form.text) ? [form.text] : form.text.includes(' ') ? [form.text] : formsOf(form.text)
