import { granted, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import type { Actor, Cases } from '../../foundations/cases/index.ts'
import type { Tx } from '../../foundations/database/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { cataloguingProcedure, type Entry, type EntryContent } from './catalogue.model.ts'
import { firstState } from './catalogue.rules.ts'
import * as store from './catalogue.store.ts'
import { caseFactsOf } from './entry-facts.rules.ts'

export type BeginningDeps = {
  readonly rulebook: Rulebook
  readonly cases: () => Cases
  readonly clock: Clock
  readonly index: (
    tx: Tx,
    entries: readonly Pick<Entry, 'id' | 'number' | 'providerId' | 'content'>[],
  ) => Promise<void>
}

/** Whose entries are begun, and by whom. */
export type Beginner = {
  readonly providerId: string
  readonly actor: Actor
  /** Several are begun together: those concerned are told once, by whoever does it. */
  readonly quiet?: boolean
}

export type Begin = ReturnType<typeof createBeginning>

/**
 * Writes entries down and opens a cataloguing case for each, all of them or none. Each takes its place in the
 * catalogue, the index, the cases and the ledger as one begun by itself does, by as many statements as that one takes.
 *
 * A refusal says why no case may be opened: it rests on the city, the provider and who acts, which all of them have in
 * common, and never on what an entry says. The transaction is then to be given up, since the entries were written.
 */
export function createBeginning({ rulebook, cases, clock, index }: BeginningDeps) {
  return async function begin(
    tx: Tx,
    begun: readonly { readonly id: string; readonly content: EntryContent }[],
    { providerId, actor, quiet = false }: Beginner,
  ): Promise<Verdict<undefined>> {
    if (begun.length === 0) return granted(undefined)
    const now = clock.now()
    const numbers = await store.nextEntryNumbers(tx, begun.length)
    const entries = begun.map(({ id, content }, at) => ({
      ...{ id, content, providerId, published: false, caseId: newId(), status: firstState(rulebook) },
      number: `${rulebook.prefix}-${String(numbers[at]).padStart(6, '0')}`,
      ...{ version: 1, createdAt: now, updatedAt: now },
    }))
    await store.insertEntries(tx, entries)
    await index(tx, entries)
    const opened = await cases().openAll({
      ...{ tx, procedure: cataloguingProcedure, actor, content: {}, quiet },
      on: entries.map((entry) => ({
        caseId: entry.caseId,
        entryId: entry.id,
        entry: caseFactsOf(rulebook, entry),
      })),
    })
    return opened.ok ? granted(undefined) : refused(opened.refusal)
  }
}
