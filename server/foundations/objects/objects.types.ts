import type { Readable } from 'node:stream'

export type ListedObject = { readonly key: string; readonly sizeBytes: number; readonly writtenAt: Date }

/** Both ends inclusive, from 0. */
export type ObjectRange = { readonly first: number; readonly last: number }

/**
 * Files by key in a storage that all nodes share. A key has letters, digits, `.`, `-`, `_` and `/`. What has been
 * written is there for every node on return. Everything throws `ObjectError`.
 */
export type ObjectStore = {
  /** Replaces the object whole. */
  write(key: string, bytes: Uint8Array): Promise<void>
  /** The same of a file of any size; memory: a few parts of 16 MiB. */
  writeFile(key: string, path: string): Promise<void>
  /** A small object; null where there is none. */
  read(key: string): Promise<Buffer | null>
  /** An object, or a range of it, as it comes; null where there is none. The stream fails where bytes stay away. */
  stream(key: string, range?: ObjectRange): Promise<Readable | null>
  /** Objects whose keys begin so, in the order of their keys. */
  list(prefix: string): Promise<ListedObject[]>
  /** Those that are not there are passed over. */
  remove(keys: readonly string[]): Promise<void>
}
