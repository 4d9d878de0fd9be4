import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import { type Identity, oversees, type Session } from '../../foundations/identity/index.ts'
import { type Lake, LakeError } from '../../foundations/lake/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { ProcessingRules, Rulebook } from '../../foundations/rulebook/index.ts'
import type { Aggregation } from '../aggregation/index.ts'
import { type Catalogue, stewardOf } from '../catalogue/index.ts'
import { type Cleaning, cleaner } from './cleaning.rules.ts'
import * as store from './processing.store.ts'

export type ProcessingDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly aggregation: Aggregation
  readonly identity: Identity
  readonly lake: Lake
  readonly ledger: Ledger
  readonly notices: Notices
  readonly clock: Clock
}

export type Processing = ReturnType<typeof createProcessing>

/** Technical work on data of the platform (清洗等技术处理), done by the body to which the text gives it, in its name. */
export function createProcessing(deps: ProcessingDeps) {
  const { database, rulebook, catalogue, aggregation, identity, lake, ledger, notices, clock } = deps
  const rules = rulebook.rooms.processing

  function offered(): ProcessingRules {
    if (rules === undefined) throw new Problem('not-found')
    return rules
  }

  const mayRun = (session: Session): boolean =>
    session.user?.organisation?.roles.includes(offered().by) === true &&
    session.user.powers.includes('officer')

  return {
    offered,
    mayRun,

    /** Who does the work, who watches over it, and whose data they are. */
    async runs(session: Session, entryId: string, before: string | undefined, limit: number) {
      offered()
      const entry = await catalogue.requireEntry(session, entryId)
      const sees =
        mayRun(session) ||
        oversees(session, identity.organisation(entry.providerId), 'officer', 'supervisor') ||
        stewardOf(session) === entry.providerId
      if (!sees) throw new Problem('not-found')
      return store.findRuns(database.db, entryId, before, limit)
    },

    /**
     * Works on the rows that are live and brings the outcome in as a new snapshot, the way of every load. The
     * snapshot worked on stays as it is.
     */
    async clean(session: Session, entryId: string, cleaning: Cleaning): Promise<store.ProcessingRun> {
      const { article, condition, remedy } = offered()
      const entry = await catalogue.requireEntry(session, entryId)
      if (!mayRun(session)) throw new Problem('not-allowed', { article, condition, remedy })
      if (entry.live === null) throw new Problem('no-snapshot')
      const user = session.user!
      const { snapshotId } = entry.live
      const reader = await lake.reader(snapshotId)
      const work = cleaner(cleaning)
      const { stream } = await reader.export({
        fields: reader.manifest.fields.map(({ field }) => ({ field, title: field })),
        filters: [],
        format: 'ndjson',
        transform: work.row,
      })
      let run: store.ProcessingRun | undefined
      const input = { fileName: `${entry.number} cleaned`, autoAccept: true, baseSnapshotId: snapshotId }
      await aggregation
        .takeIn(entry, user, stream, input, async (tx, batchId) => {
          if (work.changed() === 0)
            throw new Problem('act-not-available', {
              condition: text(
                '没有需要清洗的内容，数据保持不变',
                'There is nothing to clean; the data stay as they are',
              ),
            })
          const by = { userId: user.id, organisationId: user.organisation!.id }
          const what = { steps: cleaning.steps, changedCells: work.changed(), batchId }
          const record = await ledger.record(tx, {
            kind: 'processing.cleaned',
            ...by,
            entryId,
            snapshotId,
            article,
            outcome: 'run',
            payload: { ...what, emptyWords: cleaning.emptyWords },
          })
          run = { id: newId(), entryId, snapshotId, ...what, ...by, at: clock.now(), recordId: record.id }
          await store.insertRun(tx, run)
          await notices.send(tx, await identity.members(tx, entry.providerId, ['steward']), {
            kind: 'processing.cleaned',
            title: text(
              `《${entry.content.title}》的数据已清洗`,
              `The data of “${entry.content.title}” were cleaned`,
            ),
            body: text(
              `${user.organisation!.name.zh}清洗了 ${what.changedCells} 处内容，结果作为新的快照入库。`,
              `${user.organisation!.name.en} changed ${what.changedCells} cells; the outcome comes in as a new snapshot.`,
            ),
            link: `/desk/batches/${batchId}`,
          })
        })
        .catch((error: unknown) => {
          throw error instanceof LakeError && error.code === 'too-large'
            ? new Problem('too-large', { condition: error.public }, error)
            : error
        })
      return run!
    },
  }
}
