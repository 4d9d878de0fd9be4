import * as contract from '@tiaoli/contract/systems'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import { type Identity, overseesCity } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, presentEntrySummary } from '../catalogue/index.ts'
import type { SystemKey, Systems } from './systems.service.ts'
import type { Maintenance } from './systems.store.ts'

export type SystemsRoutesDeps = {
  readonly systems: Systems
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly rulebook: Rulebook
}

export function mountSystems(
  mount: Mount,
  { systems, catalogue, identity, rulebook }: SystemsRoutesDeps,
): void {
  const nameOf = (id: string | undefined) => {
    const found = id === undefined ? undefined : identity.organisation(id)
    return found ? { id: found.id, name: found.name } : null
  }
  const showMaintenance = (each: Maintenance) => ({
    id: each.id,
    system: each.system,
    from: each.from.toISOString(),
    until: each.until.toISOString(),
    note: each.note,
    by: nameOf(each.organisationId),
  })
  /** The system offers what its types do not keep closed. */
  const typesOf = (system: SystemKey): string[] =>
    rulebook.catalogue[`${system}Types`].filter(({ effect }) => effect !== 'closed').map(({ key }) => key)

  mount(contract.listSystems, async ({ session }) => {
    const { rules } = systems
    if (rules === undefined) return { items: [] }
    const show = async (key: SystemKey) => {
      const { availability, maintenance } = await systems.running(key)
      return {
        key,
        term: rules[key].term,
        article: rules[key].article,
        admitted: systems.admits(key, session),
        entries: (await catalogue.offered(key, typesOf(key))).total,
        runBy: nameOf(systems.runBy()?.id),
        availability: availability
          ? { share: availability.share, since: availability.since.toISOString() }
          : null,
        maintenance: maintenance.map(showMaintenance),
        canMaintain: systems.maintains(session),
      }
    }
    return { items: [await show('sharing'), await show('opening')] }
  })
  mount(contract.listSystemEntries, async ({ params, query, session }) => {
    const { system } = params
    systems.enter(system, session)
    const oversees = overseesCity(session, 'officer')
    if (query.withoutData && !oversees) throw new Problem('not-allowed')
    const list = listOf('system-entries', [system, query.q, query.withoutData])
    const { entries, total, withoutData } = await catalogue.offered(system, typesOf(system), {
      q: query.q,
      withoutData: query.withoutData === true,
      before: readCursor(list, query.cursor, isIdText),
      limit: query.limit + 1,
    })
    const page = entries.slice(0, query.limit)
    return {
      items: page.map((entry) => presentEntrySummary(identity.organisation, entry)),
      nextCursor: entries.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      total,
      withoutData: oversees ? withoutData : null,
    }
  })
  mount(contract.announceMaintenance, async ({ params, body, session }) =>
    showMaintenance(
      await systems.announce(session, params.system, {
        from: new Date(body.from),
        until: new Date(body.until),
        note: body.note,
      }),
    ),
  )
}
