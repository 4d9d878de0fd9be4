import type { Differences, LakePort, RowReader } from '../foundations/gateway/index.ts'
import { type Lake, LakeError, type SnapshotReader } from '../foundations/lake/index.ts'
import type { Row } from '../foundations/lake/lake.types.ts'
import { Problem } from '../foundations/problems/index.ts'
import type { Aggregation } from '../rooms/aggregation/index.ts'
import type { KnownEntries, KnownEntry } from './known-entries.ts'

/** Gives the gateway the rows of an entry: of its live snapshot, or of an earlier one of the same entry. */
export function lakePort(
  lake: Lake,
  known: KnownEntries,
  aggregation: Aggregation,
  rowAtSource: RowAtSource,
): LakePort {
  return {
    async readerFor(entryId, named) {
      // A snapshot is read only as one of its own entry: the decision was made for that entry.
      if (named !== undefined && !(await isOf(aggregation, entryId, named))) return undefined
      const entry = await known.entry(entryId)
      const snapshotId = named ?? entry?.liveSnapshotId
      if (snapshotId === undefined)
        return entry?.heldAt ? sourceReader(entryId, entry, entry.heldAt, rowAtSource) : undefined
      try {
        const reader = await lake.reader(snapshotId)
        return {
          ...rowReader(reader),
          against: (earlier) => against(lake, aggregation, entryId, reader, earlier),
        }
      } catch (error) {
        if (error instanceof LakeError && error.code === 'snapshot-missing') return undefined
        throw error
      }
    },
  }
}

/** A snapshot is one of its own entry, and only until it is destroyed. */
async function isOf(aggregation: Aggregation, entryId: string, snapshotId: string): Promise<boolean> {
  const snapshot = await aggregation.snapshot(snapshotId)
  return snapshot?.entryId === entryId && snapshot.destroyedAt === null
}

/** How the rows of a snapshot differ from an earlier one's, which has to be of the same entry. */
async function against(
  lake: Lake,
  aggregation: Aggregation,
  entryId: string,
  later: SnapshotReader,
  earlier: string,
): Promise<Differences | undefined> {
  if (!(await isOf(aggregation, entryId, earlier))) return undefined
  const before = new Map((await lake.reader(earlier)).manifest.fields.map(({ field, type }) => [field, type]))
  const { fields, snapshotId } = later.manifest
  return {
    fieldNames: fields.filter(({ field, type }) => before.get(field) === type).map(({ field }) => field),
    page: (query) => lake.diff(earlier, snapshotId, query),
  }
}

/** Asks a system for one row, where it lies. */
export type RowAtSource = (
  systemId: string,
  entryId: string,
  key: readonly string[],
  fields: readonly string[],
) => Promise<Row | null>

/** Reads an entry whose rows stay with their provider: one row by its key, and nothing else. */
function sourceReader(
  entryId: string,
  { keyFields, fieldNames, fieldTypes }: KnownEntry,
  { systemId }: NonNullable<KnownEntry['heldAt']>,
  rowAtSource: RowAtSource,
): RowReader {
  const byKeyOnly = () => Promise.reject(new Error('the door lets nothing but look-ups by key come here'))
  return {
    // What is recorded in place of a snapshot: there is none, the rows are read as they are at the moment.
    snapshotId: `source:${systemId}`,
    fieldNames,
    typeOf: (field) => fieldTypes.get(field),
    keyFields,
    byKeyOnly: true,
    rowByKey: async (key, fields) => {
      const asked = keyFields.map((name) => key[name] ?? '')
      const row = await rowAtSource(systemId, entryId, asked, [...new Set([...keyFields, ...fields])])
      // A system that answers with another row than the one asked for is not answering.
      if (row !== null && keyFields.some((name, place) => String(row[name]) !== asked[place]))
        throw new Problem('source-unavailable')
      return row && Object.fromEntries(fields.map((name) => [name, row[name] ?? null]))
    },
    page: byKeyOnly,
    aggregate: byKeyOnly,
    export: byKeyOnly,
    checkSelection: () => undefined,
  }
}

function rowReader(reader: SnapshotReader): RowReader {
  const { fields, keyFields, snapshotId } = reader.manifest
  return {
    snapshotId,
    fieldNames: fields.map((each) => each.field),
    typeOf: (name) => fields.find(({ field }) => field === name)?.type,
    keyFields,
    rowByKey: (key, fields) =>
      reader.lookUp(
        keyFields.map((name) => key[name] ?? ''),
        fields,
      ),
    page: (query) => reader.page(query),
    aggregate: (query) => reader.aggregate(query),
    guarded: {
      sizedGroups: (query, counted) => reader.sizedGroups(query, counted),
      smallBlocks: (answers, over) => reader.smallBlocks(answers, over),
    },
    checkSelection: (wanted, filters) => reader.checkSelection(wanted, filters),
    async export({ transform, ...query }) {
      const { total } = await reader.page({
        fields: query.fields.map((each) => each.field),
        filters: query.filters,
        sort: [],
        limit: 1,
      })
      if (transform === undefined) {
        // Nothing passes through here row by row: how many there were can be told only of the whole file.
        const file = await reader.export(query)
        let whole = false
        async function* toItsEnd() {
          yield* file.stream
          whole = true
        }
        return { ...file, stream: toItsEnd(), rowsForeseen: total, rowsWritten: () => (whole ? total : null) }
      }
      let rows = 0
      const counted = await reader.export({
        ...query,
        transform: (row) => {
          rows += 1
          return transform(row)
        },
      })
      return { ...counted, rowsForeseen: total, rowsWritten: () => rows }
    },
  }
}
