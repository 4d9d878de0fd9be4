import { rm } from 'node:fs/promises'
import { newId } from '@tiaoli/kernel/ids'
import { allEnded } from './all-ended.ts'
import { type Change, type Made, requireChangeable, writeChange } from './change-load.ts'
import { chooseTable, decode } from './decode.ts'
import { describeFields } from './describe-fields.ts'
import { type Duck, quoteText } from './duck.ts'
import { sha256Of } from './durable.ts'
import type { KnownColumns } from './known-columns.ts'
import { throwIfCancelled } from './lake.errors.ts'
import type { LoadOnto, LoadProgress, LoadRequest, SealedSnapshot } from './lake.types.ts'
import { mapColumns, writeRows } from './load.ts'
import { numberRows } from './number-rows.ts'
import { filesOf, partsOf } from './parts.ts'
import { readSchema } from './read-schema.ts'
import { RefusalReport } from './refusal-report.ts'
import { buildRowIndex } from './row-index.ts'
import { abandonSnapshot, snapshotPaths } from './snapshot-folder.ts'
import type { Shared, SnapshotStore } from './snapshot-store.ts'

/** Which part of a load is done when a stage begins, as measured on five million rows. */
const stageBegins: Readonly<Record<LoadProgress['stage'], number>> = {
  decoding: 0,
  reading: 0.2,
  checking: 0.25,
  sorting: 0.3,
  indexing: 0.75,
  sealing: 0.95,
}

/**
 * Takes a staged file in: reads, checks, sorts, indexes and seals it under a new id, or leaves nothing behind. Where the
 * rows change an earlier snapshot, the new one is that one changed. `numbered`: with the place of each row in its file,
 * for an engine that does not know it by itself.
 */
export async function loadSnapshot(
  duck: Duck,
  store: SnapshotStore,
  request: LoadRequest,
  known: KnownColumns,
  numbered: boolean,
): Promise<SealedSnapshot> {
  const { signal } = request
  const reached = (stage: LoadProgress['stage']) => {
    throwIfCancelled(signal)
    request.onProgress({ stage, fraction: stageBegins[stage] })
  }
  reached('decoding')
  const file = await decode(duck, request.staged, request, signal, (fraction) =>
    request.onProgress({ stage: 'decoding', fraction: fraction * stageBegins.reading }),
  )
  const table = chooseTable(file, request.table)
  const told = request.ignoreSchema === true ? undefined : (request.descriptor ?? file.descriptor?.told)
  const columns = mapColumns(table, request, known, readSchema(told, file, table))
  const snapshotId = newId()
  const folder = await store.begin(snapshotId)
  const paths = snapshotPaths(folder)
  try {
    reached('sorting')
    const report = await RefusalReport.create(paths.refusals)
    const work = { duck, store, folder, table, columns, request, report, numbered }
    const made = await (request.onto === undefined
      ? wholeRows(work, () => reached('indexing'))
      : changedRows(work, request.onto)
    ).finally(() => report.close())
    reached('sealing')
    if (report.count === 0) await rm(paths.refusals)
    const {
      layout: _,
      keyFields: __,
      parts: ___,
      ...sealed
    } = await store.seal(
      folder,
      (sizeBytes) => ({
        layout: made.parts === undefined ? 1 : 2,
        snapshotId,
        refusedRows: report.count,
        refusals: report.first.toSorted((left, right) => left.line - right.line),
        sizeBytes,
        keyFields: request.keyFields,
        ...made,
      }),
      sharedBy(made, request.onto),
    )
    request.onProgress({ stage: 'sealing', fraction: 1 })
    return sealed
  } catch (error) {
    await abandonSnapshot(folder)
    throw error
  }
}

type Work = Omit<Change, 'request' | 'base' | 'baseFolder'> & {
  readonly duck: Duck
  readonly store: SnapshotStore
  readonly request: LoadRequest
}

/** The rows of the file, and no others. */
async function wholeRows(
  { duck, folder, table, columns, request, report, numbered }: Work,
  indexing: () => void,
): Promise<Made> {
  const paths = snapshotPaths(folder)
  const { keyFields, signal } = request
  const rows = await duck.connected(signal, async (session) => {
    const written = await writeRows(session, table, columns, request, paths.parquet, report)
    if (numbered) await numberRows(session, paths.parquet)
    return written
  })
  indexing()
  // What was counted of the whole table holds of the snapshot where no row of it was left out.
  const described = columns.map(({ known, ...column }) => ({
    ...column,
    ...(rows === table.rows && { counted: known?.counted }),
  }))
  // The engine has a pause where blocks are looked for and a digest is taken, and counts meanwhile.
  const [fields, sha256] = await allEnded(
    duck.connected(signal, (session) =>
      describeFields(session, `read_parquet(${quoteText(paths.parquet)})`, described),
    ),
    sha256Of(paths.parquet),
    keyFields.length > 0
      ? buildRowIndex(duck, {
          parquet: paths.parquet,
          fields: columns,
          keyFields,
          paths: paths.index,
          signal,
        })
      : undefined,
  )
  return { rows, fields, sha256 }
}

/** The rows of an earlier snapshot, changed by those of the file. */
async function changedRows({ duck, store, ...work }: Work, onto: LoadOnto): Promise<Made> {
  const base = await store.manifest(onto.snapshotId)
  const request = { ...work.request, onto }
  requireChangeable(base, request)
  const release = await store.hold?.(onto.snapshotId, 'rows')
  try {
    return await writeChange(duck, { ...work, request, base, baseFolder: store.folderOf(onto.snapshotId) })
  } finally {
    release?.()
  }
}

/** The parts that were left as they are: all but the newest, where there are several. */
function sharedBy(made: Made, onto: LoadOnto | undefined): Shared | undefined {
  if (onto === undefined || made.parts === undefined) return undefined
  const kept = partsOf(made).slice(0, -1)
  return { from: onto.snapshotId, names: kept.flatMap((_, part) => filesOf('', part)) }
}
