import type { Store } from '../database/index.ts'
import type { Organisation } from './identity.model.ts'
import { findOrganisationChanges, type OrganisationChange } from './identity.store.ts'

/** Another node's organisations are known here after this time at the latest. */
const knownForMs = 1000

/** Transactions end in another order than they begin: this many changes back are looked at once more. */
const overtaken = 50

export type OrganisationList = Awaited<ReturnType<typeof createOrganisationList>>

/** All organisations, in memory: names are wanted everywhere. What other nodes add is asked for now and then. */
export async function createOrganisationList(db: Store) {
  let known = new Map<string, OrganisationChange>()
  let newest = 0
  let readAt = 0
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    readAt = Date.now()
    const found = await findOrganisationChanges(db, newest - overtaken)
    const fresh = found.filter(({ organisation, change }) => known.get(organisation.id)?.change !== change)
    if (fresh.length === 0) return
    newest = Math.max(newest, ...fresh.map(({ change }) => change))
    const all = new Map(known)
    for (const each of fresh) all.set(each.organisation.id, each)
    known = new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** Of many that ask at once, one reads. Undefined where nothing has to be read: every call asks. */
  function refresh(): Promise<void> | undefined {
    if (Date.now() - readAt < knownForMs) return undefined
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }

  await read()
  return {
    refresh,
    /** After a change on this node: a reading that had begun before may have missed it. */
    async reload(): Promise<void> {
      await reading
      await read()
    },
    all: (): readonly Organisation[] => [...known.values()].map(({ organisation }) => organisation),
    get: (id: string): Organisation | undefined => known.get(id)?.organisation,
  }
}
