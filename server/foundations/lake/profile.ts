import { type DuckSession, quoteText, type SqlRow } from './duck.ts'
import { fieldTypes } from './field-types.ts'
import { type ColumnCounts, inferableTypes, inferType } from './infer.ts'
import { shownCharacters, shownRows, shownSamples } from './lake.limits.ts'
import type { ColumnProfile, FieldType, TableProfile } from './lake.types.ts'
import { looksPersonal } from './personal.ts'
import { cellName, type PlainTable, plainTableSql } from './plain-table.ts'

export type ProfileRules = {
  readonly nulls: readonly string[]
  readonly declared: Readonly<Record<string, FieldType>>
}

/** Any type can be declared. */
const judgedTypes: readonly FieldType[] = ['text', ...inferableTypes]

/** Columns asked about in one statement: the engine plans thousands of expressions slowly. */
const columnsPerStatement = 40

/** Rows spread over the whole file that choose the types worth counting over all rows. */
const sampledRows = 20_000

/** A type that is nearly all of a column is surely half of a spread sample. */
const worthCountingShare = 0.5

/** Says what the columns of a plain table are: types are counted over all rows, not guessed from the first. */
export async function profileTable(
  session: DuckSession,
  table: PlainTable,
  rules: ProfileRules,
  onProgress: (fraction: number) => void,
): Promise<TableProfile> {
  const relation = plainTableSql(table, rules.nulls)
  const columns: ColumnProfile[] = []
  for (let first = 0; first < table.headers.length; first += columnsPerStatement) {
    const group = table.headers
      .slice(first, first + columnsPerStatement)
      .map(({ source, renamedFrom }, index) => ({
        source,
        renamedFrom,
        cell: cellName(first + index),
        key: first + index,
      }))
    columns.push(...(await profileColumns(session, relation, table.rows, group, rules.declared)))
    onProgress((first + group.length) / table.headers.length)
  }
  return {
    name: table.name,
    rowCount: table.rows,
    columns,
    sampleRows: await sampleRows(session, table),
    malformedRows: table.malformed,
  }
}

type ColumnAsked = {
  readonly source: string
  readonly renamedFrom: string | undefined
  readonly cell: string
  readonly key: number
}

async function profileColumns(
  session: DuckSession,
  relation: string,
  rows: number,
  columns: readonly ColumnAsked[],
  declared: Readonly<Record<string, FieldType>>,
): Promise<ColumnProfile[]> {
  const candidates = await findCandidates(session, relation, rows, columns, declared)
  const counted = (
    await session.rows(
      `select ${columns
        .flatMap(({ cell, key }, index) => [
          `count(${cell}) as values_${key}`,
          `approx_count_distinct(${cell}) as distinct_${key}`,
          // Only what may be a number can turn out to be a code.
          `${candidates[index]!.includes('integer') ? `count(*) filter (${isDigitsOfCode(cell)})` : '0'} as codes_${key}`,
          ...candidates[index]!.map(
            (type) => `count(${fieldTypes[type].parse(tidiedAs(type, key))}) as ${quoteFit(type, key)}`,
          ),
        ])
        .join(', ')} from ${tidySql(relation, columns)}`,
    )
  )[0]!
  const profiles: ColumnProfile[] = []
  for (const [index, column] of columns.entries())
    profiles.push(
      await describeColumn(session, relation, rows, column, candidates[index]!, counted, declared),
    )
  return profiles
}

/** The cells asked about, each as it is and tidied in each way that a type wants; what is not used costs nothing. */
const tidySql = (relation: string, columns: readonly ColumnAsked[]): string =>
  `(select _line, ${columns
    .flatMap(({ cell, key }) => [
      cell,
      ...judgedTypes.map((type) => `${fieldTypes[type].tidy(cell)} as ${tidiedAs(type, key)}`),
    ])
    .join(', ')} from ${relation})`

const tidiedAs = (type: FieldType, key: number): string => `"tidy_${type}_${key}"`

const parseCell = (type: FieldType, cell: string): string =>
  `(${fieldTypes[type].parse(fieldTypes[type].tidy(cell))})`

const quoteFit = (type: FieldType, key: number): string => `"${type}_${key}"`

const isDigitsOfCode = (cell: string): string => `regexp_full_match(${cell}, ${quoteText('0\\d+|\\d{16,}')})`

/** The types that many values of a spread sample have; for a declared column its type alone. */
async function findCandidates(
  session: DuckSession,
  relation: string,
  rows: number,
  columns: readonly ColumnAsked[],
  declared: Readonly<Record<string, FieldType>>,
): Promise<FieldType[][]> {
  const asked = columns.filter(({ source }) => declared[source] === undefined)
  const counts = asked.length === 0 ? {} : await countTypes(session, relation, rows, asked)
  return columns.map(({ source, key }) => {
    const told = declared[source]
    if (told !== undefined) return [told]
    const enough = Number(counts[`values_${key}`]) * worthCountingShare
    return inferableTypes.filter((type) => {
      const fitting = Number(counts[`${type}_${key}`])
      return fitting > 0 && fitting >= enough
    })
  })
}

/** How many values of a spread sample are of each type. Planning this takes the engine longer than a small table does. */
async function countTypes(
  session: DuckSession,
  relation: string,
  rows: number,
  columns: readonly ColumnAsked[],
): Promise<SqlRow> {
  const step = Math.max(1, Math.floor(rows / sampledRows))
  const counts = columns.flatMap(({ cell, key }) => [
    `count(${cell}) as values_${key}`,
    ...inferableTypes.map(
      (type) => `count(${fieldTypes[type].parse(tidiedAs(type, key))}) as ${quoteFit(type, key)}`,
    ),
  ])
  const found = await session.rows(
    `select ${counts.join(', ')} from ${tidySql(relation, columns)} where _line % ${step} = 0`,
  )
  return found[0]!
}

async function describeColumn(
  session: DuckSession,
  relation: string,
  rows: number,
  column: ColumnAsked,
  candidates: readonly FieldType[],
  counted: SqlRow,
  declared: Readonly<Record<string, FieldType>>,
): Promise<ColumnProfile> {
  const { source, renamedFrom, cell, key } = column
  const counts: ColumnCounts = {
    values: Number(counted[`values_${key}`]),
    digitsOfCode: Number(counted[`codes_${key}`]),
    fits: Object.fromEntries(candidates.map((type) => [type, Number(counted[`${type}_${key}`])])),
  }
  const type = declared[source] ?? inferType(source, counts)
  const misfits = type === 'text' ? 0 : counts.values - (counts.fits[type] ?? 0)
  const shown = `left(${cell}, ${shownCharacters})`
  const texts = async (condition: string, limit: number) =>
    (
      await session.rows(
        `select distinct ${shown} as v from (select ${cell} from ${relation} where ${condition} limit ${limit})`,
      )
    ).map((row) => String(row.v))
  const samples = await texts(`${cell} is not null`, 200)
  const personal = looksPersonal(source, type, samples)
  return {
    source,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    type,
    nulls: rows - counts.values,
    distinctAbout: Math.min(counts.values, Number(counted[`distinct_${key}`])),
    samples: samples.slice(0, shownSamples),
    misfits,
    misfitSamples:
      misfits === 0
        ? []
        : await texts(`${cell} is not null and ${parseCell(type, cell)} is null`, shownSamples),
    ...(personal === undefined ? {} : { looksPersonal: personal }),
  }
}

async function sampleRows(session: DuckSession, table: PlainTable): Promise<(string | null)[][]> {
  const cells = table.headers.map(
    (_, index) => `left(${cellName(index)}, ${shownCharacters}) as ${cellName(index)}`,
  )
  const rows = await session.rows(
    `select ${cells.join(', ')} from ${plainTableSql(table, [])} limit ${shownRows}`,
  )
  return rows.map((row) => Object.values(row) as (string | null)[])
}
