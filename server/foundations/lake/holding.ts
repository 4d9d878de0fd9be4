import type { Release } from './file-cache.ts'
import type { Download, SnapshotReader } from './lake.types.ts'
import type { Face } from './snapshot-store.ts'

/** A reader of files that may not be on this disk: each question has them fetched, and held until it is answered. */
export function holding(reader: SnapshotReader, hold: (face: Face) => Promise<Release>): SnapshotReader {
  async function during<T>(face: Face, work: () => T | Promise<T>): Promise<T> {
    const release = await hold(face)
    try {
      return await work()
    } finally {
      release()
    }
  }

  /** Until the last byte has been read, or nobody wants the rest. */
  async function whileStreamed<T extends Download | null>(face: Face, begin: () => Promise<T>): Promise<T> {
    const release = await hold(face)
    try {
      const download = await begin()
      if (download === null) release()
      else download.stream.once('close', release)
      return download
    } catch (error) {
      release()
      throw error
    }
  }

  return {
    ...reader,
    lookUp: (values, fields) => during('keys', () => reader.rowByKey(values, fields)),
    page: (query, options) => during('rows', () => reader.page(query, options)),
    aggregate: (query) => during('rows', () => reader.aggregate(query)),
    sizedGroups: (query, counted) => during('rows', () => reader.sizedGroups(query, counted)),
    smallBlocks: (answers, over) => during('rows', () => reader.smallBlocks(answers, over)),
    proseFields: (fields, texts) => during('rows', () => reader.proseFields(fields, texts)),
    export: (query) => whileStreamed('rows', () => reader.export(query)),
    refusalReport: () => whileStreamed('report', () => reader.refusalReport()),
  }
}
