import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../database/index.ts'
import * as store from './erasures.store.ts'
import { LedgerError } from './ledger.errors.ts'
import type { Ledger, RecordView } from './ledger.types.ts'

export type { Erasure } from './erasures.store.ts'

/** Who acts, as it is recorded. */
export type EraserIdentity = { readonly userId: string; readonly organisationId: string }

export type Erasures = ReturnType<typeof createErasures>

/**
 * What may be erased: what was taken of data, and what people wrote or filed beside a case, as these may say something of
 * somebody. All else is kept, and so is every kind that is yet to come: acts on cases, grants and agreements are what
 * decisions rest on, records of accounts show who could have done what, and without those of erasures one could be
 * erased without a trace by erasing twice.
 */
const erasableKinds = /^(?:access\.|export\.|delivery\.|proof\.|case\.(?:attachment|comment)$)/

export const mayBeErased = ({ erasedAt, kind }: Pick<RecordView, 'erasedAt' | 'kind'>): boolean =>
  erasedAt === null && erasableKinds.test(kind)

/**
 * Erasing the content of records, by two persons: nobody can make unreadable alone what happened, and who did it, why
 * and when stays in the log for good.
 */
export function createErasures({
  database,
  ledger,
  clock,
}: {
  readonly database: Database
  readonly ledger: Pick<Ledger, 'record' | 'erasePayload'>
  readonly clock: Clock
}) {
  return {
    find: (recordId: string) => store.findErasure(database.db, recordId),
    list: (organisationIds: readonly string[] | null, before: string | undefined, limit: number) =>
      store.listErasures(database.db, organisationIds, before, limit),

    /** @throws LedgerError `not-erasable` where the content is gone, has to stay, or is proposed already */
    async propose(
      by: EraserIdentity,
      record: RecordView,
      reason: string,
      article: string | null,
    ): Promise<store.Erasure> {
      if (!mayBeErased(record)) throw new LedgerError('not-erasable', record.id)
      const proposedAt = clock.now()
      const made = { recordId: record.id, reason, article, proposedBy: by.userId, proposedAt }
      await database.inTransaction(async (tx) => {
        if (!(await store.insertErasure(tx, made))) throw new LedgerError('not-erasable', record.id)
        await ledger.record(tx, {
          ...by,
          kind: 'record.erasure-proposed',
          article,
          payload: { recordId: record.id, kind: record.kind, reason },
        })
      })
      return { ...made, confirmedBy: null, confirmedAt: null }
    },

    /** Erases. The caller is somebody else than who proposed it. @throws LedgerError `not-erasable` */
    async confirm(by: EraserIdentity, erasure: store.Erasure): Promise<store.Erasure> {
      const confirmedAt = clock.now()
      await database.inTransaction(async (tx) => {
        const { recordId, article, reason, proposedBy } = erasure
        if (!(await store.confirmErasure(tx, recordId, by.userId, confirmedAt)))
          throw new LedgerError('not-erasable', recordId)
        await ledger.erasePayload(tx, recordId, { ...by, article, payload: { reason, proposedBy } })
      })
      return { ...erasure, confirmedBy: by.userId, confirmedAt }
    },
  }
}
