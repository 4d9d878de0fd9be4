import { rm } from 'node:fs/promises'
import { newId } from '@tiaoli/kernel/ids'
import { chooseTable, decode } from './decode.ts'
import type { Duck } from './duck.ts'
import { sha256Of } from './durable.ts'
import { throwIfCancelled } from './lake.errors.ts'
import type { LoadProgress, LoadRequest, SealedSnapshot } from './lake.types.ts'
import { describeFields, mapColumns, writeRows } from './load.ts'
import { RefusalReport } from './refusal-report.ts'
import { buildRowIndex } from './row-index.ts'
import { abandonSnapshot, beginSnapshot, sealSnapshot, snapshotPaths } from './snapshot-folder.ts'
import type { VerifiedColumns } from './verified-columns.ts'

/** Which part of a load is done when a stage begins, as measured on five million rows. */
const stageBegins: Readonly<Record<LoadProgress['stage'], number>> = {
  decoding: 0,
  reading: 0.2,
  checking: 0.25,
  sorting: 0.3,
  indexing: 0.75,
  sealing: 0.95,
}

/** Takes a staged file in: reads, checks, sorts, indexes and seals it under a new id, or leaves nothing behind. */
export async function loadSnapshot(
  duck: Duck,
  home: string,
  request: LoadRequest,
  verified: VerifiedColumns,
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
  const columns = mapColumns(table, request, verified)
  const snapshotId = newId()
  const folder = await beginSnapshot(home, snapshotId)
  const paths = snapshotPaths(folder)
  try {
    reached('sorting')
    const report = await RefusalReport.create(paths.refusals)
    const made = await duck.connected(signal, async (session) => {
      const rows = await writeRows(session, table, columns, request, paths.parquet, report).finally(() =>
        report.close(),
      )
      reached('indexing')
      return { rows, fields: await describeFields(session, paths.parquet, columns) }
    })
    const { keyFields } = request
    if (keyFields.length > 0)
      await buildRowIndex(duck, {
        parquet: paths.parquet,
        rows: made.rows,
        fields: made.fields,
        keyFields,
        paths: paths.index,
        signal,
      })
    reached('sealing')
    if (report.count === 0) await rm(paths.refusals)
    const sha256 = await sha256Of(paths.parquet)
    const {
      layout: _,
      keyFields: __,
      ...sealed
    } = await sealSnapshot(home, folder, (sizeBytes) => ({
      layout: 1,
      snapshotId,
      rows: made.rows,
      refusedRows: report.count,
      refusals: report.first.toSorted((left, right) => left.line - right.line),
      sizeBytes,
      sha256,
      fields: made.fields,
      keyFields: request.keyFields,
    }))
    request.onProgress({ stage: 'sealing', fraction: 1 })
    return sealed
  } catch (error) {
    await abandonSnapshot(folder)
    throw error
  }
}
