import { text } from '@tiaoli/kernel/text'
import type { ActHappened, CaseEvent } from '../../foundations/cases/index.ts'
import type { Tx } from '../../foundations/database/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { CatalogueDeps } from './catalogue.deps.ts'
import type { Entry, EntryFault, EntryMoment } from './catalogue.model.ts'
import { faultsBeforeSubmission } from './catalogue.rules.ts'
import * as store from './catalogue.store.ts'
import { isBackAtPublished, momentsOf, submits } from './cataloguing.rules.ts'
import { createDecisions } from './decisions.ts'

type FollowingDeps = Pick<CatalogueDeps, 'rulebook' | 'cases' | 'ledger' | 'clock' | 'watchers'> & {
  readonly index: (tx: Tx, entry: Pick<Entry, 'id' | 'number' | 'providerId' | 'content'>) => Promise<void>
}

/** What acts in cases and decisions of other bodies change in the catalogue, each in the transaction of its own cause. */
export function createFollowing({
  rulebook,
  cases,
  ledger,
  clock,
  watchers = () => [],
  index,
}: FollowingDeps) {
  /** What leaves the provider's hands has to be complete, and a change has to change something. */
  function requireComplete(entry: Entry): void {
    if (entry.published && entry.pending === null)
      throw new Problem('content-incomplete', {
        condition: text('条目没有需要提交的修改', 'The entry has no change to submit'),
        remedy: text('请先修改条目内容，再提交变更。', 'Change its content first, then submit.'),
      })
    refuseFor(faultsBeforeSubmission(rulebook, entry.pending ?? entry.content))
  }

  /** What other rooms have to say of it; what they object to stops the act. */
  async function askWatchers(tx: Tx, entry: Entry, moment: EntryMoment, event: CaseEvent): Promise<void> {
    const faults: EntryFault[] = []
    for (const { check } of watchers()) faults.push(...((await check?.(tx, entry, moment, event)) ?? []))
    refuseFor(faults)
  }

  async function tellWatchers(tx: Tx, before: Entry, moment: EntryMoment, event: CaseEvent): Promise<void> {
    const entry = (await store.findEntry(tx, before.id))!
    for (const { follow } of watchers()) await follow?.(tx, entry, moment, event, before)
  }
  /** Decisions of bodies above the provider change an entry, whatever stage it is in. */
  const onDecision = createDecisions(rulebook, {
    findEntry: store.findEntry,
    cases,
    writeContent: async (tx, entry, content) => {
      const { pending } = entry
      // Whoever wrote the entry meanwhile comes first: a decision that did not reach it must not count as carried out.
      if (!(await store.writeContent(tx, entry.id, entry.version, content, clock.now())))
        throw new Problem('changed-meanwhile')
      await index(tx, { ...entry, content })
      // A change that waits goes on waiting, with the type that now holds.
      if (pending !== null)
        await store.writePending(
          tx,
          entry.id,
          entry.version + 1,
          { ...pending, sharing: content.sharing },
          clock.now(),
        )
      await ledger.turnEpoch(tx)
    },
    writeProvider: async (tx, entry, providerId) => {
      await store.writeProvider(tx, entry.id, providerId)
      await index(tx, { ...entry, providerId })
      await ledger.turnEpoch(tx)
    },
  })
  return {
    onDecision,

    /** What an act of the cataloguing case changes in the catalogue, in the act's own transaction. */
    async onAct({ tx, procedure, state, event, effect }: ActHappened): Promise<void> {
      const now = clock.now()
      const act = procedure.acts.find((each) => each.key === event.act)
      const moments = act ? momentsOf(procedure, act) : []
      // Whoever opened the case has just written the entry in the state in which it begins.
      if (act?.from.length === 0 && effect === undefined && moments.length === 0) return
      // Written first, which holds the entry until the end: what is checked below is what is submitted or published.
      const entryId = state.entryId!
      await store.writeStatus(tx, entryId, state.state, now)
      const entry = await store.findEntry(tx, entryId)
      if (entry === undefined) return
      if (act && submits(procedure, act)) requireComplete(entry)
      for (const moment of moments) await askWatchers(tx, entry, moment, event)
      if (effect === 'publish') {
        const { pending, version } = entry
        if (pending !== null) {
          await store.writeContent(tx, entry.id, version, pending, now)
          await index(tx, { ...entry, content: pending })
        }
        await store.writePublished(tx, entry.id, true, now)
      }
      if (effect === 'unpublish') await store.writePublished(tx, entry.id, false, now)
      if (isBackAtPublished(procedure, state.state, effect)) await store.dropPending(tx, entry.id)
      if (effect !== undefined) await ledger.turnEpoch(tx)
      for (const moment of moments) await tellWatchers(tx, entry, moment, event)
    },
  }
}

/** All that is amiss at once, each with its place; the first tells the article. */
function refuseFor(faults: readonly EntryFault[]): void {
  if (faults.length === 0) return
  const refused = faults.find(({ remedy }) => remedy !== undefined)
  if (refused !== undefined)
    throw new Problem('refused-by-law', {
      article: refused.article,
      condition: refused.message,
      remedy: refused.remedy,
      errors: faults.map(({ path, message }) => ({ path, message })),
    })
  throw new Problem('content-incomplete', {
    article: faults.find((fault) => fault.article !== undefined)?.article,
    condition: faults[0]!.message,
    remedy: text('请补齐后再提交。', 'Complete the entry and submit again.'),
    errors: faults.map(({ path, message }) => ({ path, message })),
  })
}
