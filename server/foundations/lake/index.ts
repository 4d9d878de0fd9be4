import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '@tiaoli/kernel/ids'
import { createDiffs } from './diff.ts'
import { openDuck } from './duck.ts'
import type { Release } from './file-cache.ts'
import { fieldsOf, requireField } from './filters.ts'
import { createKeptFiles, keptObjects } from './kept-files.ts'
import { createKnownColumns } from './known-columns.ts'
import { knowingFullDisk } from './lake.errors.ts'
import type { Lake, LakeConfig } from './lake.types.ts'
import { objectSnapshots } from './object-snapshots.ts'
import { overlapOf } from './overlap.ts'
import { snapshotRowsSql } from './parts.ts'
import { profileFile } from './profile-file.ts'
import { createQueue } from './queue.ts'
import { readEvidence } from './read-evidence.ts'
import { createReaders, type Readers } from './readers.ts'
import { createScans, type Located } from './scan-engine.ts'
import { loadSnapshot } from './seal-load.ts'
import { folderSnapshots, type SnapshotStore, standsIn } from './snapshot-store.ts'
import { folderStaging, objectStaging } from './staged-files.ts'
import { sweepFolder } from './sweep-folder.ts'
import { createTrinoEngine } from './trino-engine.ts'
import { createWholeFiles } from './whole-files.ts'
import { removeLeftBehind, wholeFilesFolder } from './whole-files-folder.ts'

export { csvRow } from './csv-cells.ts'
export { featureOf, type PlaceFields, placeFieldsOf } from './export-geo.ts'
export { LakeError, type LakeErrorCode, lakeErrors } from './lake.errors.ts'
export type * from './lake.types.ts'
export { defaultNulls } from './nulls.ts'
export { refusalCauses } from './refusal-report.ts'
export { bitOf, type Carrier, signOf } from './row-marks.ts'
export { isRowCondition, rowMatcherOf } from './row-match.ts'
export { agrees as schemaAgrees, uncheckedOf as schemaUnchecked } from './schema-rules.ts'
export { tableFile } from './small-table.ts'
export type { Evidence } from './trace-evidence.ts'
export { readWorkbook, type Worksheet, workbookOf } from './workbook.ts'
export type { SheetRow } from './xlsx-sheet.ts'

/**
 * Opens the lake in a folder of its own: `staging` for files as they came, `snapshots` for rows, `exports` for files
 * to be collected, `temp` for none of these. Where there is object storage, these last there, and `cache` has what
 * is read.
 */
export async function createLake(config: LakeConfig): Promise<Lake> {
  const { objects } = config
  const staging = join(config.folder, 'staging')
  const temp = join(config.folder, 'temp')
  for (const folder of [staging, temp]) await mkdir(folder, { recursive: true })
  const duck = await openDuck({
    tempFolder: temp,
    memoryLimitMb: config.memoryLimitMb ?? 256,
    threads: config.threads ?? 2,
  })
  const inTurn = createQueue()
  const known = createKnownColumns()
  const engine = config.engine && createTrinoEngine(duck, config.engine)
  const scans = createScans(duck, engine, config.engine?.leastRows)
  const store: SnapshotStore =
    objects === undefined
      ? await folderSnapshots(join(config.folder, 'snapshots'))
      : await objectSnapshots({
          objects: objects.store,
          folder: join(config.folder, objects.node === '' ? 'cache' : `cache-${objects.node}`),
          cacheBytes: objects.cacheBytes,
          onForgotten: (ids) => ids.forEach(readers.letGo),
        })
  await removeLeftBehind(temp)
  const wholeFiles = createWholeFiles({
    folder: join(temp, wholeFilesFolder()),
    stands: (snapshotId) => standsIn(store, snapshotId),
    maxBytes: config.wholeFilesBytes ?? 2 ** 30,
    leastRows: 10_000,
  })
  const readers: Readers = createReaders(duck, scans, store, temp, wholeFiles)
  const diffs = createDiffs(duck, scans, temp)
  const staged = objects ? objectStaging(staging, objects.store) : folderStaging(staging)
  const exports = join(config.folder, 'exports')

  /** Works on snapshots whose rows lie in their folders meanwhile. */
  async function onRows<T>(
    ids: readonly string[],
    work: (located: readonly Located[]) => Promise<T>,
  ): Promise<T> {
    const held: Release[] = []
    try {
      const located: Located[] = []
      for (const id of ids) {
        const { manifest } = await readers.open(id)
        const release = await store.hold?.(id, 'rows')
        if (release !== undefined) held.push(release)
        located.push({ manifest, folder: store.folderOf(id) })
      }
      return await work(located)
    } finally {
      for (const release of held) release()
    }
  }

  return {
    stage: staged.stage,
    discard: staged.discard,
    profile: (file, options = {}) =>
      inTurn(() => knowingFullDisk(async () => profileFile(duck, await staged.local(file), options, known))),
    load: (request) =>
      inTurn(() =>
        knowingFullDisk(async () =>
          loadSnapshot(
            duck,
            store,
            { ...request, staged: await staged.local(request.staged) },
            known,
            engine !== undefined,
          ),
        ),
      ),
    diff: (earlier, later, query) =>
      onRows([earlier, later], ([before, after]) => diffs.page(before!, after!, query)),
    copy: async (snapshotId) => {
      const { layout: _, keyFields: __, parts: ___, ...sealed } = await store.copy(snapshotId, newId())
      return sealed
    },
    reader: (snapshotId) => readers.open(snapshotId),
    overlap: (left, right) =>
      onRows([left.snapshotId, right.snapshotId], ([first, second]) => {
        const columnOf = ({ manifest, folder }: Located, field: string) => {
          requireField(fieldsOf(manifest.fields), field)
          return { rows: snapshotRowsSql(folder, manifest), field }
        }
        return overlapOf(duck, columnOf(first!, left.field), columnOf(second!, right.field))
      }),
    evidence: async ({ path }, { atAGlance = false } = {}) => {
      const folder = join(temp, newId())
      await mkdir(folder)
      try {
        return await readEvidence({ duck, path, folder, atAGlance })
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    kept: objects ? keptObjects(exports, objects.store) : createKeptFiles(exports),
    keepSnapshot: store.keep,
    removeSnapshot: async (snapshotId) => {
      readers.forget(snapshotId)
      await store.remove(snapshotId)
      await wholeFiles.forget(snapshotId)
      await engine?.forget(snapshotId)
    },
    catchUp: async () => {
      for (const snapshotId of await store.catchUp()) readers.forget(snapshotId)
      await wholeFiles.catchUp()
      await staged.catchUp()
    },
    sweep: async (keepStaged, olderThan, isLive = async () => true) => {
      await staged.sweep(keepStaged, olderThan)
      await store.sweep(isLive, olderThan)
      await sweepFolder(temp, () => true, olderThan)
    },
    close: async () => {
      readers.close()
      await wholeFiles.close()
      duck.close()
    },
  }
}
