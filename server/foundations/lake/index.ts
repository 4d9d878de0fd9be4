import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '@tiaoli/kernel/ids'
import { stagedHome } from './decode.ts'
import { createDiffs } from './diff.ts'
import { openDuck } from './duck.ts'
import { fieldsOf, requireField } from './filters.ts'
import { createKeptFiles } from './kept-files.ts'
import type { Lake, LakeConfig } from './lake.types.ts'
import { overlapOf } from './overlap.ts'
import { snapshotRowsSql } from './parts.ts'
import { profileFile } from './profile-file.ts'
import { createQueue } from './queue.ts'
import { readEvidence } from './read-evidence.ts'
import { createReaders } from './readers.ts'
import { createScans } from './scan-engine.ts'
import { loadSnapshot } from './seal-load.ts'
import { copySnapshot, isUnsealed, removeSnapshot, snapshotFolder } from './snapshot-folder.ts'
import { requireStaged, stageFile } from './staging.ts'
import { sweepFolder } from './sweep-folder.ts'
import { createTrinoEngine } from './trino-engine.ts'
import { createVerifiedColumns } from './verified-columns.ts'

export { csvRow } from './csv-cells.ts'
export { featureOf, type PlaceFields, placeFieldsOf } from './export-geo.ts'
export { LakeError, type LakeErrorCode, lakeErrors } from './lake.errors.ts'
export type * from './lake.types.ts'
export { defaultNulls } from './profile-file.ts'
export { refusalCauses } from './refusal-report.ts'
export { bitOf, type Carrier, signOf } from './row-marks.ts'
export { isRowCondition, rowMatcherOf } from './row-match.ts'
export { tableFile } from './small-table.ts'
export type { Evidence } from './trace-evidence.ts'
export { readWorkbook, type Worksheet, workbookOf } from './workbook.ts'
export type { SheetRow } from './xlsx-sheet.ts'

/** Opens the lake in a folder of its own: `staging` for files as they came, `snapshots` for rows, `temp` for neither. */
export async function createLake(config: LakeConfig): Promise<Lake> {
  const staging = join(config.folder, 'staging')
  const snapshots = join(config.folder, 'snapshots')
  const temp = join(config.folder, 'temp')
  for (const folder of [staging, snapshots, temp]) await mkdir(folder, { recursive: true })
  const duck = await openDuck({
    tempFolder: temp,
    memoryLimitMb: config.memoryLimitMb ?? 256,
    threads: config.threads ?? 2,
  })
  const inTurn = createQueue()
  const verified = createVerifiedColumns()
  const engine = config.engine && createTrinoEngine(duck, config.engine)
  const scans = createScans(duck, engine, config.engine?.leastRows)
  const readers = createReaders(duck, scans, snapshots, temp)
  const diffs = createDiffs(duck, scans, temp)

  return {
    stage: (stream, options) => stageFile(staging, stream, options),
    discard: (staged) => rm(stagedHome(staged), { recursive: true, force: true }),
    profile: (staged, options = {}) =>
      inTurn(async () => {
        await requireStaged(staged)
        return profileFile(duck, staged, options, verified)
      }),
    load: (request) =>
      inTurn(async () => {
        await requireStaged(request.staged)
        return loadSnapshot(duck, snapshots, request, verified, engine !== undefined)
      }),
    diff: async (earlier, later, query) => {
      const located = async (id: string) => ({
        manifest: (await readers.open(id)).manifest,
        folder: snapshotFolder(snapshots, id),
      })
      return diffs.page(await located(earlier), await located(later), query)
    },
    copy: async (snapshotId) => {
      const {
        layout: _,
        keyFields: __,
        parts: ___,
        ...sealed
      } = await copySnapshot(snapshots, snapshotId, newId())
      return sealed
    },
    reader: (snapshotId) => readers.open(snapshotId),
    overlap: async (left, right) => {
      const columnOf = async ({ snapshotId, field }: typeof left) => {
        const { manifest } = await readers.open(snapshotId)
        requireField(fieldsOf(manifest.fields), field)
        return { rows: snapshotRowsSql(snapshotFolder(snapshots, snapshotId), manifest), field }
      }
      return overlapOf(duck, await columnOf(left), await columnOf(right))
    },
    evidence: async ({ path }, { atAGlance = false } = {}) => {
      const folder = join(temp, newId())
      await mkdir(folder)
      try {
        return await readEvidence({ duck, path, folder, atAGlance })
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    kept: createKeptFiles(join(config.folder, 'exports')),
    removeSnapshot: async (snapshotId) => {
      readers.forget(snapshotId)
      await removeSnapshot(snapshots, snapshotId)
      await engine?.forget(snapshotId)
    },
    sweep: async (keepStaged, olderThan) => {
      const kept = new Set([...keepStaged].map((path) => dirname(path)))
      await sweepFolder(staging, (name) => !kept.has(join(staging, name)), olderThan)
      await sweepFolder(snapshots, isUnsealed, olderThan)
      await sweepFolder(temp, () => true, olderThan)
    },
    close: async () => {
      readers.close()
      duck.close()
    },
  }
}
