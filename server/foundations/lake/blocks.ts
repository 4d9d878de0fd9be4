import { groupKeySql } from './aggregation.ts'
import { type DuckSession, quoteName } from './duck.ts'
import { conditionOf, type Fields } from './filters.ts'
import { LakeError } from './lake.errors.ts'
import type { AnsweredAggregate, BlocksOver } from './lake.types.ts'

/**
 * How many small blocks there are of rows that the answers do not tell apart, when they are laid over each other: of
 * each, the rows outside its filter are one block, every group that was shown is one, and the groups that were not
 * shown are one together. Answers of other snapshots that do not fit these fields are left out.
 */
export async function countSmallBlocks(
  session: DuckSession,
  rows: string,
  fields: Fields,
  answers: readonly AnsweredAggregate[],
  { least, field }: BlocksOver,
): Promise<number> {
  const parts = answers.flatMap((answer) => partOf(answer, fields) ?? [])
  const columns = parts.map(({ sql }, place) => `${sql} as b${place}`).join(', ')
  const names = parts.map((_, place) => `b${place}`).join(', ')
  if (parts.length === 0) return 0
  const within = field === undefined ? 'true' : `${quoteName(field)} is not null`
  const [found] = await session.rows(
    `select count(*)::double as small from
      (select count(*) as n from (select ${columns} from ${rows} where ${within}) as laid group by ${names}) as blocks
     where n < ${least}`,
    parts.flatMap(({ bound }) => bound),
  )
  return Number(found?.small ?? 0)
}

/** In which block of an answer a row is; undefined where the answer is of fields that are not there, or not of that type. */
function partOf({ filters, groupBy, shown }: AnsweredAggregate, fields: Fields) {
  try {
    const condition = conditionOf(filters, fields)
    const key = groupKeySql(groupBy, fields)
    const places = shown.map(() => '?').join(', ')
    const block =
      shown.length === 0 ? `'rest'` : `case when ${key} in (${places}) then 'in ' || ${key} else 'rest' end`
    return {
      sql: `case when coalesce(${condition.sql}, false) then ${block} else 'out' end`,
      bound: [...condition.bound, ...shown],
    }
  } catch (error) {
    if (error instanceof LakeError) return undefined
    throw error
  }
}
