import type { DuckSession } from './duck.ts'
import { shownCharacters, shownRows } from './lake.limits.ts'
import { cellName, type PlainTable, plainTableSql } from './plain-table.ts'

/** Different texts among the first `limit` cells that meet the condition. */
export async function textsWhere(
  session: DuckSession,
  relation: string,
  cell: string,
  condition: string,
  limit: number,
): Promise<string[]> {
  const rows = await session.rows(
    `select distinct left(${cell}, ${shownCharacters}) as v
     from (select ${cell} from ${relation} where ${condition} limit ${limit})`,
  )
  return rows.map(({ v }) => String(v))
}

/** The rows as they stand in the file, what stands for no value included. */
export async function firstRows(session: DuckSession, table: PlainTable): Promise<(string | null)[][]> {
  const cells = table.headers.map(
    (_, index) => `left(${cellName(index)}, ${shownCharacters}) as ${cellName(index)}`,
  )
  const rows = await session.rows(
    `select ${cells.join(', ')} from ${plainTableSql(table, [])} limit ${shownRows}`,
  )
  return rows.map((row) => Object.values(row) as (string | null)[])
}
