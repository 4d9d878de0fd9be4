import { mkdir } from 'node:fs/promises'
import type { Release } from './file-cache.ts'
import { LakeError } from './lake.errors.ts'
import type { SnapshotManifest } from './lake.types.ts'
import {
  beginSnapshot,
  copySnapshot,
  isUnsealed,
  readManifest,
  removeSnapshot,
  sealSnapshot,
  snapshotFolder,
} from './snapshot-folder.ts'
import { sweepFolder } from './sweep-folder.ts'

/** What of a snapshot is read: its rows in the order of their places, its rows by key, or the report of refused rows. */
export type Face = 'rows' | 'keys' | 'report'

/** Files of an earlier snapshot that a new one has in common with it. */
export type Shared = { readonly from: string; readonly names: readonly string[] }

/**
 * Where sealed snapshots last. Each is read from a folder of its own, as `snapshotPaths` and `partPaths` name its
 * files; whether they all lie there at any time is the business of the store.
 */
export type SnapshotStore = {
  folderOf(snapshotId: string): string
  /** A folder on this node in which a snapshot is made. */
  begin(snapshotId: string): Promise<string>
  /** Makes the snapshot last, whole or not at all. `describe` is told the bytes of all its files. */
  seal(
    folder: string,
    describe: (sizeBytes: number) => SnapshotManifest,
    shared?: Shared,
  ): Promise<SnapshotManifest>
  /** Seals a second snapshot of the same rows. */
  copy(from: string, to: string): Promise<SnapshotManifest>
  /** Throws `snapshot-missing`. */
  manifest(snapshotId: string): Promise<SnapshotManifest>
  /** Has the files of a face lie in the folder until they are given back; absent where they always do. */
  readonly hold?: (snapshotId: string, face: Face) => Promise<Release>
  /** Told that the snapshot became live: what was noted in case it never would is struck out. */
  keep(snapshotId: string): Promise<void>
  /** A snapshot that is not there is passed over. */
  remove(snapshotId: string): Promise<void>
  /** Removes what killed processes left unfinished before a moment; `isLive` tells of those that were sealed. */
  sweep(isLive: (snapshotId: string) => Promise<boolean>, olderThan: Date | undefined): Promise<void>
  /** Forgets what other nodes have destroyed. Gives their ids. */
  catchUp(): Promise<readonly string[]>
}

/** Whether there is still such a snapshot. */
export const standsIn = (store: SnapshotStore, snapshotId: string): Promise<boolean> =>
  store.manifest(snapshotId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof LakeError && error.code === 'snapshot-missing') return false
      throw error
    },
  )

/** Snapshots in a folder that is theirs for good: on a disk of this machine, or one that its nodes share. */
export async function folderSnapshots(home: string): Promise<SnapshotStore> {
  await mkdir(home, { recursive: true })
  return {
    folderOf: (snapshotId) => snapshotFolder(home, snapshotId),
    begin: (snapshotId) => beginSnapshot(home, snapshotId),
    seal: (folder, describe) => sealSnapshot(home, folder, describe),
    copy: (from, to) => copySnapshot(home, from, to),
    manifest: (snapshotId) => readManifest(home, snapshotId),
    keep: async () => undefined,
    remove: (snapshotId) => removeSnapshot(home, snapshotId),
    sweep: (_isLive, olderThan) => sweepFolder(home, isUnsealed, olderThan),
    catchUp: async () => [],
  }
}

/** Pure: the face that a file of a snapshot is of, by its name. */
export const faceOf = (name: string): Face =>
  name.endsWith('.parquet') ? 'rows' : name.endsWith('.jsonl') ? 'keys' : 'report'
