import type { SchemaField } from '@tiaoli/contract/table-schema'
import { type Counted, countColumns } from './count-columns.ts'
import type { DuckSession } from './duck.ts'
import { fieldTypes, tidySql } from './field-types.ts'
import { inferableTypes, inferType } from './infer.ts'
import { distinctAsCells } from './known-columns.ts'
import { shownSamples } from './lake.limits.ts'
import type { ColumnProfile, FieldType, TableProfile } from './lake.types.ts'
import { looksPersonal } from './personal.ts'
import { cellName, type PlainTable, plainRelation } from './plain-table.ts'
import {
  type ColumnAsked,
  onlyRow,
  type ProfileRules,
  type ProfileWork,
  ruleOf,
  seenOf,
  toldType,
} from './profile-work.ts'
import { boundsRead } from './schema-rules.ts'
import { firstRows, firstTexts, keepHead, textsWhere } from './shown-cells.ts'

/** Columns asked about in one statement: the engine plans thousands of expressions slowly. */
const columnsPerStatement = 40

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
  await keepHead(
    session,
    work.relation,
    asked.map(({ cell }) => cell),
  )
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

async function profileColumns(work: ProfileWork, columns: readonly ColumnAsked[]): Promise<ColumnProfile[]> {
  const counts = await countColumns(work, columns)
  const profiles: ColumnProfile[] = []
  for (const [index, column] of columns.entries())
    profiles.push(await describeColumn(work, column, counts[index]!))
  return profiles
}

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
  const kinds = new Set<FieldType>(seenOf(work, column)?.kinds)
  if (field === undefined)
    for (const each of ['text', ...fitting] as const) {
      const asCells = distinctAsCells(each, table.outerBlanks, kinds.has(each))
      rules.known.add(table, cell, each, rules.nulls, asCells ? { counted: { values, distinctAbout } } : {})
    }
  const { tidy, parse } = rule
  const { session, relation } = work
  const samples = await firstTexts(session, relation, cell, { values, limit: judgedSamples })
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
    misfitSamples: misfits === 0 ? [] : await textsWhere(session, relation, cell, misfitting, shownSamples),
    ...(field && { schema: field, unreadBounds: await unreadBounds(session, field, type) }),
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
