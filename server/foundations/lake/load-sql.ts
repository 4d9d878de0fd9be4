import { quoteName } from './duck.ts'
import { type FieldTypeRule, tidySql } from './field-types.ts'
import { boxColumns, boxOf } from './geometry-sql.ts'
import type { KnownColumn } from './known-columns.ts'
import type { ColumnMapping, FieldType } from './lake.types.ts'

/** One column to take in: the cell it comes from and what becomes of it. */
export type LoadColumn = ColumnMapping & {
  readonly cell: string
  readonly rule: FieldTypeRule
  /** Its own spellings of "no value", in place of those of the table. */
  readonly ownNulls: readonly string[] | undefined
  /** Whether cells may have blanks around them. */
  readonly outerBlanks: boolean
  /** What is known of it where no cell is a misfit. */
  readonly known: KnownColumn | undefined
}

/** Row of the snapshot, from 0 in its order: what pages and cursors count by. */
export const rowColumn = '_row'
/** Line of the source file that the row came from. */
export const lineColumn = '_line'

// No field begins with `_`, so names of our own never meet one.
const tidied = (index: number): string => `_t${index}`
const parsed = (index: number): string => `_v${index}`

/** The columns that hold a field: its own, and of a geometry the box around each value. */
export const columnsOf = ({ field, type }: { readonly field: string; readonly type: FieldType }): string[] =>
  type === 'geometry' ? [field, ...Object.values(boxColumns(field))] : [field]

/** Whether the cell of a column is as it must be. */
const isGood = ({ cell, required }: LoadColumn, index: number): string =>
  required ? `${parsed(index)} is not null` : `(${cell} is null or ${parsed(index)} is not null)`

/**
 * The cells of the source beside the values they parse to, and whether all of them are `_good`. The engine would push
 * a condition on `_good` down and parse each cell once more, several times over; it never does so past something
 * that is volatile, which `random()` is. Measured on five million rows: 8 seconds instead of 50.
 */
function judgedSql(relation: string, columns: readonly LoadColumn[]): string {
  const tidy = columns.map(
    ({ cell, rule, outerBlanks }, index) => `${tidySql(rule.tidy, cell, outerBlanks)} as ${tidied(index)}`,
  )
  const values = columns.map(({ rule, known }, index) => {
    const toValue = known !== undefined ? (rule.convert ?? rule.parse) : rule.parse
    return `${toValue(tidied(index))} as ${parsed(index)}`
  })
  return `(select *, ${columns.map(isGood).join(' and ')} and random() >= 0 as _good
    from (select *, ${values.join(', ')} from (select *, ${tidy.join(', ')} from ${relation})))`
}

/** The rows that are taken in, in the order of the key and, within one key, of the file. */
export function goodRowsSql(
  relation: string,
  columns: readonly LoadColumn[],
  keyFields: readonly string[],
): string {
  const values = columns.flatMap(({ field, type }, index) => {
    const boxes = type === 'geometry' ? boxOf(parsed(index)) : []
    const names = columnsOf({ field, type }).map(quoteName)
    return [parsed(index), ...boxes].map((value, at) => `${value} as ${names[at]}`)
  })
  const order =
    keyFields.length === 0 ? '' : `order by ${[...keyFields.map(quoteName), lineColumn].join(', ')}`
  return `select ${lineColumn}, ${values.join(', ')} from ${judgedSql(relation, columns)} where _good ${order}`
}

/** The rows that are refused for a cell, as they stand: `faults` has 0 for good, 1 for missing, the type's own from 2. */
export function badRowsSql(
  relation: string,
  columns: readonly LoadColumn[],
  cells: readonly string[],
): string {
  const faults = columns.map(
    (column, index) =>
      `case when ${isGood(column, index)} then 0 when ${column.cell} is null then 1
        else ${column.rule.fault?.(tidied(index)) ?? 2} end`,
  )
  return `select ${lineColumn}, ${cells.join(', ')}, [${faults.join(', ')}] as faults
    from ${judgedSql(relation, columns)} where not _good`
}

const previous = (index: number): string => `_p${index}`

/** Rows of the sorted file `rows`, each marked as `_repeated` where the row before it has the same key. */
export function markedSql(rows: string, keyFields: readonly string[]): string {
  const keys = keyFields.map(quoteName)
  const before = keys.map((key, index) => `lag(${key}) over () as ${previous(index)}`)
  const repeated = keys.map((key, index) => `coalesce(${key} = ${previous(index)}, false)`).join(' and ')
  return `(select * exclude (${keys.map((_, index) => previous(index)).join(', ')}), ${repeated} as _repeated
    from (select *, ${before.join(', ')} from ${rows}))`
}
