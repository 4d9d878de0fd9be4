import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createLake, defaultNulls } from './index.ts'
import type { ColumnMapping, FileProfile, Lake, LakeConfig, LoadRequest, StagedFile } from './lake.types.ts'

/** A lake in a folder that goes away with `remove`. */
export async function temporaryLake(
  configFor: (folder: string) => Omit<LakeConfig, 'folder'> = () => ({}),
  parent = tmpdir(),
): Promise<Lake & { folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(parent, 'tiaoli-lake-'))
  const lake = await createLake({ folder, ...configFor(folder) })
  return {
    ...lake,
    folder,
    remove: async () => {
      await lake.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const stageBytes = (
  lake: Lake,
  content: string | Uint8Array,
  fileName = 'rows.csv',
): Promise<StagedFile> => lake.stage(Readable.from([Buffer.from(content)]), { fileName, maxBytes: 2 ** 31 })

/** Fields as the profile says, named as in the file as far as a field can be. */
export const mappingOf = (profile: FileProfile, table = 0): ColumnMapping[] =>
  profile.tables[table]!.columns.map(({ source, type }) => ({
    source,
    field: source.replaceAll(/[^\p{L}\p{N}_]/gu, '_'),
    type,
    required: false,
  }))

/** A request to load what a profile found; `changes` say what is special. */
export function loadRequest(
  staged: StagedFile,
  profile: FileProfile,
  changes: Partial<LoadRequest> = {},
): LoadRequest {
  return {
    staged,
    table: profile.tables[0]!.name,
    columns: mappingOf(profile),
    keyFields: [],
    nulls: defaultNulls,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...changes,
  }
}

/** Stages, profiles, loads and opens a file in one go. */
export async function ingest(lake: Lake, content: string | Uint8Array, changes: Partial<LoadRequest> = {}) {
  const staged = await stageBytes(lake, content)
  const profile = await lake.profile(staged, { nulls: changes.nulls ?? defaultNulls })
  const sealed = await lake.load(loadRequest(staged, profile, changes))
  return { staged, profile, sealed, reader: await lake.reader(sealed.snapshotId) }
}

/** Real files in the folder that `TIAOLI_SHARED_DATA` names; tests that need them are skipped without it. */
export const sharedData = process.env.TIAOLI_SHARED_DATA ?? ''
export const hasSharedData = existsSync(sharedData)
