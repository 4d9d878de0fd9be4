import type { ScanSession } from './duck.ts'
import type { Condition } from './filters.ts'
import { rowColumn } from './load-sql.ts'

/** Stretches of rows that are looked at, spread over all, and how long each is: together a small part of a row group each. */
const stretches = 8
const rowsOfStretch = 8_192

/** About how many of the rows meet a condition, told from stretches of them; of few rows, how many do. */
export async function estimateMatches(
  session: ScanSession,
  relation: string,
  rows: number,
  { sql, bound }: Condition,
): Promise<number> {
  const step = Math.max(rowsOfStretch, Math.floor(rows / stretches))
  const starts = Array.from({ length: stretches }, (_, at) => at * step).filter((start) => start < rows)
  // One statement each, joined: a condition on several stretches at once would have all row groups read.
  const counts = starts.map(
    (start) => `select count(*) as seen, count(*) filter (where ${sql}) as met from ${relation}
      where ${rowColumn} >= ${start} and ${rowColumn} < ${start + rowsOfStretch}`,
  )
  const [found] = await session.rows(
    `select cast(sum(seen) as double) as seen, cast(sum(met) as double) as met from (${counts.join(' union all ')})`,
    starts.flatMap(() => bound),
  )
  const seen = Number(found!.seen)
  return seen === 0 ? 0 : (Number(found!.met) / seen) * rows
}

/** Pure: an estimate as it is told, with two figures and never fewer than are known to be there. */
export function roundedEstimate(estimate: number, atLeast: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, estimate))) - 1)
  return Math.max(atLeast, Math.round(estimate / unit) * unit)
}
