import type { BatchMode } from '@tiaoli/contract/aggregation'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Extent, Mark, Progress, SourceTable } from '../../foundations/outbound/index.ts'
import type { BatchState } from '../aggregation/index.ts'
import type { Pull } from './pulls.model.ts'

/** Pure: why a table cannot be read in this way; undefined where it can. */
export function faultOfMode(mode: BatchMode, risingColumn: string | null): Text | undefined {
  if (risingColumn === null)
    return mode === 'replace' || mode === 'upsert'
      ? undefined
      : text(
          '每次读取全表的，只能整体替换或者按主键更新',
          'A table that is read whole each time stands in place of what is there, or goes in by key',
        )
  return mode === 'append' || mode === 'upsert'
    ? undefined
    : text(
        '按递增列读取增量的，只能追加或者按主键更新',
        'What a rising column shows as new is appended, or goes in by key',
      )
}

/** Pure: the column of each field; one has the name of its field where nothing else is said. */
export const columnsOf = (fields: readonly string[], given: SourceTable['columns']): SourceTable['columns'] =>
  fields.map((field) => ({
    field,
    column: given.find((each) => each.field === field)?.column ?? field,
  }))

/** Pure: what stands of an earlier reading, now that the end of its batch is known. */
export function standingOf(
  pull: Pick<Pull, 'mark' | 'pendingMark' | 'sha256'>,
  batch: BatchState | null,
): 'under-way' | Pick<Pull, 'mark' | 'sha256'> {
  const { mark, pendingMark, sha256 } = pull
  if (batch === null || batch === 'live') return { mark: pendingMark ?? mark, sha256 }
  // Nothing of that batch came in: its rows are read once more.
  if (batch === 'failed' || batch === 'cancelled') return { mark, sha256: null }
  return 'under-way'
}

/** What to read: nothing, rows in some mode, or none because some can no longer be told from those that are there. */
export type Reading =
  | { readonly kind: 'nothing'; readonly mark: Mark | null }
  | { readonly kind: 'late' }
  | {
      readonly kind: 'rows'
      readonly mode: BatchMode
      readonly extent: Extent
      readonly mark: Mark | null
    }

/** Pure: what of a table is to be read. `keys` are the columns of its key, for an order that does not change. */
export function readingOf(
  { mode, risingColumn }: Pick<Pull, 'mode' | 'risingColumn'>,
  keys: readonly string[],
  known: Mark | null,
  found: Progress | null,
): Reading {
  if (risingColumn === null || found === null)
    return { kind: 'rows', mode, extent: { orderedBy: keys }, mark: null }
  const orderedBy = [risingColumn, ...keys.filter((key) => key !== risingColumn)]
  const upTo = found.mark?.value ?? null
  if (known === null) {
    const between = { column: risingColumn, after: null, including: false, upTo }
    return { kind: 'rows', mode: 'replace', extent: { orderedBy, between }, mark: found.mark }
  }
  const late = found.atKnown > known.rows
  // Appended once, a row of the same value cannot be told from one that came later.
  if (late && mode === 'append') return { kind: 'late' }
  if (found.beyond === 0 && !late) return { kind: 'nothing', mark: { ...known, rows: found.atKnown } }
  // Where nothing lies beyond, the largest value may be a smaller one than before: rows were taken away.
  const mark = found.beyond === 0 ? { ...known, rows: found.atKnown } : found.mark
  const between = { column: risingColumn, after: known.value, including: late, upTo: mark?.value ?? null }
  return { kind: 'rows', mode, extent: { orderedBy, between }, mark }
}

export const rowsAhead = (rows: number): Text | null =>
  rows === 0
    ? null
    : text(
        `来源表有 ${rows} 行的时间晚于当前时间，到时再读取；请核对来源系统的时钟`,
        `${rows} rows of the table are ahead of time and are read when it has come; check the clock of the source`,
      )

export const cannotTell = text(
  '来源表出现了与上次读到的最大值相同的新行，追加方式无法区分哪些已经读取；请改为按主键更新，或者重新读取全表',
  'The table has new rows with the largest value that was read before, and appending cannot tell them apart; take rows in by key, or read the whole table again',
)

export const stillUnderWay = text(
  '上一批次尚未入库，本次未读取；请处理该批次',
  'The last run is not live yet, so nothing was read; see to that run',
)
