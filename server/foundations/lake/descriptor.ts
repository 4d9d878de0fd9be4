import type { CsvDialect, Descriptor, SchemaField, TableSchema } from '@tiaoli/contract/table-schema'
import type { Header } from './headers.ts'

/** What a descriptor says of one table. */
export type ResourceReading = {
  readonly schema?: TableSchema | undefined
  readonly dialect?: CsvDialect | undefined
  readonly encoding?: string | undefined
}

type Resource = NonNullable<Descriptor['resources']>[number]

/**
 * Pure: what is said of the table of a file. A schema by itself is of every table; of a package it is the resource with
 * the path of the file, else with its name, else the only one that has a schema where the file is the `only` one.
 */
export function resourceOf(
  told: Descriptor | undefined,
  fileName: string,
  only: boolean,
): ResourceReading | undefined {
  if (told === undefined) return undefined
  const { fields, missingValues, primaryKey, resources = [] } = told
  if (fields !== undefined) return { schema: { fields, missingValues, primaryKey } }
  const file = fileName.split(' · ')[0]!
  const paths = ({ path }: Resource): readonly string[] => (typeof path === 'string' ? [path] : (path ?? []))
  const tabular = resources.filter(({ schema }) => schema !== undefined)
  return (
    resources.find((each) => paths(each).includes(file)) ??
    resources.find((each) => paths(each).some((path) => baseOf(path) === baseOf(file))) ??
    resources.find(({ name }) => name !== undefined && (name === fileName || name === stemOf(file))) ??
    (only && tabular.length === 1 ? tabular[0] : undefined)
  )
}

const baseOf = (path: string): string => path.split('/').at(-1)!
const stemOf = (path: string): string => baseOf(path).replace(/\.[^.]*$/, '')

/** Names are compared without spaces, width and case, as those of the catalogue are. */
const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Pure: the field of the schema that each column is, by the name of the column; in their order where none is named. */
export function fieldsByColumn(
  schema: TableSchema | undefined,
  headers: readonly Header[],
): ReadonlyMap<string, SchemaField> {
  const byName = new Map((schema?.fields ?? []).toReversed().map((field) => [folded(field.name), field]))
  return new Map(
    headers.flatMap(({ source }) => {
      const field = byName.get(folded(source))
      return field === undefined ? [] : [[source, field] as const]
    }),
  )
}

type Spellings = TableSchema['missingValues']

const textsOf = (spellings: NonNullable<Spellings>): string[] =>
  spellings.map((each) => (typeof each === 'string' ? each : each.value))

/** Pure: the texts that stand for no value; an empty cell has none, and the standard names no other by itself. */
export const nullsOf = (spellings: Spellings): string[] => [
  ...new Set(['', ...(spellings === undefined ? [] : textsOf(spellings))]),
]

/** Pure: what of a dialect is not applied to a file. */
export function uncheckedOfDialect(dialect: CsvDialect | undefined): string[] {
  if (dialect === undefined) return []
  const { doubleQuote, escapeChar, headerRows, commentChar, commentRows } = dialect
  return [
    ...(doubleQuote === false ? ['doubleQuote'] : []),
    ...(escapeChar === undefined ? [] : ['escapeChar']),
    ...(headerRows === undefined || headerRows.join() === '1' ? [] : ['headerRows']),
    ...(commentChar === undefined ? [] : ['commentChar']),
    ...(commentRows === undefined ? [] : ['commentRows']),
  ]
}

/** Largest descriptor that is looked at. */
export const maxDescriptorBytes = 1 << 20
