import type { Marks } from '@tiaoli/contract/catalogue'
import type { Text } from '@tiaoli/kernel/text'
import { LRUCache } from 'lru-cache'
import { foldAligned, isHan, syllablesOf } from '../../../foundations/language/index.ts'
import { type Form, type Query, seenAs } from './query.rules.ts'

type Range = [number, number]

/** What is shown of an entry in a list of what was found. */
export type Shown = {
  readonly title: string
  readonly summary: string
  readonly provider: Text
  readonly fields: readonly { readonly name: string }[]
}

const mostFields = 6
const mostRanges = 50

export function marksOf(shown: Shown, query: Query): Marks {
  const ranges = (text: string) => rangesIn(text, query)
  return {
    title: ranges(shown.title),
    summary: ranges(shown.summary),
    provider: { zh: ranges(shown.provider.zh), en: ranges(shown.provider.en) },
    fields: shown.fields
      .map(({ name }) => ({ name, ranges: ranges(name) }))
      .filter((field) => field.ranges.length > 0)
      .slice(0, mostFields),
  }
}

/** A run of Chinese characters: where each begins in the text, where the last ends, and how they sound. */
type Run = { readonly starts: readonly number[]; readonly syllables: readonly string[] }

/** What was made of texts before, as the same ones are shown again and again: some megabytes, by their characters. */
const lately = <T extends object>(make: (text: string) => T) => {
  const made = new LRUCache<string, T>({ maxSize: 200_000, sizeCalculation: (_, text) => 1 + text.length })
  return (text: string): T => {
    const before = made.get(text)
    if (before !== undefined) return before
    const now = make(text)
    made.set(text, now)
    return now
  }
}
const aligned = lately(foldAligned)
const runsOf = lately((folded) =>
  [...folded.matchAll(/\p{Script=Han}+/gu)].map((run): Run => {
    const starts = [run.index]
    for (const character of run[0]) starts.push(starts.at(-1)! + character.length)
    return { starts, syllables: syllablesOf(run[0]) }
  }),
)

/** Where a text has what was asked for: in its own places, in order, none touching another. */
export function rangesIn(text: string, { concepts }: Query): Range[] {
  const { folded, places } = aligned(text)
  const found = concepts.flatMap(({ forms }) => forms.flatMap((form) => placesIn(folded, form)))
  const merged: Range[] = []
  for (const [from, to] of found.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged.slice(0, mostRanges).map(([from, to]) => [places[from]!, places[to]!])
}

function placesIn(folded: string, form: Form): Range[] {
  if (form.kind === 'word') return seenAs(form).flatMap((word) => occurrences(folded, word))
  return runsOf(folded).flatMap((run) => spokenPlaces(run, form))
}

/** Of a word that is not Chinese only where one begins: 'ai' is not in 'air' for who reads it, but 'park' is in 'parks'. */
function occurrences(folded: string, word: string): Range[] {
  const ranges: Range[] = []
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
    if (isHan(word) || !/[\p{L}\p{N}]/u.test(folded.charAt(at - 1)) || isHan(folded.charAt(at - 1)))
      ranges.push([at, at + word.length])
  return ranges
}

/** Where a run of Chinese characters sounds as was typed. */
function spokenPlaces({ starts, syllables }: Run, form: Exclude<Form, { kind: 'word' }>): Range[] {
  const wanted = form.kind === 'initials' ? [...form.letters] : [...form.syllables, form.tail].filter(Boolean)
  const fits = (at: number) =>
    wanted.every((letters, index) => {
      const syllable = syllables[at + index]
      const begun = form.kind === 'initials' || (form.tail !== '' && index === wanted.length - 1)
      return begun ? syllable?.startsWith(letters) : syllable === letters
    })
  return starts.flatMap((from, at): Range[] => {
    const to = starts[at + wanted.length]
    return to !== undefined && fits(at) ? [[from, to]] : []
  })
}
