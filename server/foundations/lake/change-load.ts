import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { allEnded } from './all-ended.ts'
import { describeFields } from './describe-fields.ts'
import { type Duck, type DuckSession, quoteName, quoteText } from './duck.ts'
import { sha256Of, shareFiles } from './durable.ts'
import { fieldTypes } from './field-types.ts'
import { LakeError } from './lake.errors.ts'
import type { LoadOnto, LoadRequest, RowChanges, SnapshotManifest, SnapshotPart } from './lake.types.ts'
import { copyToParquet, countRows, reportLines, writeRows } from './load.ts'
import { columnsOf, type LoadColumn, lineColumn, rowColumn } from './load-sql.ts'
import { numberRows } from './number-rows.ts'
import {
  filesOf,
  gonePath,
  partColumn,
  partPaths,
  partsKept,
  partsOf,
  placeColumn,
  placedRowsSql,
  snapshotRowsSql,
} from './parts.ts'
import type { PlainTable } from './plain-table.ts'
import type { RefusalReport } from './refusal-report.ts'
import { buildRowIndex } from './row-index.ts'

/** What a change is made of: the rows that come, the snapshot that they change, and where the new one is made. */
export type Change = {
  readonly table: PlainTable
  readonly columns: readonly LoadColumn[]
  readonly request: LoadRequest & { readonly onto: LoadOnto }
  readonly base: SnapshotManifest
  readonly baseFolder: string
  readonly folder: string
  readonly report: RefusalReport
  /** Whether the place of each row is written beside it. */
  readonly numbered: boolean
}

/** What was made of a load: the parts only where there are several. */
export type Made = Pick<SnapshotManifest, 'rows' | 'fields' | 'sha256' | 'changes' | 'parts'>

/** Throws `no-key`, `fields-changed` where the rows cannot change that snapshot. */
export function requireChangeable(base: SnapshotManifest, request: LoadRequest & { onto: LoadOnto }): void {
  const { mode } = request.onto
  const same = (left: readonly string[], right: readonly string[]) =>
    left.length === right.length && left.every((each, at) => each === right[at])
  if (!same(base.keyFields, request.keyFields)) throw new LakeError('fields-changed')
  if (mode !== 'append' && base.keyFields.length === 0) throw new LakeError('no-key')
  const types = new Map(base.fields.map(({ field, type }) => [field, type]))
  for (const { field, type } of request.columns)
    if (types.get(field) !== type) throw new LakeError('fields-changed', { field })
  const brought = new Set(request.columns.map(({ field }) => field))
  const needed = mode === 'delete' ? base.keyFields : base.fields.map(({ field }) => field)
  const absent = needed.find((field) => !brought.has(field))
  if (absent !== undefined) throw new LakeError('fields-changed', { field: absent })
}

/**
 * Makes the files of a snapshot that is an earlier one changed by the rows of a table: what is large and stays is
 * shared with the earlier one, what changes is written beside it (decision 0035).
 */
export async function writeChange(duck: Duck, change: Change): Promise<Made> {
  const { base, baseFolder, folder, request } = change
  const work = {
    incoming: join(folder, 'incoming.parquet'),
    hits: join(folder, 'hits.parquet'),
    from: placedRowsSql(baseFolder, base, 0),
  }
  const changes = await duck.connected(request.signal, (session) => judge(session, change, work))
  const parts = partsOf(base)
  const kept = partsKept(parts, changes.added + changes.replaced + changes.removed)
  for (let part = 0; part < kept; part++) await shareFiles(filesOf(baseFolder, part), filesOf(folder, part))
  const written = await duck.connected(request.signal, (session) => writePart(session, change, work, kept))
  await rm(work.incoming)
  await rm(work.hits, { force: true })
  const { parts: _, ...whole } = base
  const next = kept === 0 ? whole : { ...whole, parts: written }
  const fields = base.fields.map(({ field, type }) => ({ field, type, rule: fieldTypes[type] }))
  const [described] = await allEnded(
    duck.connected(request.signal, (session) =>
      describeFields(session, snapshotRowsSql(folder, next), fields),
    ),
    base.keyFields.length > 0 ? indexPart(duck, change, kept, written) : undefined,
  )
  return {
    rows: written.reduce((sum, { rows }) => sum + rows, 0),
    fields: described,
    changes,
    sha256: kept === 0 ? written[0]!.sha256 : await sha256OfParts(folder, written),
    ...(kept > 0 && { parts: written }),
  }
}

type Work = { readonly incoming: string; readonly hits: string; readonly from: string }

const parquet = (path: string): string => `read_parquet(${quoteText(path)})`

/** Brings the rows in, refuses those that do not fit the mode, and finds the rows that they meet. */
async function judge(session: DuckSession, change: Change, work: Work): Promise<RowChanges> {
  const { table, columns, request, base, report } = change
  const { mode } = request.onto
  const keys = base.keyFields.map(quoteName)
  const rows = await writeRows(session, table, columns, request, work.incoming, report)
  if (keys.length === 0) return { added: rows, replaced: 0, removed: 0 }
  const same = keys.map((key) => `b.${key} = i.${key}`).join(' and ')
  await copyToParquet(
    session,
    `select b.${partColumn} as part, b.${placeColumn} as place, i.${lineColumn} as line
     from ${work.from} b join ${parquet(work.incoming)} i on ${same}`,
    work.hits,
  )
  const met = await countRows(session, work.hits)
  if (mode === 'upsert') return { added: rows - met, replaced: met, removed: 0 }
  const column = base.keyFields.join(', ')
  const hit = `select line from ${parquet(work.hits)}`
  const unfit = mode === 'append' ? `in (${hit})` : `not in (${hit})`
  const refused = mode === 'append' ? met : rows - met
  if (refused > 0) {
    const cause = mode === 'append' ? 'duplicate-key' : 'no-such-row'
    const lines = `(select ${lineColumn} from ${parquet(work.incoming)} where ${lineColumn} ${unfit})`
    await reportLines(session, table, lines, { column, cause }, report)
    const left = `${work.incoming}.left`
    const fitting = `select * from ${parquet(work.incoming)} where not (${lineColumn} ${unfit})`
    await copyToParquet(session, `${fitting} order by ${keys.join(', ')}`, left)
    await rename(left, work.incoming)
  }
  if (mode === 'delete') return { added: 0, replaced: 0, removed: met }
  await rm(work.hits)
  return { added: rows - met, replaced: 0, removed: 0 }
}

/**
 * Writes the new part: what comes, and what is left of the parts that it takes in. Gives the parts of the new
 * snapshot. `gone` names the rows of the parts before it that no longer count.
 */
async function writePart(
  session: DuckSession,
  { base, baseFolder, folder, request, numbered }: Change,
  work: Work,
  kept: number,
): Promise<SnapshotPart[]> {
  const { mode } = request.onto
  const parts = partsOf(base)
  const paths = partPaths(folder, kept)
  const keys = base.keyFields.map(quoteName)
  const names = base.fields.flatMap(columnsOf).map(quoteName).join(', ')
  const met = existsSync(work.hits) ? `select part, place from ${parquet(work.hits)}` : null
  const sources: string[] = []
  if (kept < parts.length) {
    const taken = placedRowsSql(baseFolder, base, kept)
    const left =
      met === null ? '' : `anti join (${met}) h on b.${partColumn} = h.part and b.${placeColumn} = h.place`
    sources.push(`select ${names}, ${rowColumn} as _order from ${taken} b ${left}`)
  }
  if (mode !== 'delete')
    sources.push(`select ${names}, ${lineColumn} + ${2 ** 48} as _order from ${parquet(work.incoming)}`)
  // A part of nothing but deleted keys has a file all the same, with no row in it.
  if (sources.length === 0) sources.push(`select ${names}, 0 as _order from ${work.from} where false`)
  const order = keys.length === 0 ? '_order' : keys.join(', ')
  await copyToParquet(
    session,
    `select ${names} from (${sources.join(' union all ')}) order by ${order}`,
    paths.parquet,
  )
  if (numbered) await numberRows(session, paths.parquet)
  const stored = await countRows(session, paths.parquet)
  const sha256 = await sha256Of(paths.parquet)
  if (kept === 0) return [{ rows: stored, stored, deleted: 0, sha256 }]
  const earlier = existsSync(gonePath(baseFolder)) ? [`select * from ${parquet(gonePath(baseFolder))}`] : []
  const gone = [...earlier, ...(met === null ? [] : [met])]
  await copyToParquet(
    session,
    gone.length === 0
      ? 'select 0 as part, 0::bigint as place where false'
      : `select part, place from (${gone.join(' union all ')}) where part < ${kept} order by part, place`,
    gonePath(folder),
  )
  const deleted =
    keys.length === 0 ? 0 : await writeDeleted(session, { base, baseFolder, folder, mode }, work, kept)
  const counts = await session.rows(
    `select part, count(*)::double as n from ${parquet(gonePath(folder))} group by part`,
  )
  const goneOf = new Map(counts.map(({ part, n }) => [Number(part), Number(n)]))
  return [
    ...parts.slice(0, kept).map((part, at) => ({ ...part, rows: part.stored - (goneOf.get(at) ?? 0) })),
    { rows: stored, stored, deleted, sha256 },
  ]
}

/** Writes the keys that the new part takes out of those before it; gives how many they are. */
async function writeDeleted(
  session: DuckSession,
  { base, baseFolder, folder, mode }: Pick<Change, 'base' | 'baseFolder' | 'folder'> & Pick<LoadOnto, 'mode'>,
  work: Work,
  kept: number,
): Promise<number> {
  const path = partPaths(folder, kept).deleted!.parquet
  const keys = base.keyFields.map(quoteName).join(', ')
  const before = partsOf(base).flatMap(({ deleted }, part) =>
    part >= kept && deleted > 0
      ? [`select ${keys} from ${parquet(partPaths(baseFolder, part).deleted!.parquet)}`]
      : [],
  )
  const now = mode === 'delete' ? [`select ${keys} from ${parquet(work.incoming)}`] : []
  const all = [...before, ...now]
  if (all.length === 0) return 0
  await copyToParquet(
    session,
    `select distinct ${keys} from (${all.join(' union all ')}) d
     anti join ${parquet(partPaths(folder, kept).parquet)} r using (${keys}) order by ${keys}`,
    path,
  )
  return countRows(session, path)
}

async function indexPart(
  duck: Duck,
  { base, folder, request: { signal } }: Change,
  part: number,
  parts: readonly SnapshotPart[],
): Promise<void> {
  const { keyFields, fields } = base
  const { index, parquet, deleted } = partPaths(folder, part)
  const { deleted: keys } = parts[part]!
  await buildRowIndex(duck, { parquet, fields, keyFields, paths: index, signal })
  if (deleted === null || keys === 0) return
  const ofKey = fields.filter(({ field }) => keyFields.includes(field))
  await buildRowIndex(duck, {
    parquet: deleted.parquet,
    fields: ofKey,
    keyFields,
    paths: deleted.index,
    signal,
  })
}

/** Of a snapshot of several parts: the digests of their files and of the list of rows gone, one a line, digested. */
async function sha256OfParts(folder: string, parts: readonly SnapshotPart[]): Promise<string> {
  const lines = [...parts.map(({ sha256 }) => sha256), await sha256Of(gonePath(folder))]
  return createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex')
}
