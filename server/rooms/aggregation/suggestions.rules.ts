import type { SchemaField } from '@tiaoli/contract/table-schema'
import type { TableProfile } from '../../foundations/lake/index.ts'
import type { EntryContent } from '../catalogue/index.ts'
import type { Acceptance, BatchState } from './aggregation.model.ts'
import { acceptedPairs } from './aggregation.rules.ts'

/** Words of a schema for a field of the entry; what they say goes where the catalogue says nothing yet. */
export type Suggestion = {
  readonly field: string
  readonly part: 'meaning' | 'unit'
  readonly words: string
}

/** As many characters as the catalogue keeps of each part. */
const longest = { meaning: 500, unit: 50 } as const

/** Whether words of the schema of a batch may go into the entry: not those of a file that was not taken in. */
export const givesWords = (state: BatchState): boolean => state !== 'cancelled' && state !== 'failed'

/**
 * What a schema suggests for the entry. Words that the department has written stay; type, key, sensitivity and what is
 * required are not taken from a file: they decide how rows are read and who may see them.
 */
export function suggestionsFor(
  content: EntryContent,
  table: TableProfile,
  acceptance: Acceptance | null,
): Suggestion[] {
  const fieldOf = new Map(acceptedPairs(content, table, acceptance))
  return table.columns.flatMap(({ source, schema }) => {
    const field = content.fields.find(({ name }) => name === fieldOf.get(source))
    if (schema === undefined || field === undefined) return []
    return (['meaning', 'unit'] as const).flatMap((part) => {
      const words = cut(wordsOf(schema, part, field.name), longest[part])
      return words === '' || field[part] !== '' ? [] : [{ field: field.name, part, words }]
    })
  })
}

function wordsOf({ title, description, unit }: SchemaField, part: Suggestion['part'], name: string): string {
  const words = part === 'unit' ? [unit] : [title === name ? '' : title, description]
  return words.flatMap((each) => each?.trim() || []).join('：')
}

/** Between characters: half of one that is written as two units is no text that a database keeps. */
const cut = (words: string, most: number): string =>
  words.length <= most
    ? words
    : `${words
        .slice(0, most - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`

/** The fields of an entry with the words of the suggestions. */
export const withSuggestions = (
  { fields }: EntryContent,
  suggestions: readonly Suggestion[],
): EntryContent['fields'] =>
  fields.map((field) => ({
    ...field,
    ...Object.fromEntries(
      suggestions.filter((each) => each.field === field.name).map(({ part, words }) => [part, words]),
    ),
  }))
