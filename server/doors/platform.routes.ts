import { routes } from '@tiaoli/contract/index'
import { openApiOf } from '@tiaoli/contract/openapi'
import * as contract from '@tiaoli/contract/platform'
import { text } from '@tiaoli/kernel/text'
import type { MapTiles, Mount } from '../foundations/http/index.ts'
import type { Identity } from '../foundations/identity/index.ts'
import type { Ledger } from '../foundations/ledger/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import type { Rulebook } from '../foundations/rulebook/index.ts'
import type { Catalogue } from '../rooms/catalogue/index.ts'
import { typeOf } from '../rooms/catalogue/index.ts'

export const version = '0.1.0'

export type PlatformRoutesDeps = {
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly ledger: Pick<Ledger, 'fault'>
  readonly mapTiles: MapTiles | undefined
}

export function mountPlatform(
  mount: Mount,
  { catalogue, identity, rulebook, ledger, mapTiles }: PlatformRoutesDeps,
): void {
  const openApi = JSON.stringify(openApiOf(routes, version))

  mount(contract.getHealth, () => {
    if (ledger.fault() !== undefined)
      throw new Problem('record-unavailable', {
        condition: text('日志不能继续签发', 'The log cannot be signed any further'),
        remedy: text('原因见运行日志。', 'The reason is in the log of the process.'),
      })
    return { status: 'ok' as const, city: rulebook.id, version }
  })
  mount(contract.getOpenApi, ({ reply }) => reply.type('application/json; charset=utf-8').send(openApi))
  mount(contract.getMapSettings, () => ({ tiles: mapTiles ?? null }))
  mount(contract.getStatistics, async () => {
    const { facets, rows, byProvider } = await catalogue.counts()
    const open = facets.opening.filter(({ key }) => typeOf(rulebook, 'opening', key)?.effect === 'free')
    return {
      publishedEntries: facets.total,
      openEntries: open.reduce((sum, { count }) => sum + count, 0),
      organisations: identity.organisations().filter(({ id }) => byProvider.has(id)).length,
      rows,
      themes: facets.theme.map(({ key, count }) => ({ key, count })),
    }
  })
}
