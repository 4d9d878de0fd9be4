import type { retentionSchema } from '@tiaoli/contract/versions'
import type { Verdict } from '@tiaoli/kernel/decisions'
import type { z } from 'zod'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import type { Entry } from '../catalogue/index.ts'
import type { AggregationDeps } from './aggregation.deps.ts'
import type { Snapshot } from './aggregation.model.ts'
import { findNewestSnapshot, findSnapshot, insertSnapshot } from './aggregation.store.ts'
import { decideRestore, decideStanding, outlivedBefore } from './versions.rules.ts'
import * as store from './versions.store.ts'

export type VersionsDeps = Pick<
  AggregationDeps,
  'database' | 'lake' | 'catalogue' | 'jobs' | 'ledger' | 'clock' | 'onLive'
> & {
  /** The entry, where the session is of a steward of its provider. */
  readonly requireOwnEntry: (session: Session, entryId: string) => Promise<Entry>
}

export type Versions = ReturnType<typeof createVersions>

const retentionJob = 'aggregation.retention'
const dayMs = 86_400_000

/** Versions of an entry (数据版本): kept, cited, restored, and destroyed when the provider's rule says so. */
export function createVersions(deps: VersionsDeps) {
  const { database, lake, catalogue, jobs, ledger, clock, requireOwnEntry } = deps
  const { db } = database

  async function requireVersion(entryId: string, snapshotId: string): Promise<Snapshot> {
    const version = await findSnapshot(db, snapshotId)
    if (version?.entryId !== entryId) throw new Problem('not-found')
    return version
  }

  const require = (verdict: Verdict<null>): void => {
    if (!verdict.ok) throw refusalProblem('act-not-available', verdict.refusal)
  }

  const recordOf = (session: Session, entryId: string, snapshotId: string) => ({
    userId: session.user!.id,
    organisationId: session.user!.organisation?.id ?? null,
    entryId,
    snapshotId,
  })

  /** Marks a version that still stands; one whose end is being written comes to its end. */
  async function mark(
    version: Snapshot,
    write: (tx: Tx, held: Snapshot) => Promise<void>,
  ): Promise<Snapshot> {
    await database.inTransaction(async (tx) => {
      const held = (await store.lockSnapshot(tx, version.id))!
      require(decideStanding(held))
      await write(tx, held)
    })
    return (await findSnapshot(db, version.id))!
  }

  async function destroy(version: Snapshot, rule: store.Retention): Promise<boolean> {
    return database.inTransaction(async (tx) => {
      const held = await store.lockSnapshot(tx, version.id)
      if (held === undefined || held.destroyedAt !== null || held.pinned !== null || held.citedAt !== null)
        return false
      const at = clock.now()
      const { id } = await ledger.record(tx, {
        kind: 'snapshot.destroyed',
        // On whose word: the rule is the provider's.
        userId: rule.userId,
        organisationId: rule.organisationId,
        entryId: version.entryId,
        snapshotId: version.id,
        outcome: 'destroyed',
        payload: {
          number: version.number,
          rows: version.rows,
          sha256: version.sha256,
          liveAt: version.liveAt.toISOString(),
          rule: { keepDays: rule.keepDays, keepLeast: rule.keepLeast, recordId: rule.recordId },
        },
      })
      await store.writeDestroyed(tx, version.id, at, id)
      return true
    })
  }

  /** Ends what has outlived its time, and comes again the next day for as long as there is a rule. */
  async function retain(entryId: string): Promise<void> {
    const rule = await store.findRetention(db, entryId)
    if (rule === undefined) return
    const now = clock.now()
    for (const version of await store.findOutlived(db, rule, outlivedBefore(now, rule.keepDays)))
      await destroy(version, rule)
    // The files go once the end is on record; those of a run that was killed in between go now.
    for (const id of await store.findDestroyedSince(db, entryId, new Date(now.getTime() - 7 * dayMs)))
      await lake.removeSnapshot(id)
    await jobs.file(db, retentionJob, entryId, new Date(now.getTime() + dayMs))
  }

  jobs.handle(retentionJob, retain)

  return {
    requireVersion,

    async byNumber(entryId: string, number: number): Promise<Snapshot> {
      const version = await store.findByNumber(db, entryId, number)
      if (version === undefined) throw new Problem('not-found')
      return version
    },

    /** Whoever may see the entry may cite a version of it: from then on no rule destroys it. */
    async cite(session: Session, entryId: string, snapshotId: string): Promise<Snapshot> {
      const version = await requireVersion(entryId, snapshotId)
      return mark(version, async (tx, held) => {
        if (held.citedAt !== null) return
        await store.writeCited(tx, version.id, clock.now())
        await ledger.record(tx, {
          ...recordOf(session, entryId, version.id),
          kind: 'snapshot.cited',
          payload: { number: version.number },
        })
      })
    },

    async pin(session: Session, entryId: string, snapshotId: string, note: string | null): Promise<Snapshot> {
      await requireOwnEntry(session, entryId)
      const version = await requireVersion(entryId, snapshotId)
      return mark(version, async (tx) => {
        const at = clock.now().toISOString()
        await store.writePin(tx, version.id, note === null ? null : { at, note })
        await ledger.record(tx, {
          ...recordOf(session, entryId, version.id),
          kind: note === null ? 'snapshot.unpinned' : 'snapshot.pinned',
          payload: { number: version.number, ...(note !== null && { note }) },
        })
      })
    },

    /** Makes a new version that equals an earlier one; what was live in between stays as it is. */
    async restore(session: Session, entryId: string, snapshotId: string, note: string): Promise<Snapshot> {
      const entry = await requireOwnEntry(session, entryId)
      const version = await requireVersion(entryId, snapshotId)
      require(decideRestore(version, entry.live?.snapshotId))
      const sealed = await lake.copy(version.id)
      const at = clock.now()
      await database
        .inTransaction(async (tx) => {
          // Whatever becomes live meanwhile waits: the numbers of versions are in the order of their lives.
          const newest = await findNewestSnapshot(tx, entryId)
          require(decideRestore((await store.lockSnapshot(tx, version.id))!, newest?.id))
          const record = await ledger.record(tx, {
            ...recordOf(session, entryId, sealed.snapshotId),
            kind: 'snapshot.live',
            outcome: 'live',
            payload: {
              mode: 'restore',
              restores: version.id,
              number: version.number,
              rows: sealed.rows,
              sha256: sealed.sha256,
              note,
            },
          })
          const { fileName, quality } = version
          await insertSnapshot(tx, {
            id: sealed.snapshotId,
            entryId,
            batchId: null,
            mode: 'restore',
            baseSnapshotId: version.id,
            changes: null,
            liveAt: at,
            rows: sealed.rows,
            refusedRows: 0,
            sizeBytes: sealed.sizeBytes,
            sha256: sealed.sha256,
            fileName,
            quality,
            recordId: record.id,
          })
          await catalogue.setLive(tx, entryId, { snapshotId: sealed.snapshotId, rows: sealed.rows, at })
        })
        .catch(async (error: unknown) => {
          // Where only the answer of the store was lost the version stands, and needs its files.
          if ((await findSnapshot(db, sealed.snapshotId)) === undefined)
            await lake.removeSnapshot(sealed.snapshotId)
          throw error
        })
      await lake.keepSnapshot(sealed.snapshotId)
      deps.onLive(entryId)
      return (await findSnapshot(db, sealed.snapshotId))!
    },

    retention: (entryId: string) => store.findRetention(db, entryId),

    /** The provider's rule; null ends it, and every version is kept from then on. */
    async setRetention(
      session: Session,
      entryId: string,
      rule: z.output<typeof retentionSchema> | null,
    ): Promise<store.Retention | undefined> {
      const entry = await requireOwnEntry(session, entryId)
      const setAt = clock.now()
      await database.inTransaction(async (tx) => {
        const { id: recordId } = await ledger.record(tx, {
          kind: 'snapshot.retention',
          userId: session.user!.id,
          organisationId: entry.providerId,
          entryId,
          payload: { rule },
        })
        if (rule === null) return store.dropRetention(tx, entryId)
        const by = { userId: session.user!.id, organisationId: entry.providerId }
        await store.writeRetention(tx, { entryId, ...rule, ...by, setAt, recordId })
        await jobs.file(tx, retentionJob, entryId, new Date(setAt.getTime() + dayMs))
      })
      return store.findRetention(db, entryId)
    },
  }
}
