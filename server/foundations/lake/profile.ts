import type { SchemaField } from '@tiaoli/contract/table-schema'
import { type DuckSession, quoteText, type SqlRow } from './duck.ts'
import { type FieldTypeRule, fieldTypes, type Tidiness, tidySql } from './field-types.ts'
import { type ColumnCounts, inferableTypes, inferType } from './infer.ts'
import { isCellItself, type KnownColumns } from './known-columns.ts'
import { shownCharacters, shownSamples } from './lake.limits.ts'
import type { ColumnProfile, FieldType, TableProfile } from './lake.types.ts'
import { looksPersonal } from './personal.ts'
import { cellName, type PlainTable, plainRelation } from './plain-table.ts'
import type { SchemaRead } from './read-schema.ts'
import { boundsRead, ruleBy, suggestedType } from './schema-rules.ts'
import { firstRows, textsWhere } from './shown-cells.ts'

export type ProfileRules = {
  readonly nulls: readonly string[]
  readonly declared: Readonly<Record<string, FieldType>>
  /** What a schema says of the table. */
  readonly schema: SchemaRead
  /** Is told of the columns that have no misfit. */
  readonly known: KnownColumns
}

/** Columns asked about in one statement: the engine plans thousands of expressions slowly. */
const columnsPerStatement = 40

/** Rows spread over the whole file that choose the types worth counting over all rows. */
const sampledRows = 20_000

/** A type that is nearly all of a column is surely half of a spread sample. */
const worthCountingShare = 0.5

/** Values that personal data is looked for in. */
const judgedSamples = 200

/** Says what the columns of a plain table are: types are counted over all rows, not guessed from the first. */
export async function profileTable(
  session: DuckSession,
  table: PlainTable,
  rules: ProfileRules,
  onProgress: (fraction: number) => void,
): Promise<TableProfile> {
  const work = { session, table, rules, relation: plainRelation(table, rules.nulls, rules.schema.ownNulls) }
  const asked = table.headers.map((header, index) => ({ ...header, cell: cellName(index) }))
  const columns: ColumnProfile[] = []
  for (let first = 0; first < asked.length; first += columnsPerStatement) {
    columns.push(...(await profileColumns(work, asked.slice(first, first + columnsPerStatement))))
    onProgress(columns.length / asked.length)
  }
  const sampleRows = await firstRows(session, table)
  const { found } = rules.schema
  return {
    name: table.name,
    rowCount: table.rows,
    columns,
    sampleRows,
    malformedRows: table.malformed,
    ...(found && { schema: found }),
  }
}

type ProfileWork = {
  readonly session: DuckSession
  readonly table: PlainTable
  readonly rules: ProfileRules
  /** The table, with what stands for no value as such. */
  readonly relation: string
}

type ColumnAsked = { readonly source: string; readonly renamedFrom?: string; readonly cell: string }

async function profileColumns(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<ColumnProfile[]> {
  const candidates = await findCandidates(work, columns)
  const measures = columns.flatMap(({ cell }, index) => [
    `count(${cell}) as values_${cell}`,
    `approx_count_distinct(${cell}) as distinct_${cell}`,
    // Only what may be a number, and is not said to be one, can turn out to be a code.
    `${mayBeCode(work.rules, columns[index]!, candidates[index]!) ? `count(*) filter (${isDigitsOfCode(cell)})` : '0'} as codes_${cell}`,
    ...candidates[index]!.map((type) =>
      type === 'credit-code' && isKnownCode(work, columns[index]!)
        ? `count(${cell}) as "${type}_${cell}"`
        : countOfType(type, cell, ruleOf(work.rules, columns[index]!, type)),
    ),
  ])
  const counted = await onlyRow(
    work.session,
    `select ${measures.join(', ')} from ${tidiedRelation(work, columns, candidates)}`,
  )
  const profiles: ColumnProfile[] = []
  for (const [index, column] of columns.entries())
    profiles.push(await describeColumn(work, column, countsOf(column.cell, candidates[index]!, counted)))
  return profiles
}

/**
 * Whether all that is a value in the column was seen to be a credit code when the file was read. What a schema says of
 * a column, constraints and spellings of its own, is for the engine to judge.
 */
const isKnownCode = ({ table, rules }: ProfileWork, { source, cell }: ColumnAsked): boolean =>
  rules.nulls.includes('') &&
  !rules.schema.fields.has(source) &&
  (table.creditCodes?.some((column) => cellName(column) === cell) ?? false)

/** The types that many values of a spread sample have; for a declared column its type alone. */
async function findCandidates(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<FieldType[][]> {
  const asked = columns.filter(({ source }) => toldType(work.rules, source) === undefined)
  const counts = asked.length === 0 ? {} : await countTypes(work, asked)
  return columns.map(({ source, cell }) => {
    const told = toldType(work.rules, source)
    if (told !== undefined) return [told]
    const enough = Number(counts[`values_${cell}`]) * worthCountingShare
    return inferableTypes.filter((type) => {
      const fitting = Number(counts[`${type}_${cell}`])
      return fitting > 0 && fitting >= enough
    })
  })
}

/** The type that is not to be found out: the catalogue's word counts before that of a schema. */
function toldType({ declared, schema }: ProfileRules, source: string): FieldType | undefined {
  const field = schema.fields.get(source)
  return declared[source] ?? (field && suggestedType(field))
}

/** How the cells of a column are read as a type: as the schema spells it, where it tells of that type. */
const ruleOf = ({ schema }: ProfileRules, { source }: ColumnAsked, type: FieldType): FieldTypeRule =>
  ruleBy(type, schema.fields.get(source))

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
    ...inferableTypes.map((type) => countOfType(type, cell, fieldTypes[type], 'resembles')),
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
  type: FieldType,
  cell: string,
  { tidy, parse, resembles }: FieldTypeRule,
  by: 'parse' | 'resembles' = 'parse',
): string {
  const value = tidied(tidy, cell)
  const counted = by === 'resembles' && resembles ? `case when ${resembles(value)} then 1 end` : parse(value)
  return `count(${counted}) as "${type}_${cell}"`
}

const mayBeCode = (rules: ProfileRules, { source }: ColumnAsked, candidates: readonly FieldType[]): boolean =>
  candidates.includes('decimal') && toldType(rules, source) === undefined

const isDigitsOfCode = (cell: string): string => `regexp_full_match(${cell}, ${quoteText('0\\d+|\\d{16,}')})`

async function onlyRow(session: DuckSession, query: string): Promise<SqlRow> {
  const [row] = await session.rows(query)
  return row!
}

type Counted = ColumnCounts & { readonly distinct: number }

const countsOf = (cell: string, candidates: readonly FieldType[], counted: SqlRow): Counted => ({
  values: Number(counted[`values_${cell}`]),
  distinct: Number(counted[`distinct_${cell}`]),
  digitsOfCode: Number(counted[`codes_${cell}`]),
  fits: Object.fromEntries(candidates.map((type) => [type, Number(counted[`${type}_${cell}`])])),
})

async function describeColumn(
  work: ProfileWork,
  column: ColumnAsked,
  counts: Counted,
): Promise<ColumnProfile> {
  const { table, rules } = work
  const { source, renamedFrom, cell } = column
  const type = toldType(rules, source) ?? inferType(source, counts)
  const rule = ruleOf(rules, column, type)
  const field = rules.schema.fields.get(source)
  const misfits = rule === fieldTypes.text ? 0 : counts.values - (counts.fits[type] ?? 0)
  const fitting = inferableTypes.filter((each) => counts.fits[each] === counts.values)
  const { values } = counts
  const distinctAbout = Math.min(values, counts.distinct)
  if (field === undefined)
    for (const each of ['text', ...fitting] as const) {
      const isCell = isCellItself(each, table.outerBlanks, isKnownCode(work, column))
      rules.known.add(table, cell, each, rules.nulls, isCell ? { counted: { values, distinctAbout } } : {})
    }
  const { tidy, parse } = rule
  const samples = await textsWhere(work.session, work.relation, cell, `${cell} is not null`, judgedSamples)
  const misfitting = `${cell} is not null and (${parse(tidySql(tidy, cell, table.outerBlanks))}) is null`
  const personal = looksPersonal(source, type, samples)
  return {
    source,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    type,
    nulls: table.rows - values,
    distinctAbout,
    samples: samples.slice(0, shownSamples),
    misfits,
    misfitSamples:
      misfits === 0 ? [] : await textsWhere(work.session, work.relation, cell, misfitting, shownSamples),
    ...(field && { schema: field, unreadBounds: await unreadBounds(work.session, field, type) }),
    ...(personal === undefined ? {} : { looksPersonal: personal }),
  }
}

/** Bounds that neither the spelling of the column nor its type can read: they check nothing, which is to be said. */
async function unreadBounds(session: DuckSession, field: SchemaField, type: FieldType): Promise<string[]> {
  const bounds = boundsRead(type, field)
  if (bounds.length === 0) return []
  const read = await onlyRow(
    session,
    `select ${bounds.map(({ name, value }) => `(${value}) is null as "${name}"`).join(', ')}`,
  )
  return bounds.map(({ name }) => name).filter((name) => read[name] === true)
}
