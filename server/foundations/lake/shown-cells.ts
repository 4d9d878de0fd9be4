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

/** Rows at the beginning that samples of nearly all columns are found in. */
const headRows = 500
const headTable = 'head'

/** Keeps the first rows of a relation at hand, so that each column need not open the file for a few cells. */
export const keepHead = (session: DuckSession, relation: string, cells: readonly string[]): Promise<void> =>
  session.run(
    `create or replace temp table ${headTable} as
     select ${cells.map((cell) => `left(${cell}, ${shownCharacters}) as ${cell}`).join(', ')}
     from ${relation} limit ${headRows}`,
  )

/** Different texts among the first `limit` of the `values` that a column has; from the head where it has enough of them. */
export async function firstTexts(
  session: DuckSession,
  relation: string,
  cell: string,
  { values, limit }: { readonly values: number; readonly limit: number },
): Promise<string[]> {
  const [head] = await session.rows(`select count(${cell})::double as n from ${headTable}`)
  const isEnough = Number(head!.n) >= Math.min(values, limit)
  return textsWhere(session, isEnough ? headTable : relation, cell, `${cell} is not null`, limit)
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
