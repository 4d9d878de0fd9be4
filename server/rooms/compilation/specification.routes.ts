import * as contract from '@tiaoli/contract/specifications'
import { isIdText, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { CompilationRules } from '../../foundations/rulebook/index.ts'
import { holdsOffice } from './compilation.policy.ts'
import type { CompilationRoutesDeps } from './compilation.ts'
import { organisationIn, presentSpecification } from './compilation.view.ts'

export function mountSpecifications(
  mount: Mount,
  { compilation: { specifications }, identity }: CompilationRoutesDeps,
  rule: CompilationRules['specification'],
): void {
  mount(contract.listSpecifications, async ({ query, session }) => {
    const below = readCursor('specifications', query.cursor, isVersion)
    const versions = await specifications.versions(below, query.limit + 1)
    const page = versions.slice(0, query.limit)
    const inForce = (await specifications.inForce())?.version
    return {
      items: page.map((each) => presentSpecification(identity, each, inForce)),
      nextCursor: versions.length > query.limit ? writeCursor('specifications', page.at(-1)!.version) : null,
      rule: rule ? { article: rule.article, term: rule.term } : null,
      cosigned: rule?.cosigned ?? false,
      publishable: rule !== undefined && holdsOffice(session, rule.by),
    }
  })
  mount(contract.publishSpecification, async ({ body, session }) => {
    const made = await specifications.publish(session, body)
    return presentSpecification(identity, made, (await specifications.inForce())?.version)
  })
  mount(contract.listEntriesBehind, async ({ query, session }) => {
    const after = readCursor('behind', query.cursor, isIdText)
    const behind = await specifications.behind(session, after, query.limit + 1)
    const page = behind.slice(0, query.limit)
    return {
      items: page.map(({ entry, met, inForce, faults }) => ({
        entryId: entry.id,
        title: entry.content.title,
        provider: organisationIn(identity)(entry.providerId),
        met,
        inForce,
        faults: faults.map(({ path, message }) => ({ path, message })),
      })),
      nextCursor: behind.length > query.limit ? writeCursor('behind', page.at(-1)!.entry.id) : null,
    }
  })
}

const isVersion = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31
