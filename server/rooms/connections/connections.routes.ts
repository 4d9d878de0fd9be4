import * as contract from '@tiaoli/contract/connections'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Catalogue, Entry } from '../catalogue/index.ts'
import type { Link, SourceSystem } from './connections.model.ts'
import { modeOf } from './connections.rules.ts'
import type { Connections } from './connections.service.ts'

export type ConnectionRoutesDeps = {
  readonly connections: Connections
  readonly catalogue: Catalogue
  readonly identity: Identity
}

export function mountConnections(
  mount: Mount,
  { connections, catalogue, identity }: ConnectionRoutesDeps,
): void {
  async function present(systems: readonly SourceSystem[]): Promise<contract.SourceSystem[]> {
    const links = await connections.linksOf(systems.map(({ id }) => id))
    const ids = [...new Set(links.map(({ entryId }) => entryId))]
    const entries = new Map((await catalogue.findAll(ids)).map((entry) => [entry.id, entry]))
    return systems.map((system) => ({
      id: system.id,
      organisation: {
        id: system.organisationId,
        name: identity.organisation(system.organisationId)?.name ?? { zh: '', en: '' },
      },
      name: system.name,
      mode: modeOf(system.url),
      url: system.url,
      user: system.user,
      hasToken: system.sealedToken !== null,
      limitSeconds: system.limitSeconds,
      limitKind: system.limitSeconds === null ? null : ('local' as const),
      state: system.state,
      stale: system.stale,
      checkedAt: system.checkedAt?.toISOString() ?? null,
      okAt: system.okAt?.toISOString() ?? null,
      changedAt: system.changedAt?.toISOString() ?? null,
      failure: system.failure,
      entries: links
        .filter(({ systemId }) => systemId === system.id)
        .flatMap((link) => presentLink(link, entries.get(link.entryId))),
      createdAt: system.createdAt.toISOString(),
    }))
  }

  async function show(session: Session, id: string) {
    const system = await connections.requireSystem(session, id)
    const own = connections.isOwn(session, system)
    const [shown] = await present([system])
    const checks = await connections.checksOf(id)
    return {
      ...shown!,
      checks: checks.map(({ at, ...check }) => ({ ...check, at: at.toISOString() })),
      acts: [
        ...(own || connections.watchesOthers(session) ? (['check'] as const) : []),
        ...(own ? (['change'] as const) : []),
      ],
    }
  }

  mount(contract.listSourceSystems, async ({ query, session }) => {
    const every = await connections.list(session)
    const wanted = every.filter(({ state }) => query.state === undefined || state === query.state)
    const list = listOf('systems', [query.state])
    const after = readCursor(list, query.cursor, isIdText)
    const rest = after === undefined ? wanted : wanted.filter(({ id }) => id > after)
    const page = rest.slice(0, query.limit)
    const count = (state: SourceSystem['state']) => every.filter((each) => each.state === state).length
    return {
      items: await present(page),
      nextCursor: rest.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      counts: {
        'not-connected': count('not-connected'),
        testing: count('testing'),
        connected: count('connected'),
        broken: count('broken'),
        stale: every.filter(({ stale }) => stale).length,
      },
    }
  })
  mount(contract.getSourceSystem, ({ params, session }) => show(session, params.systemId))
  mount(contract.createSourceSystem, async ({ body, session }) =>
    show(session, await connections.register(session, body)),
  )
  mount(contract.changeSourceSystem, async ({ params, body, session }) => {
    await connections.change(session, params.systemId, body)
    return show(session, params.systemId)
  })
  mount(contract.checkSourceSystem, async ({ params, session }) => {
    await connections.checkNow(session, params.systemId)
    return show(session, params.systemId)
  })
  mount(contract.linkSourceEntry, async ({ params, body, session }) => {
    await connections.link(session, params.systemId, body)
    return show(session, params.systemId)
  })
  mount(contract.loadSourceEntry, async ({ params, session }) => ({
    batchId: (await connections.load(session, params.systemId, params.entryId)).id,
  }))
}

const presentLink = ({ systemId, table, stale, measure }: Link, entry: Entry | undefined) =>
  entry === undefined
    ? []
    : [
        {
          entryId: entry.id,
          title: entry.content.title,
          atSource: entry.heldAt?.systemId === systemId,
          table: table && { schema: table.schema, name: table.name, changedColumn: table.changedColumn },
          stale,
          measured: measure && {
            ...measure,
            at: measure.at.toISOString(),
            changedAt: measure.changedAt?.toISOString() ?? null,
          },
        },
      ]
