import { entryDraftSchema } from '@tiaoli/contract/catalogue'
import { granted, type Verdict } from '@tiaoli/kernel/decisions'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import type { Actor } from '../../foundations/cases/index.ts'
import type { Tx } from '../../foundations/database/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Begin } from './beginning.ts'
import type { DraftInput, Entry, EntryContent } from './catalogue.model.ts'
import { isDrafted } from './catalogue.rules.ts'
import * as store from './catalogue.store.ts'

export type ImportedDeps = {
  readonly rulebook: Rulebook
  readonly clock: Clock
  /** @throws Problem where the rulebook refuses the draft at once */
  readonly complete: (draft: DraftInput, providerId: string) => EntryContent
  readonly begin: Begin
  readonly index: (tx: Tx, entry: Pick<Entry, 'id' | 'number' | 'providerId' | 'content'>) => Promise<void>
}

/**
 * Entries that were found elsewhere come in as drafts of the body to which they belong, and no further: what is handed
 * in and published is decided by people, in the city's cataloguing procedure.
 */
export function createImported({ rulebook, clock, complete, begin, index }: ImportedDeps) {
  return {
    /** @throws Problem where the catalogue would refuse the draft */
    check: (providerId: string, draft: DraftInput): void => void complete(draft, providerId),

    /**
     * Begins entries for an organisation, all or none, and gives their ids in the order of the drafts. Nobody is told
     * of them: whoever brings many tells of them together. A refusal is one that every draft would meet; the
     * transaction is then to be given up.
     *
     * @throws Problem where the catalogue would refuse one of them
     */
    async begin(
      tx: Tx,
      drafts: readonly DraftInput[],
      actor: Actor & { organisationId: string },
    ): Promise<Verdict<string[]>> {
      const providerId = actor.organisationId
      const begun = drafts.map((draft) => ({ id: newId(), content: complete(draft, providerId) }))
      const opened = await begin(tx, begun, { providerId, actor, quiet: true })
      return opened.ok ? granted(begun.map(({ id }) => id)) : opened
    },

    /** Still with its provider alone, so that nobody relies on how it reads. */
    isUntouched: (entry: Entry): boolean => !entry.published && isDrafted(rulebook, entry.status),

    /**
     * Writes a draft anew.
     *
     * @returns its new version; false where somebody wrote it meanwhile
     * @throws Problem where the rulebook refuses what it would then say
     */
    async rewrite(tx: Tx, entry: Entry, change: Partial<DraftInput>): Promise<number | false> {
      const content = complete(entryDraftSchema.parse({ ...entry.content, ...change }), entry.providerId)
      if (!(await store.writeContent(tx, entry.id, entry.version, content, clock.now()))) return false
      await index(tx, { ...entry, content })
      return entry.version + 1
    },
  }
}
