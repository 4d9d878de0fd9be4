import { groupKeySql } from './aggregation.ts'
import type { DuckSession } from './duck.ts'
import { conditionOf, type Fields } from './filters.ts'
import type { AnsweredAggregate } from './lake.types.ts'

/**
 * The least number of rows that the answers tell apart when they are laid over each other: of each, the rows outside
 * its filter are one block, every group that was shown is one, and the groups that were not shown are one together.
 * Null where there is no row.
 */
export async function readSmallestBlock(
  session: DuckSession,
  rows: string,
  fields: Fields,
  answers: readonly AnsweredAggregate[],
): Promise<number | null> {
  const parts = answers.map(({ filters, groupBy, shown }) => {
    const condition = conditionOf(filters, fields)
    const key = groupKeySql(groupBy, fields)
    const places = shown.map(() => '?').join(', ')
    const block =
      shown.length === 0 ? `'rest'` : `case when ${key} in (${places}) then 'in ' || ${key} else 'rest' end`
    return {
      sql: `case when coalesce(${condition.sql}, false) then ${block} else 'out' end`,
      bound: [...condition.bound, ...shown],
    }
  })
  const columns = parts.map(({ sql }, place) => `${sql} as b${place}`).join(', ')
  const names = parts.map((_, place) => `b${place}`).join(', ')
  const [found] = await session.rows(
    `select min(n)::double as least from
      (select count(*) as n from (select ${columns} from ${rows}) as laid group by ${names}) as blocks`,
    parts.flatMap(({ bound }) => bound),
  )
  return found?.least == null ? null : Number(found.least)
}
