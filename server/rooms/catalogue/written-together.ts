import { entryDraftSchema } from '@tiaoli/contract/catalogue'
import type { Clock } from '@tiaoli/kernel/instants'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { DraftInput, Entry, EntryContent } from './catalogue.model.ts'
import { assessed } from './catalogue.rules.ts'
import * as store from './catalogue.store.ts'
import { requireDecidedType } from './decisions.ts'

export type WrittenTogetherDeps = {
  readonly clock: Clock
  /** @throws Problem where the rulebook refuses the draft at once */
  readonly complete: (draft: DraftInput, providerId: string) => EntryContent
  readonly index: (tx: Tx, entry: Pick<Entry, 'id' | 'number' | 'providerId' | 'content'>) => Promise<void>
}

/** What an entry held before it was written, so that it can be put back; null: a published one without a revision. */
export type Held = EntryContent | null

/**
 * Many entries written in one act. Each change goes where one made by hand goes: into the draft, or into the revision
 * of a published entry, which waits to be handed in.
 */
export function createWrittenTogether({ clock, complete, index }: WrittenTogetherDeps) {
  async function write(tx: Tx, entry: Entry, version: number, content: EntryContent): Promise<boolean> {
    const written = entry.published
      ? await store.writePending(tx, entry.id, version, content, clock.now())
      : await store.writeContent(tx, entry.id, version, content, clock.now())
    if (written && !entry.published) await index(tx, { ...entry, content })
    return written
  }

  return {
    /**
     * The content that an entry would have.
     *
     * @throws Problem where the catalogue would refuse it
     */
    async contentOf(db: Store | Tx, entry: Entry, draft: DraftInput, by: string): Promise<EntryContent> {
      const before = entry.pending ?? entry.content
      const content = assessed(
        complete(entryDraftSchema.parse(draft), entry.providerId),
        before,
        by,
        clock.now(),
      )
      await requireDecidedType(db, entry.id, content)
      return content
    },

    heldBy: (entry: Entry): Held => (entry.published ? entry.pending : entry.content),

    /** False where the version is not the newest, so that somebody else's change stands. */
    write,

    /** Puts back what an entry held. False where somebody has changed it since. */
    async putBack(tx: Tx, entry: Entry, version: number, held: Held): Promise<boolean> {
      if (entry.version !== version) return false
      if (held !== null) return write(tx, entry, version, held)
      await store.dropPending(tx, entry.id)
      return true
    },
  }
}
