import type { CivilDate } from '@tiaoli/kernel/instants'
import type { Database } from '../../foundations/database/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import * as store from './use.store.ts'

/** Records read at a time, and how many such pieces one reader waits for. */
const piece = 20_000
const piecesAtMost = 5

export type UseOfBodies = {
  readonly lines: readonly store.UseSum[]
  /** False where records of the log are not counted yet: their number was more than one reader waits for. */
  readonly complete: boolean
}

/** How much of the data was used, told from the log of records: what is not in the log was not used. */
export function createUse({
  database,
  ledger,
  catalogue,
}: {
  readonly database: Database
  readonly ledger: Ledger
  readonly catalogue: Catalogue
}) {
  /** Counts one piece of one node's log; false where nothing was left to count in any. */
  async function countPiece(): Promise<boolean> {
    for (const node of await ledger.nodes()) if (await countPieceOf(node)) return true
    return false
  }

  async function countPieceOf(node: string): Promise<boolean> {
    const from = await store.readMark(database.db, node)
    const to = Math.min(await ledger.length(node), from + piece)
    if (to <= from) return false
    const used = await ledger.useBetween(node, from, to)
    const entries = await catalogue.findAll([...new Set(used.map(({ entryId }) => entryId))])
    const providerOf = new Map(entries.map(({ id, providerId }) => [id, providerId]))
    const lines = used.flatMap(({ on, entryId, organisationId, calls, rows }) => {
      const providerId = providerOf.get(entryId)
      // What a body takes of its own data is no use by anybody.
      return providerId === undefined || providerId === organisationId
        ? []
        : [{ on, providerId, organisationId: organisationId ?? '', calls, rows }]
    })
    await database.inTransaction(async (tx) => {
      if (await store.moveMark(tx, node, from, to)) await store.addUse(tx, lines)
    })
    return true
  }

  return {
    async between(from: CivilDate, until: CivilDate, by: 'provider' | 'applicant'): Promise<UseOfBodies> {
      let left = piecesAtMost
      while (left > 0 && (await countPiece())) left -= 1
      return { lines: await store.sumUse(database.db, from, until, by), complete: left > 0 }
    },
  }
}

export type Use = ReturnType<typeof createUse>
