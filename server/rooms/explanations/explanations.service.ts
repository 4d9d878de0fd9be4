import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import { type Identity, type Session, scopeOf } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { ExplanationsRules, Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, type Entry, type PublishedEntry, stewardOf, typeOf } from '../catalogue/index.ts'
import * as store from './explanations.store.ts'

export type ExplanationsDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly clock: Clock
}

export type ExplanationWords = Pick<store.Explanation, 'meaning' | 'source' | 'limits' | 'contact'>
export type Explanations = ReturnType<typeof createExplanations>

/** What bodies say of the data that they open (数据解读), and what still lacks it. */
export function createExplanations(deps: ExplanationsDeps) {
  const { database, rulebook, catalogue, identity, ledger, clock } = deps
  const rules = rulebook.rooms.explanations

  function offered(): ExplanationsRules {
    if (rules === undefined) throw new Problem('not-found')
    return rules
  }

  const isOpen = (openingType: string): boolean =>
    (typeOf(rulebook, 'opening', openingType)?.effect ?? 'closed') !== 'closed'

  const mayExplain = (session: Session, entry: Entry): boolean =>
    stewardOf(session) === entry.providerId && entry.published && isOpen(entry.content.opening.type)

  return {
    offered,
    mayExplain,

    find: (entryId: string) => store.find(database.db, entryId),

    async explain(session: Session, entry: Entry, words: ExplanationWords): Promise<store.Explanation> {
      const { article } = offered()
      if (stewardOf(session) !== entry.providerId)
        throw new Problem('not-allowed', {
          article,
          condition: text('由开放数据的单位解读', 'Data are explained by the body that opens them'),
        })
      if (!mayExplain(session, entry))
        throw new Problem('act-not-available', {
          article,
          condition: text('该条目没有开放，无须解读', 'The entry is not opened; there is nothing to explain'),
        })
      const by = { organisationId: entry.providerId, userId: session.user!.id }
      return database.inTransaction(async (tx) => {
        const record = await ledger.record(tx, {
          kind: 'entry.explained',
          ...by,
          entryId: entry.id,
          article,
          outcome: 'explained',
          payload: { ...words },
        })
        const made = { entryId: entry.id, ...words, ...by, at: clock.now(), recordId: record.id }
        await store.write(tx, made)
        return made
      })
    },

    /** Opened entries without one: the own body's, for an authority those of its area. */
    async missing(session: Session): Promise<readonly PublishedEntry[]> {
      offered()
      const scope = scopeOf(session, identity.organisations(), 'officer', 'supervisor')
      if (scope === undefined) return []
      const [entries, explained] = await Promise.all([
        catalogue.publishedEntries(scope),
        store.explained(database.db),
      ])
      return entries.filter(({ id, openingType }) => isOpen(openingType) && !explained.has(id))
    },
  }
}
