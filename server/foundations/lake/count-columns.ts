import { quoteText, type SqlRow } from './duck.ts'
import { type FieldTypeRule, fieldTypes, type Tidiness, tidySql } from './field-types.ts'
import { type ColumnCounts, couldBe, inferableTypes } from './infer.ts'
import { shownCharacters } from './lake.limits.ts'
import type { FieldType } from './lake.types.ts'
import {
  type ColumnAsked,
  onlyRow,
  type ProfileRules,
  type ProfileWork,
  ruleOf,
  seenOf,
  toldType,
} from './profile-work.ts'

/** Rows spread over the whole file that choose the types worth counting over all rows. */
const sampledRows = 20_000

/** A type that is nearly all of a column is surely half of a spread sample. */
const worthCountingShare = 0.5

export type Counted = ColumnCounts & { readonly distinct: number }

/** Counts the values of columns, and how many of them are of which type: over all rows, but only what is not known yet. */
export async function countColumns(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<Counted[]> {
  const candidates = await findCandidates(work, columns)
  const told = columns.map((column, index) => toldBySeen(work, column, candidates[index]!))
  const measures = columns.flatMap((column, index) => {
    const { cell } = column
    const wanted: [string, string][] = [
      [`values_${cell}`, `count(${cell})`],
      [`distinct_${cell}`, `approx_count_distinct(${cell})`],
      // Only what may be a number, and is not said to be one, can turn out to be a code.
      [
        `codes_${cell}`,
        mayBeCode(work.rules, column, candidates[index]!) ? `count(*) filter (${isDigitsOfCode(cell)})` : '0',
      ],
      ...candidates[index]!.map((type): [string, string] => [
        `${type}_${cell}`,
        countOfType(cell, ruleOf(work.rules, column, type)),
      ]),
    ]
    return wanted.filter(([name]) => !(name in told[index]!)).map(([name, count]) => `${count} as "${name}"`)
  })
  const rows = tidiedRelation(work, columns, candidates)
  const found =
    measures.length === 0 ? {} : await onlyRow(work.session, `select ${measures.join(', ')} from ${rows}`)
  const counted = Object.assign({}, ...told, found) as SqlRow
  return columns.map(({ cell }, index) => countsOf(cell, candidates[index]!, counted))
}

const countsOf = (cell: string, candidates: readonly FieldType[], counted: SqlRow): Counted => ({
  values: Number(counted[`values_${cell}`]),
  distinct: Number(counted[`distinct_${cell}`]),
  digitsOfCode: Number(counted[`codes_${cell}`]),
  fits: Object.fromEntries(candidates.map((type) => [type, Number(counted[`${type}_${cell}`])])),
})

/** Of what is to be counted in the column, what was seen already, by the names of the counts. */
function toldBySeen(
  work: ProfileWork,
  column: ColumnAsked,
  candidates: readonly FieldType[],
): Record<string, number> {
  const seen = seenOf(work, column)
  if (seen === undefined) return {}
  const { cell } = column
  const kinds = new Set<FieldType>(seen.kinds)
  return {
    [`values_${cell}`]: seen.values,
    [`distinct_${cell}`]: seen.distinctAbout,
    ...(kinds.has('decimal') && { [`codes_${cell}`]: 0 }),
    ...Object.fromEntries(
      candidates.filter((type) => kinds.has(type)).map((type) => [`${type}_${cell}`, seen.values]),
    ),
  }
}

/** The types that many values of a spread sample have; for a declared column its type alone. */
async function findCandidates(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<FieldType[][]> {
  const asked = columns.filter(({ source }) => toldType(work.rules, source) === undefined)
  const counts = asked.length === 0 ? {} : await countTypes(work, asked)
  return columns.map(({ source, cell }) => {
    const told = toldType(work.rules, source)
    if (told !== undefined) return [told]
    const enough = Number(counts[`values_${cell}`]) * worthCountingShare
    return inferableTypes.filter((type) => {
      if (!couldBe(type, source)) return false
      const fitting = Number(counts[`${type}_${cell}`])
      return fitting > 0 && fitting >= enough
    })
  })
}

/** How many values of a spread sample are of each type. Planning this takes the engine longer than a small table does. */
async function countTypes(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<SqlRow> {
  const { session, table, relation } = work
  const step = Math.max(1, Math.floor(table.rows / sampledRows))
  // A table of its own: in one statement the engine would tidy all rows before it takes the sample.
  const cells = columns.map(({ cell }) => `left(${cell}, ${shownCharacters}) as ${cell}`)
  await session.run(
    `create or replace temp table sample as select ${cells.join(', ')} from ${relation} where _line % ${step} = 0`,
  )
  const all = columns.map(() => inferableTypes)
  const measures = columns.flatMap(({ cell }) => [
    `count(${cell}) as values_${cell}`,
    ...inferableTypes.map(
      (type) => `${countOfType(cell, fieldTypes[type], 'resembles')} as "${type}_${cell}"`,
    ),
  ])
  return onlyRow(
    session,
    `select ${measures.join(', ')} from ${tidiedRelation({ ...work, relation: 'sample' }, columns, all)}`,
  )
}

/** The cells asked about, each as it is and tidied as its types want, each way once. */
function tidiedRelation(
  { relation, rules, table: { outerBlanks } }: ProfileWork,
  columns: readonly ColumnAsked[],
  types: readonly (readonly FieldType[])[],
): string {
  const cells = columns.flatMap((column, index) => {
    const { cell } = column
    const ways = new Set(types[index]!.map((type) => ruleOf(rules, column, type).tidy))
    return [cell, ...[...ways].map((way) => `${tidySql(way, cell, outerBlanks)} as ${tidied(way, cell)}`)]
  })
  return `(select ${cells.join(', ')} from ${relation})`
}

const tidied = (way: Tidiness, cell: string): string => `"${way}_${cell}"`

/** Samples are cut: of what a type can be known by its beginning, that is what is counted in them. */
function countOfType(
  cell: string,
  { tidy, parse, resembles }: FieldTypeRule,
  by: 'parse' | 'resembles' = 'parse',
): string {
  const value = tidied(tidy, cell)
  const counted = by === 'resembles' && resembles ? `case when ${resembles(value)} then 1 end` : parse(value)
  return `count(${counted})`
}

const mayBeCode = (rules: ProfileRules, { source }: ColumnAsked, candidates: readonly FieldType[]): boolean =>
  candidates.includes('decimal') && toldType(rules, source) === undefined

const isDigitsOfCode = (cell: string): string => `regexp_full_match(${cell}, ${quoteText('0\\d+|\\d{16,}')})`
