import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isId } from '@tiaoli/kernel/ids'
import { flushAll, flushFolder, shareFiles } from './durable.ts'
import { LakeError } from './lake.errors.ts'
import type { SnapshotManifest } from './lake.types.ts'

/** What lies in the folder of a snapshot. */
export const snapshotPaths = (folder: string) => ({
  manifest: join(folder, 'manifest.json'),
  parquet: join(folder, 'rows.parquet'),
  index: { rows: join(folder, 'rows.jsonl'), blocks: join(folder, 'blocks.jsonl') },
  refusals: join(folder, 'refused.csv'),
})

const making = '.making-'

export const snapshotFolder = (home: string, snapshotId: string): string => {
  // An id comes from outside at times, and becomes part of a path.
  if (!isId(snapshotId)) throw new LakeError('snapshot-missing')
  return join(home, snapshotId)
}

/** A folder in which a snapshot is being made; `seal` or `abandon` it. */
export async function beginSnapshot(home: string, snapshotId: string): Promise<string> {
  const folder = join(home, `${making}${snapshotId}`)
  await mkdir(folder, { recursive: true })
  return folder
}

/** Makes the snapshot last: all of it is on disk before its folder gets its name, so it is complete or absent. */
export async function sealSnapshot(
  home: string,
  folder: string,
  describe: (sizeBytes: number) => SnapshotManifest,
): Promise<SnapshotManifest> {
  const manifest = describe(await sizeOf(folder))
  await writeFile(snapshotPaths(folder).manifest, JSON.stringify(manifest, null, 1))
  await flushAll(folder)
  await rename(folder, snapshotFolder(home, manifest.snapshotId))
  await flushFolder(home)
  return manifest
}

export const abandonSnapshot = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })

/** Throws `snapshot-missing`, also for a layout that this version does not know. */
export async function readManifest(home: string, snapshotId: string): Promise<SnapshotManifest> {
  const path = snapshotPaths(snapshotFolder(home, snapshotId)).manifest
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new LakeError('snapshot-missing', { cause })
  })
  const manifest = JSON.parse(text) as SnapshotManifest
  if (!isKnownLayout(manifest)) throw new LakeError('snapshot-missing')
  return manifest
}

export const isKnownLayout = ({ layout }: SnapshotManifest): boolean => layout === 1 || layout === 2

/** Pure: the manifest of a snapshot of the same rows. Nothing was refused, and nothing changed, in making it. */
export function copiedManifest(
  manifest: SnapshotManifest,
  snapshotId: string,
  sizeBytes: number,
): SnapshotManifest {
  const { changes: _, ...rest } = manifest
  return { ...rest, snapshotId, sizeBytes, refusedRows: 0, refusals: [] }
}

/** Seals a second snapshot of the same rows under an id of its own; its files are those of the first. */
export async function copySnapshot(home: string, from: string, to: string): Promise<SnapshotManifest> {
  const manifest = await readManifest(home, from)
  const source = snapshotFolder(home, from)
  const folder = await beginSnapshot(home, to)
  try {
    const own = new Set([snapshotPaths(source).manifest, snapshotPaths(source).refusals])
    const names = (await readdir(source)).filter((name) => !own.has(join(source, name)))
    await shareFiles(
      names.map((name) => join(source, name)),
      names.map((name) => join(folder, name)),
    )
    return await sealSnapshot(home, folder, (sizeBytes) => copiedManifest(manifest, to, sizeBytes))
  } catch (error) {
    await abandonSnapshot(folder)
    throw error
  }
}

/** The folder loses its name first, so that a half-removed snapshot is never found. */
export async function removeSnapshot(home: string, snapshotId: string): Promise<void> {
  const hidden = join(home, `${making}${snapshotId}`)
  await rename(snapshotFolder(home, snapshotId), hidden).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  await rm(hidden, { recursive: true, force: true })
}

/** Whether the name is that of a snapshot which is being made or removed. */
export const isUnsealed = (name: string): boolean => name.startsWith(making)

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size
  return bytes
}
