import type { Database, Store, Tx } from '../../../foundations/database/index.ts'
import type { Identity } from '../../../foundations/identity/index.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import type { Entry } from '../catalogue.model.ts'
import { lockEntries } from '../catalogue.store.ts'
import { indexedOf, type Reader } from './indexed.rules.ts'
import * as store from './search.store.ts'

export type IndexingDeps = {
  readonly database: Database
  readonly identity: Pick<Identity, 'organisation'>
  readonly vocabulary: Vocabulary
}

type Written = Pick<Entry, 'id' | 'number' | 'providerId' | 'content'>

/** So many entries are read anew in one transaction: those who write them wait no longer than for that. */
const batch = 100

/** Keeps what is searched of the entries: with every change of one, and of all when the vocabulary has changed. */
export function createIndexing({ database, identity, vocabulary }: IndexingDeps) {
  async function write(
    tx: Store | Tx,
    entries: readonly Written[],
    reader: Reader & { readonly version: number },
  ): Promise<void> {
    const indexed = entries.map(({ id, number, providerId, content }) => {
      const { title, summary, keywords, fields } = content
      const name = identity.organisation(providerId)?.name
      const organisation = [name?.zh ?? '', name?.en ?? '']
      return { id, indexed: indexedOf({ title, summary, keywords, fields, number, organisation }, reader) }
    })
    await store.writeIndexed(tx, indexed, reader.version)
  }

  return {
    /** Writes the words of an entry, in the transaction that changes them. */
    index: async (tx: Tx, entry: Written): Promise<void> => write(tx, [entry], await vocabulary.analyser(tx)),

    /** The same for several that one act has written. */
    indexAll: async (tx: Tx, entries: readonly Written[]): Promise<void> =>
      write(tx, entries, await vocabulary.analyser(tx)),

    /** Cuts into words whatever was cut by an older version than the one that holds, or than `least`. */
    async indexBehind(signal: AbortSignal | undefined, least?: number): Promise<void> {
      const reader = await vocabulary.analyser()
      for (;;) {
        signal?.throwIfAborted()
        const ids = await store.behind(database.db, least ?? reader.version, batch)
        if (ids.length === 0) break
        await database.inTransaction(async (tx) => {
          await write(tx, await lockEntries(tx, ids), reader)
        })
      }
      if (least === undefined) await vocabulary.indexed(reader.version)
    },

    countBehind: (version: number): Promise<number> => store.countBehind(database.db, version),
  }
}
