import type { Parts } from './parts.ts'
import { presentSnapshot, qualityScore } from './rooms/aggregation/index.ts'
import { type Entry, nextLoadDue } from './rooms/catalogue/index.ts'

/** What an entry's page shows beside its content: the live snapshot, its quality, and how many hold it. */
export function entryExtras({
  aggregation,
  connections,
  sharing,
  clock,
}: Pick<Parts, 'aggregation' | 'connections' | 'sharing' | 'clock'>) {
  return async function extras(entry: Entry) {
    const [snapshot, liveGrants, connected] = await Promise.all([
      entry.live === null ? undefined : aggregation.snapshot(entry.live.snapshotId),
      sharing.liveGrants(entry.id),
      connections.ofEntry(entry.id),
    ])
    const connection = connected && { ...connected, changedAt: connected.changedAt?.toISOString() ?? null }
    if (snapshot === undefined) return { snapshot: null, quality: null, liveGrants, connection }
    const due = nextLoadDue(entry.content, snapshot.liveAt)
    const late = due === null ? null : due < clock.now()
    const { completeness, validity, fields } = snapshot.quality
    return {
      snapshot: presentSnapshot(snapshot, true, late),
      quality: {
        score: qualityScore(snapshot.quality, late),
        completeness,
        validity,
        timeliness: late === null ? null : late ? 0 : 1,
        // Least and greatest are values of rows: they go out through the gateway or not at all.
        fields: fields.map(({ field, nulls, distinct }) => ({ field, nulls, distinct })),
      },
      liveGrants,
      connection,
    }
  }
}
