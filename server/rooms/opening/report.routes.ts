import * as contract from '@tiaoli/contract/opening-report'
import { text } from '@tiaoli/kernel/text'
import type { Mount } from '../../foundations/http/index.ts'
import { type Identity, oversees, type Session, scopeOf } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, typeOf } from '../catalogue/index.ts'
import { reviewOf } from './report.rules.ts'

const axes = ['sharing', 'opening'] as const
const mostEntries = 5000

/** How far the city shares and opens, told from the catalogue as it is now. */
export function mountReport(
  mount: Mount,
  { catalogue, identity, rulebook }: { catalogue: Catalogue; identity: Identity; rulebook: Rulebook },
): void {
  const rules = rulebook.rooms.opening
  const organisation = (id: string) => ({ id, name: identity.organisation(id)?.name ?? text(id, id) })
  const checks = (session: Session, organisationId: string): boolean =>
    oversees(session, identity.organisation(organisationId), 'officer', 'supervisor')

  mount(contract.openingReport, async () => {
    const counts = await catalogue.typeCounts()
    const providers = [...new Set(counts.map(({ providerId }) => providerId))]
    return {
      articles: {
        sharing: rules?.principle.sharing ?? null,
        opening: rules?.principle.opening ?? null,
      },
      items: providers.map((providerId) => {
        const of = (axis: 'sharing' | 'opening') =>
          counts
            .filter((each) => each.providerId === providerId && each.axis === axis)
            .map(({ type, count }) => {
              const { term, effect } = typeOf(rulebook, axis, type) ?? {
                term: text('尚未确定', 'not determined'),
                effect: 'closed' as const,
              }
              return { key: type, term, effect, count }
            })
        const [sharing, opening] = [of('sharing'), of('opening')]
        const sum = (types: typeof sharing) => types.reduce((total, { count }) => total + count, 0)
        const notClosed = (types: typeof sharing) => sum(types.filter(({ effect }) => effect !== 'closed'))
        return {
          organisation: organisation(providerId),
          total: sum(opening),
          opened: notClosed(opening),
          shared: notClosed(sharing),
          sharing,
          opening,
        }
      }),
    }
  })

  mount(contract.restrictedEntries, async ({ params, session }) => {
    if (identity.organisation(params.organisationId) === undefined) throw new Problem('not-found')
    const entries = await catalogue.published({ providerIds: [params.organisationId], limit: mostEntries })
    const insider =
      checks(session, params.organisationId) || session.user?.organisation?.id === params.organisationId
    return {
      organisation: organisation(params.organisationId),
      items: entries.flatMap(({ id, number, content }) =>
        axes.flatMap((axis) => {
          const type = typeOf(rulebook, axis, content[axis].type)
          if (type === undefined || type.effect === 'free') return []
          return [
            {
              entry: { id, number, title: content.title },
              axis,
              type: { key: type.key, term: type.term, effect: type.effect },
              basis: content[axis].basis,
              reasons: content[axis].reasons ?? null,
              review: insider ? reviewOf(axis, type, content) : null,
            },
          ]
        }),
      ),
    }
  })

  mount(contract.unfulfilledOpening, async ({ session }) => {
    const own = session.user?.organisation?.id
    const seen = scopeOf(session, identity.organisations(), 'officer', 'supervisor')
    const providerIds = seen === undefined ? [] : seen
    const free = rulebook.catalogue.openingTypes
      .filter(({ effect }) => effect === 'free')
      .map(({ key }) => key)
    const found = await catalogue.published({
      ...(providerIds === null ? {} : { providerIds }),
      openingTypes: free,
      empty: true,
      limit: mostEntries,
    })
    return {
      article: rules?.fulfilment?.article ?? null,
      items: found.map((entry) => ({
        entry: { id: entry.id, number: entry.number, title: entry.content.title },
        provider: organisation(entry.providerId),
        publishedAt: entry.publishedAt?.toISOString() ?? null,
        mine: entry.providerId === own,
      })),
    }
  })
}
