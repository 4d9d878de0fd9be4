import type { Descriptor, SchemaField } from '@tiaoli/contract/table-schema'
import { fieldsByColumn, nullsOf, resourceOf, uncheckedOfDialect } from './descriptor.ts'
import type { TableSchemaRead } from './lake.types.ts'
import { cellName, type PlainFile, type PlainTable } from './plain-table.ts'

/** What a schema says of a table, as far as it is read. */
export type SchemaRead = {
  /** By the name of the column. */
  readonly fields: ReadonlyMap<string, SchemaField>
  /** Spellings of "no value" for the whole table; undefined where there is no schema. */
  readonly nulls: readonly string[] | undefined
  /** The same of single columns, by the name of the cell. */
  readonly ownNulls: ReadonlyMap<string, readonly string[]>
  readonly found: TableSchemaRead | undefined
}

/** Pure: what is said of one table of a file. */
export function readSchema(told: Descriptor | undefined, file: PlainFile, table: PlainTable): SchemaRead {
  const resource = resourceOf(told, table.name, file.tables.length === 1)
  const { schema, dialect } = resource ?? {}
  const fields = fieldsByColumn(schema, table.headers)
  const ownNulls = new Map(
    table.headers.flatMap(({ source }, index) => {
      const spellings = fields.get(source)?.missingValues
      return spellings === undefined ? [] : [[cellName(index), nullsOf(spellings)] as const]
    }),
  )
  if (schema === undefined) return { fields, nulls: undefined, ownNulls, found: undefined }
  const { missingValues, primaryKey = [] } = schema
  const known = new Set(fields.values())
  return {
    fields,
    nulls: nullsOf(missingValues),
    ownNulls,
    found: {
      absent: schema.fields.filter((field) => !known.has(field)).map(({ name }) => name),
      primaryKey: typeof primaryKey === 'string' ? [primaryKey] : primaryKey,
      missingValues: missingValues === undefined ? null : nullsOf(missingValues),
      unchecked: uncheckedOfDialect(dialect),
    },
  }
}
