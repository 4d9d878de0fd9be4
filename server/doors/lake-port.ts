import type { LakePort, RowReader } from '../foundations/gateway/index.ts'
import type { Lake, SnapshotReader } from '../foundations/lake/index.ts'
import { LakeError } from '../foundations/lake/index.ts'
import type { Aggregation } from '../rooms/aggregation/index.ts'
import type { Catalogue } from '../rooms/catalogue/index.ts'

/** How long another node's newer snapshot may go unnoticed; the older one is whole and right until then. */
const liveForMs = 1000

/** Gives the gateway the rows of an entry: of its live snapshot, or of an earlier one of the same entry. */
export function lakePort(lake: Lake, catalogue: Catalogue, aggregation: Aggregation): LakePort {
  const live = new Map<string, { snapshotId: string | undefined; readAt: number }>()

  async function liveSnapshot(entryId: string): Promise<string | undefined> {
    const known = live.get(entryId)
    if (known !== undefined && Date.now() - known.readAt < liveForMs) return known.snapshotId
    const snapshotId = (await catalogue.find(entryId))?.live?.snapshotId
    live.set(entryId, { snapshotId, readAt: Date.now() })
    return snapshotId
  }

  return {
    async readerFor(entryId, named) {
      // A snapshot is read only as one of its own entry: the decision was made for that entry.
      if (named !== undefined && (await aggregation.snapshot(named))?.entryId !== entryId) return undefined
      const snapshotId = named ?? (await liveSnapshot(entryId))
      if (snapshotId === undefined) return undefined
      try {
        return rowReader(await lake.reader(snapshotId))
      } catch (error) {
        if (error instanceof LakeError && error.code === 'snapshot-missing') return undefined
        throw error
      }
    },
  }
}

function rowReader(reader: SnapshotReader): RowReader {
  const { keyFields, snapshotId } = reader.manifest
  return {
    snapshotId,
    keyFields,
    rowByKey: async (key, fields) =>
      reader.rowByKey(
        keyFields.map((name) => key[name] ?? ''),
        fields,
      ),
    page: (query) => reader.page(query),
    aggregate: (query) => reader.aggregate(query),
    async export({ transform, ...query }) {
      if (transform === undefined) {
        // Nothing passes through here row by row, so the number of rows is asked for.
        const page = await reader.page({
          fields: query.fields.map((each) => each.field),
          filters: query.filters,
          sort: [],
          limit: 1,
        })
        return { ...(await reader.export(query)), rowsWritten: () => page.total ?? 0 }
      }
      let rows = 0
      const counted = await reader.export({
        ...query,
        transform: (row) => {
          rows += 1
          return transform(row)
        },
      })
      return { ...counted, rowsWritten: () => rows }
    },
  }
}
