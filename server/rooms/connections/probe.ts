import type { Clock } from '@tiaoli/kernel/instants'
import {
  type AddressGuard,
  getJson,
  OutboundError,
  readDatabase,
  type SecretSeal,
} from '../../foundations/outbound/index.ts'
import type { Check, Link, Measure, SourceSystem } from './connections.model.ts'
import { changedAtOf, lookAt, modeOf } from './connections.rules.ts'

export type SourceAccess = { readonly guard: AddressGuard; readonly seal: SecretSeal; readonly clock: Clock }

const secretOf = ({ sealedToken }: SourceSystem, { seal }: SourceAccess): string | null =>
  sealedToken === null ? null : seal.open(sealedToken)

export const askInterface = (system: SourceSystem, url: URL, access: SourceAccess): Promise<unknown> =>
  getJson({ url, bearer: secretOf(system, access) ?? undefined, guard: access.guard })

/** Signs in to the database of a system that has one. @throws OutboundError */
export const askDatabase = <T>(
  system: SourceSystem,
  access: SourceAccess,
  work: Parameters<typeof readDatabase<T>>[1],
): Promise<T> =>
  readDatabase(
    {
      url: new URL(system.url!),
      user: system.user ?? '',
      password: secretOf(system, access),
      guard: access.guard,
    },
    work,
  )

/**
 * Looks whether a system answers; in a database it counts the rows of the entries that lie there, as often as their
 * turn comes, or all of them where `whole` is asked for.
 */
export async function probe(
  system: SourceSystem,
  links: readonly Link[],
  access: SourceAccess,
  whole: boolean,
): Promise<Check> {
  const at = access.clock.now()
  const begun = performance.now()
  const nothing = { failure: null, status: null, changedAt: null, measures: new Map<string, Measure>() }
  const found = (given: Partial<Check>): Check => ({
    ...nothing,
    ...given,
    at,
    tookMs: Math.round(performance.now() - begun),
  })
  if (system.url === null) return found({ failure: 'no-interface' })
  try {
    if (modeOf(system.url) === 'database') {
      const measures = await measureAll(system, links, access, at, whole)
      const moments = [...measures.values()].flatMap(({ changedAt }) => changedAt ?? [])
      const changedAt = moments.length > 0 ? new Date(Math.max(...moments.map(Number))) : null
      return found({ measures, changedAt })
    }
    const answer = await askInterface(system, new URL(system.url), access)
    return answer === undefined
      ? found({ failure: 'refused', status: 404 })
      : found({ status: 200, changedAt: changedAtOf(answer) })
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return found({ failure: error.code, status: error.status ?? null })
  }
}

const measureAll = (
  system: SourceSystem,
  links: readonly Link[],
  access: SourceAccess,
  at: Date,
  whole: boolean,
): Promise<Map<string, Measure>> =>
  askDatabase(system, access, async (reader) => {
    const measures = new Map<string, Measure>()
    for (const { entryId, table, measure: known } of links) {
      const look = whole ? 'count' : lookAt(known, system.limitSeconds, at)
      if (table === null || look === 'nothing') continue
      try {
        const found =
          look === 'count'
            ? { at, failure: null, ...(await reader.measure(table)) }
            : { ...known!, changedAt: await reader.newest(table) }
        measures.set(entryId, found)
      } catch (error) {
        if (!(error instanceof OutboundError) || error.code === 'unreachable') throw error
        measures.set(entryId, { at, failure: error.code, rows: null, changedAt: null })
      }
    }
    return measures
  })
