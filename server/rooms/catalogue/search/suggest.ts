import type { Suggestion } from '@tiaoli/contract/catalogue'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Store } from '../../../foundations/database/index.ts'
import {
  canBeInitials,
  compact,
  fold,
  initialsOf,
  isHan,
  readingsOf,
  syllablesOf,
} from '../../../foundations/language/index.ts'
import type { EntryContent } from '../catalogue.model.ts'
import { said } from './score.sql.ts'
import * as store from './search.store.ts'

const mostEntries = 6
const mostOrganisations = 2
const mostWords = 3

type Named = Pick<EntryContent, 'title' | 'keywords' | 'fields'>

export type SuggestDeps = {
  readonly db: Store
  /** The entries that a search for the words finds, best first. */
  readonly best: (q: string, limit: number) => Promise<readonly string[]>
  readonly entriesOf: (
    ids: readonly string[],
  ) => Promise<readonly { readonly id: string; readonly content: Named }[]>
  readonly organisations: () => readonly { readonly id: string; readonly name: Text }[]
}

/** What somebody who types may mean: titles that begin so, bodies, keywords, and else what a search would find. */
export async function suggest(
  { db, best, entriesOf, organisations }: SuggestDeps,
  q: string,
): Promise<Suggestion[]> {
  const typed = compact(fold(q))
  if (typed === '') return []
  const letters = typed.replaceAll(' ', '')
  const beginnings = [
    { title: typed },
    ...readingsOf(letters).map((reading) => ({ syllables: said({ kind: 'syllables', ...reading }) })),
    ...(canBeInitials(letters) ? [{ initials: letters }] : []),
  ]
  const begun: string[] = []
  for (const beginning of beginnings)
    if (begun.length < mostEntries) begun.push(...(await store.titlesBeginning(db, beginning, mostEntries)))
  const others = begun.length < mostEntries ? await best(q, 20) : []
  const ids = [...new Set([...begun, ...others])]
  const shown = ids.slice(0, mostEntries)
  const contents = new Map((await entriesOf(ids)).map(({ id, content }) => [id, content]))
  const bodies = organisations().filter(
    ({ name }) => begins(name.zh, typed, letters) || begins(name.en, typed, letters),
  )
  const words = ids
    .flatMap((id) => {
      const { keywords = [], fields = [] } = contents.get(id) ?? {}
      return [...keywords, ...fields.map(({ name }) => name)]
    })
    .filter((word) => begins(word, typed, letters) && compact(fold(word)) !== typed)
  return [
    ...[...new Set(words)]
      .slice(0, mostWords)
      .map((word): Suggestion => ({ kind: 'word', text: asCatalogued(word), id: null })),
    ...shown.flatMap((id): Suggestion[] => {
      const title = contents.get(id)?.title
      return title === undefined ? [] : [{ kind: 'entry', text: asCatalogued(title), id }]
    }),
    ...bodies
      .slice(0, mostOrganisations)
      .map(({ id, name }): Suggestion => ({ kind: 'organisation', text: name, id })),
  ]
}

/** Words of the catalogue are written once: what is written in Chinese has no English. */
const asCatalogued = (words: string): Text => text(words, [...words].some(isHan) ? '' : words)

/** Whether a name has what was typed, or sounds from its beginning as the letters say. */
function begins(name: string, typed: string, letters: string): boolean {
  const folded = compact(fold(name))
  if (folded.startsWith(typed) || ([...typed].length > 1 && folded.includes(typed))) return true
  if (!/^[a-z]{2,}$/.test(letters)) return false
  const syllables = syllablesOf(folded)
  return syllables.join('').startsWith(letters) || initialsOf(syllables).startsWith(letters)
}
