import { quoteText, type SqlRow } from './duck.ts'
import { type FieldTypeRule, fieldTypes, type Tidiness, tidySql } from './field-types.ts'
import { type ColumnCounts, couldBe, inferableTypes } from './infer.ts'
import { shownCharacters } from './lake.limits.ts'
import type { FieldType } from './lake.types.ts'
import { type PlainTable, plainRelation } from './plain-table.ts'
import { type ColumnAsked, onlyRow, type ProfileWork, ruleOf, seenOf, toldType } from './profile-work.ts'
import { withSpreadSample } from './spread-sample.ts'

/** Rows spread over the whole file that choose the types worth counting over all rows. */
const sampledRows = 20_000

/** Fewer values than these say little of a column that has more. */
const enoughSampled = 100

/** A type that is nearly all of a column is surely half of a spread sample. */
const worthCountingShare = 0.5

export type Counted = ColumnCounts & { readonly distinct: number }

/** Counts the values of columns, and how many of them are of which type: over all rows, but only what is not known yet. */
export async function countColumns(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<Counted[]> {
  const candidates = await findCandidates(work, columns)
  const told = columns.map((column, index) => seenBefore(work, column, candidates[index]!))
  const measures = columns.flatMap((column, index) => {
    const { cell } = column
    const wanted: [string, string][] = [
      [`values_${cell}`, `count(${cell})`],
      [`distinct_${cell}`, `approx_count_distinct(${cell})`],
      [`codes_${cell}`, `count(*) filter (${isDigitsOfCode(cell)})`],
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

/** Of what is to be counted in the column, what is known before, by the names of the counts. */
function seenBefore(
  work: ProfileWork,
  column: ColumnAsked,
  candidates: readonly FieldType[],
): Record<string, number> {
  const { cell } = column
  const seen = seenOf(work, column)
  const kinds = new Set<FieldType>(seen && ['text', ...seen.kinds])
  // Only what may be a number, and is not said to be one, can turn out to be a code.
  const mayBeCode = candidates.includes('decimal') && toldType(work.rules, column.source) === undefined
  return {
    ...((!mayBeCode || kinds.has('decimal')) && { [`codes_${cell}`]: 0 }),
    ...(seen && { [`values_${cell}`]: seen.values, [`distinct_${cell}`]: seen.distinctAbout }),
    ...Object.fromEntries(
      candidates.filter((type) => kinds.has(type)).map((type) => [`${type}_${cell}`, seen!.values]),
    ),
  }
}

/**
 * The types that many values of a spread sample have, and those that all values were seen to be of; for a declared
 * column its type alone.
 */
async function findCandidates(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<FieldType[][]> {
  const asked = columns.filter(({ source }) => toldType(work.rules, source) === undefined)
  const counts = asked.length === 0 ? {} : await countSampled(work, asked)
  return columns.map((column) => {
    const { source, cell } = column
    const told = toldType(work.rules, source)
    if (told !== undefined) return [told]
    const enough = Number(counts[`values_${cell}`]) * worthCountingShare
    const kinds = new Set<FieldType>(seenOf(work, column)?.kinds)
    return inferableTypes.filter((type) => {
      if (!couldBe(type, source)) return false
      const fitting = Number(counts[`${type}_${cell}`])
      return kinds.has(type) || (fitting > 0 && fitting >= enough)
    })
  })
}

/** How many values of a spread sample are of each type. */
async function countSampled(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<SqlRow> {
  const { table } = work
  const inPieces = await withSpreadSample(table, (sample) =>
    sample === table ? undefined : countTypes(work, columns, sample),
  )
  // Values that stand in one stretch of a large file may lie between the pieces.
  const missed = columns.filter((column) => {
    const sampled = Number(inPieces?.[`values_${column.cell}`] ?? 0)
    return sampled < enoughSampled && sampled < (seenOf(work, column)?.values ?? table.rows)
  })
  return { ...inPieces, ...(missed.length > 0 && (await countTypes(work, missed, table))) }
}

/** Of a table itself every n-th row is looked at. Planning this takes the engine longer than a small table does. */
async function countTypes(
  work: ProfileWork,
  columns: readonly ColumnAsked[],
  from: PlainTable,
): Promise<SqlRow> {
  const { session, rules } = work
  const step = from === work.table ? Math.max(1, Math.floor(from.rows / sampledRows)) : 1
  // A table of its own: in one statement the engine would tidy all rows before it takes the sample.
  const cells = columns.map(({ cell }) => `left(${cell}, ${shownCharacters}) as ${cell}`)
  await session.run(
    `create or replace temp table sample as select ${cells.join(', ')}
     from ${plainRelation(from, rules.nulls, rules.schema.ownNulls)} where _line % ${step} = 0`,
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

const isDigitsOfCode = (cell: string): string => `regexp_full_match(${cell}, ${quoteText('0\\d+|\\d{16,}')})`
