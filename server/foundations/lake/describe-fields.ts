import { type DuckSession, quoteName } from './duck.ts'
import type { KnownColumn } from './known-columns.ts'
import type { FieldStatistics } from './lake.types.ts'
import type { LoadColumn } from './load-sql.ts'

/** A field to be described; `counted` where its values were counted before. */
export type DescribedField = Pick<LoadColumn, 'field' | 'type' | 'rule'> & Pick<KnownColumn, 'counted'>

/** Counts and ranges of the fields of the rows of a relation. */
export async function describeFields(
  session: DuckSession,
  rows: string,
  columns: readonly DescribedField[],
): Promise<FieldStatistics[]> {
  const measures = columns.flatMap(({ field, rule, counted }, index) => {
    const name = quoteName(field)
    const counts = [
      `count(${name})::double as values_${index}`,
      `approx_count_distinct(${name})::double as distinct_${index}`,
    ]
    const range = [
      `${rule.show(`min(${name})`)}::varchar as min_${index}`,
      `${rule.show(`max(${name})`)}::varchar as max_${index}`,
    ]
    return [...(counted === undefined ? counts : []), ...(rule.range ? range : [])]
  })
  const all = ['count(*)::double as total', ...measures].join(', ')
  const found = (await session.rows(`select ${all} from ${rows}`))[0]!
  return columns.map(({ field, type, counted }, index) => {
    const values = counted?.values ?? Number(found[`values_${index}`])
    return {
      field,
      type,
      nulls: Number(found.total) - values,
      distinctAbout: counted?.distinctAbout ?? Math.min(values, Number(found[`distinct_${index}`])),
      min: (found[`min_${index}`] as string | null | undefined) ?? null,
      max: (found[`max_${index}`] as string | null | undefined) ?? null,
    }
  })
}
