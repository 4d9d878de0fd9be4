import type { Filter, Row } from '../lake/lake.types.ts'
import type { Access } from './access-records.ts'
import type { EntryFacts, FieldFacts, Plan } from './gateway.types.ts'
import type { RowReader } from './ports.ts'

/** Whose identity numbers a look-up was about, so that they can be told. The numbers go into no record. */

/** Fields with identity numbers, whichever way the entry says so, as far as the snapshot has them. */
export function identityNumberFields(
  entry: EntryFacts | undefined,
  { fieldNames }: RowReader,
): readonly string[] {
  const isNumber = ({ type, personal }: FieldFacts) =>
    type === 'identity-number' || personal === 'identity-number'
  return (entry?.fields ?? []).flatMap((field) =>
    isNumber(field) && fieldNames.includes(field.name) ? [field.name] : [],
  )
}

/** Identity numbers that the rows were picked by, whether or not there was such a row. */
export const pickedNumbers = ({ picked = [] }: Access, subjectFields: readonly string[]): readonly string[] =>
  picked.filter(({ field }) => subjectFields.includes(field)).flatMap(({ values }) => values)

/** Whether rows are looked up by an identity number, in whatever way. */
export const isLookUp = (filters: readonly Filter[], subjectFields: readonly string[]): boolean =>
  filters.some(({ field }) => subjectFields.includes(field))

/** Identity numbers in rows as they are kept. */
export const numbersIn = (rows: readonly Row[], subjectFields: readonly string[]): string[] =>
  rows.flatMap((row) => subjectFields.flatMap((name) => (row[name] == null ? [] : String(row[name]))))

/** Whose rows an answer that names nobody was made of, where they were looked up by a number: of one page of them. */
export async function numbersBehind(
  reader: RowReader,
  filters: readonly Filter[],
  subjectFields: readonly string[],
  { maxRowsPerPage: limit }: Plan,
): Promise<readonly string[]> {
  if (!isLookUp(filters, subjectFields)) return []
  const { rows } = await reader.page({ fields: subjectFields, filters, sort: [], limit })
  return numbersIn(rows, subjectFields)
}
