import { type RawBuilder, sql } from 'kysely'
import { isHan } from '../../../foundations/language/index.ts'
import type { Concept, Form, Query } from './query.rules.ts'
import { seenAs } from './query.rules.ts'

type Fragment = RawBuilder<unknown>

/** What a place is worth: a word of the title, a part of one, a name (provider, keyword, field), anything else. */
const worth = { word: 1, part: 0.75, name: 0.45, other: 0.15, spoken: 0.95, initials: 0.85 } as const
const synonymWorth = 0.85

/**
 * How well an entry answers a query, in millionths: the share of what was asked for that it has, each thing by where
 * it stands; above it whether the title is the query, begins with it or has it whole; shorter titles before longer.
 * Arguments go in as parameters; columns are those of `entry_index`.
 *
 * @param strict every entry that is scored has all that is required: what is not in a name is in its description.
 */
export function scoreOf(query: Query, strict: boolean): RawBuilder<number> {
  const { concepts } = query
  const weights = concepts.reduce((sum, { weight }) => sum + weight, 0) || 1
  const shares = concepts.map(
    (concept) => sql`${concept.weight / weights}::float8 * ${best(concept, strict)}`,
  )
  const whole =
    query.core === ''
      ? sql`0`
      : sql`case when core = ${query.core} then 1.2 when strpos(title, ${query.compact}) = 1 then 0.35
          when strpos(title, ${query.compact}) > 0 then 0.2 else 0 end`
  const length = Math.max(1, lengthOf(query))
  return sql<number>`(1000000 * (${sql.join([...shares, whole, ...otherwiseWhole(concepts)], sql` + `)}
    + 0.25 * least(1, ${length}::float8 / greatest(1, length(core)))
    + case when data_at > 'epoch' then 0.03 else 0 end))::int`
}

const best = ({ forms }: Concept, strict: boolean): Fragment =>
  sql`greatest(${sql.join([...forms.flatMap(placesOf), sql`${strict ? worth.other : 0}::float8`], sql`, `)})`

function placesOf(form: Form): Fragment[] {
  if (form.kind === 'word') {
    const share = form.synonym ? synonymWorth : 1
    return seenAs(form).map(
      (text) => sql`case when strpos(words, ${` ${text} `}) > 0 then ${share * worth.word}::float8
        when strpos(title, ${text}) > 0 then ${share * worth.part}::float8
        when strpos(names, ${text}) > 0 then ${share * worth.name}::float8 else 0 end`,
    )
  }
  if (form.kind === 'initials')
    return [sql`case when strpos(initials, ${form.letters}) > 0 then ${worth.initials}::float8 else 0 end`]
  return [sql`case when strpos(syllables, ${said(form)}) > 0 then ${worth.spoken}::float8 else 0 end`]
}

/** Syllables as they stand in the index; the last may be begun only. */
export const said = ({ syllables, tail }: Form & { kind: 'syllables' }): string =>
  ` ${[...syllables, ''].join(' ')}${tail}`

/** A title that begins with what was spelt, or with another name of it, comes before one that has it inside. */
const otherwiseWhole = (concepts: readonly Concept[]): Fragment[] =>
  concepts.length !== 1
    ? []
    : concepts[0]!.forms.flatMap((form) => {
        if (form.kind === 'word' && !form.synonym) return []
        const [column, text] =
          form.kind === 'word'
            ? [sql`title`, form.text]
            : form.kind === 'initials'
              ? [sql`initials`, form.letters]
              : [sql`syllables`, said(form)]
        return [sql`case when strpos(${column}, ${text}) = 1 then 0.2 else 0 end`]
      })

/** How many characters of Chinese the query stands for. */
function lengthOf({ concepts, core }: Query): number {
  const other =
    concepts.length === 1 && concepts[0]!.forms.every((form) => form.kind !== 'word' || !form.synonym)
  const spoken = other ? concepts[0]!.forms.find(({ kind }) => kind !== 'word') : undefined
  if (spoken?.kind === 'syllables') return spoken.syllables.length
  if (spoken?.kind === 'initials') return spoken.letters.length
  const meant = concepts.map(
    ({ forms }) => forms.find((form) => form.kind === 'word' && isHan(form.text)) ?? forms[0]!,
  )
  const chinese = meant.every((form) => form.kind === 'word' && isHan(form.text))
  return chinese && !isHan(core)
    ? meant.reduce((sum, form) => sum + (form.kind === 'word' ? [...form.text].length : 0), 0)
    : [...core].length
}
