import type { CsvDialect, Descriptor, SchemaField, TableSchema } from '@tiaoli/contract/table-schema'
import type { Header } from './headers.ts'

/** What a descriptor says of one table. */
export type ResourceReading = {
  readonly schema?: TableSchema | undefined
  readonly dialect?: CsvDialect | undefined
  readonly encoding?: string | undefined
}

type Resource = NonNullable<Descriptor['resources']>[number]

/** What is said of the table of a file; `only` where no other lies beside it. */
export type ResourceFinder = (fileName: string, only: boolean) => ResourceReading | undefined

/**
 * Pure: what is said of the table of a file. A schema by itself is of every table; of a package it is the resource with
 * the path of the file, else with its name, else the only one that has a schema where the file is the `only` one.
 */
export const resourceOf = (
  told: Descriptor | undefined,
  fileName: string,
  only: boolean,
): ResourceReading | undefined => resourceFinder(told)(fileName, only)

/** Pure: `resourceOf` for many files: the resources are gone through once, not for each of them. */
export function resourceFinder(told: Descriptor | undefined): ResourceFinder {
  const { byPath, byName } = resourcesOf(told)
  const tabular = (told?.resources ?? []).filter(({ schema }) => schema !== undefined)
  return (fileName, only) =>
    byPath(fileName) ?? byName(fileName) ?? (only && tabular.length === 1 ? tabular[0] : undefined)
}

/** Pure: the resources of a descriptor by the whole path of a file, and by less than it. */
export function resourcesOf(told: Descriptor | undefined): {
  /** The one with the path of the file; a schema by itself is of every path. */
  byPath(fileName: string): ResourceReading | undefined
  /** The one with its name, in whatever folder; the first of several. */
  byName(fileName: string): ResourceReading | undefined
} {
  const { fields, missingValues, primaryKey, resources = [] } = told ?? {}
  if (fields !== undefined) {
    const whole = { schema: { fields, missingValues, primaryKey } }
    return { byPath: () => whole, byName: () => whole }
  }
  const paths = new Map<string, Resource>()
  const bases = new Map<string, Resource>()
  const names = new Map<string, number>()
  // The first of several counts: they are put in from the end.
  for (const [index, resource] of [...resources.entries()].toReversed()) {
    const { path = [], name } = resource
    for (const each of typeof path === 'string' ? [path] : path) {
      paths.set(each, resource)
      bases.set(baseOf(each), resource)
    }
    if (name !== undefined) names.set(name, index)
  }
  const fileOf = (fileName: string): string => fileName.split(' · ')[0]!
  return {
    byPath: (fileName) => paths.get(fileOf(fileName)),
    byName: (fileName) => {
      const file = fileOf(fileName)
      const first = Math.min(names.get(fileName) ?? Infinity, names.get(stemOf(file)) ?? Infinity)
      return bases.get(baseOf(file)) ?? resources[first]
    },
  }
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

/** Largest descriptor that is looked at, … */
export const maxDescriptorBytes = 1 << 20
/** … and all those of one archive together. */
export const maxDescriptorsBytes = 1 << 23
