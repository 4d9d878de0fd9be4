import { text } from '@tiaoli/kernel/text'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { stewardOf } from '../catalogue/index.ts'
import * as store from './harvested.store.ts'
import type { HarvestingDeps } from './harvesting.deps.ts'
import type { Harvested, Source } from './harvesting.model.ts'
import { changeOf } from './harvesting.rules.ts'

/** A version that no entry has: the harvester never writes such an entry by itself. */
const notOurs = 0

/** What the department does about entries whose source says otherwise by now. */
export function createDecisions({ database, catalogue, ledger }: HarvestingDeps) {
  return async function decide(
    session: Session,
    source: Source,
    entryId: string,
    decision: 'take' | 'keep',
  ): Promise<Harvested> {
    const found = await store.findHarvested(database.db, source.id, entryId)
    if (found === undefined) throw new Problem('not-found')
    const entry = await catalogue.requireEntry(session, entryId)
    if (stewardOf(session) !== entry.providerId)
      throw new Problem('not-allowed', {
        condition: text(
          '差异由该条目提供单位的数据管理员处理',
          'Differences are decided by a data steward of the provider',
        ),
      })
    const { waiting, waitingDigest } = found
    if (found.state !== 'differs' && !(found.state === 'gone' && decision === 'keep'))
      throw new Problem('act-not-available', {
        condition: text('该条目没有可以这样处理的差异', 'The entry has no difference to be settled so'),
        remedy: text(
          '来源已撤下而不再保留的条目，请在条目页面按编目程序撤下。',
          'An entry that is not to be kept is withdrawn on its own page, by the cataloguing procedure.',
        ),
      })
    let version = notOurs
    if (decision === 'take') {
      const change = changeOf(found.taken, waiting!, source.name)
      const changed = await catalogue.change(session, entryId, change, entry.version)
      version = changed.version
    }
    return database.inTransaction(async (tx) => {
      const held = (await store.findHarvested(tx, source.id, entryId, true))!
      // The source said something else meanwhile: that is a difference of its own, and waits.
      if (held.state !== found.state || held.waitingDigest !== waitingDigest)
        throw new Problem('changed-meanwhile')
      const settled: Harvested = {
        ...held,
        ...(waiting === null ? {} : { taken: waiting, digest: waitingDigest! }),
        ...{ waiting: null, waitingDigest: null, entryVersion: version },
        state: held.state === 'gone' ? 'left' : 'same',
      }
      await store.writeHarvested(tx, settled)
      await ledger.record(tx, {
        kind: 'harvest.decided',
        userId: session.user!.id,
        organisationId: entry.providerId,
        entryId,
        outcome: decision,
        payload: { sourceId: source.id, remoteId: held.remoteId, was: held.state },
      })
      return settled
    })
  }
}
