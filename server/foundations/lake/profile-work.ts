import type { SeenColumn } from './column-watch.ts'
import type { DuckSession, SqlRow } from './duck.ts'
import type { FieldTypeRule } from './field-types.ts'
import type { KnownColumns } from './known-columns.ts'
import type { FieldType } from './lake.types.ts'
import { areDefaultNulls } from './nulls.ts'
import { cellName, type PlainTable } from './plain-table.ts'
import type { SchemaRead } from './read-schema.ts'
import { ruleBy, suggestedType } from './schema-rules.ts'

export type ProfileRules = {
  readonly nulls: readonly string[]
  readonly declared: Readonly<Record<string, FieldType>>
  /** What a schema says of the table. */
  readonly schema: SchemaRead
  /** Is told of the columns that have no misfit. */
  readonly known: KnownColumns
}

export type ProfileWork = {
  readonly session: DuckSession
  readonly table: PlainTable
  readonly rules: ProfileRules
  /** The table, with what stands for no value as such. */
  readonly relation: string
}

export type ColumnAsked = { readonly source: string; readonly renamedFrom?: string; readonly cell: string }

/**
 * What was seen of the column when the file was read; undefined where nobody looked, or something else than usual
 * stands for "no value". What a schema says of a column, constraints and spellings of its own, is for the engine.
 */
export const seenOf = (
  { table, rules }: ProfileWork,
  { source, cell }: ColumnAsked,
): SeenColumn | undefined =>
  rules.schema.fields.has(source) || !areDefaultNulls(rules.nulls)
    ? undefined
    : table.seen?.find((_, index) => cellName(index) === cell)

/** The type that is not to be found out: the catalogue's word counts before that of a schema. */
export function toldType({ declared, schema }: ProfileRules, source: string): FieldType | undefined {
  const field = schema.fields.get(source)
  return declared[source] ?? (field && suggestedType(field))
}

/** How the cells of a column are read as a type: as the schema spells it, where it tells of that type. */
export const ruleOf = ({ schema }: ProfileRules, { source }: ColumnAsked, type: FieldType): FieldTypeRule =>
  ruleBy(type, schema.fields.get(source))

/** The one row that a query without groups gives. */
export async function onlyRow(session: DuckSession, query: string): Promise<SqlRow> {
  const [row] = await session.rows(query)
  return row!
}
