import type { Caller } from '../../kit/caller.ts'
import type { CityName, Looked } from './cities.ts'
import type { Options, Viewer } from './looking.ts'

/** An address of a page at which there is something to see, and who sees it. */
export type Example = Options & {
  /** As `contract/pages.json` has it. */
  readonly pattern: string
  readonly city: CityName
  readonly viewer: Viewer
  /** The rest of the address after the pattern's own parts, such as a query. */
  readonly rest?: string
  /** What stands in place of the parts with a colon, in order. */
  readonly parts?: (city: Looked, caller: Caller) => Promise<readonly string[]>
}

type Parts = NonNullable<Example['parts']>

/** Reads something by its place in an answer, such as `items.0.id`. */
async function read(caller: Caller, path: string, place: string): Promise<string> {
  const { body, text } = await caller.get(path)
  const found = place.split('.').reduce((value, key) => value?.[key], body)
  if (typeof found !== 'string') throw new Error(`nothing at ${place} of ${path}: ${text.slice(0, 200)}`)
  return found
}

const first =
  (path: string, place = 'items.0.id'): Parts =>
  async (_, caller) => [await read(caller, path, place)]
const entry = (title: string): Parts => first(`/api/v1/entries?q=${encodeURIComponent(title)}`)
const given =
  (...parts: string[]): Parts =>
  async () =>
    parts
const made =
  (name: string): Parts =>
  async (city) => [city.made[name]!]

const at = (city: CityName, viewer: Viewer, pattern: string, parts?: Parts, rest?: string): Example => ({
  city,
  viewer,
  pattern,
  parts,
  rest,
})

const cq = (viewer: Viewer, pattern: string, parts?: Parts, rest?: string) =>
  at('chongqing', viewer, pattern, parts, rest)

const open = entry('公园绿地')
const register = entry('企业登记信息')

/** At least one of every page; several where those who look see much that is different. */
export const examples: readonly Example[] = [
  cq('visitor', '/'),
  cq('visitor', '/search', undefined, '?q=企业'),
  cq('visitor', '/entries/:entryId', open),
  cq('steward', '/entries/:entryId', register),
  cq('visitor', '/catalogues'),
  cq('visitor', '/editions/:editionId', async (_, caller) => {
    const catalogue = await read(caller, '/api/v1/catalogues', 'items.0.key')
    return [await read(caller, `/api/v1/catalogues/${catalogue}/editions`, 'items.0.id')]
  }),
  cq('visitor', '/bases'),
  cq('visitor', '/bases/:baseKey', first('/api/v1/bases', 'items.0.key')),
  cq('visitor', '/organisations'),
  cq('visitor', '/law'),
  cq('visitor', '/law/:article', first('/api/v1/rulebook/articles', 'items.20.id')),
  cq('visitor', '/entries/:entryId/snapshots/:number', async (city, caller) => [
    ...(await open(city, caller)),
    '1',
  ]),
  cq('visitor', '/results'),
  at('beijing', 'visitor', '/demands'),
  at('suzhou', 'visitor', '/opening-lists'),
  at('suzhou', 'visitor', '/opening-lists/:listId', made('list')),
  cq('visitor', '/opening-report'),
  cq('visitor', '/opening-report/:organisationId', given('market')),
  cq('visitor', '/figures'),
  cq('visitor', '/agreement-models'),
  cq('visitor', '/procedures'),
  cq('visitor', '/procedures/:procedure', given('sharing-request')),
  { ...cq('visitor', '/api/docs'), sought: 'batches' },
  cq('authority', '/records/:recordId', first('/api/v1/records?act=serve', 'items.0.id')),
  at('tianjin', 'visitor', '/proof'),
  cq('visitor', '/systems'),
  cq('visitor', '/verify'),
  cq('visitor', '/sign-in'),
  // Nobody comes back from an identity provider here, and the page says so.
  { ...cq('visitor', '/sign-in/return'), refused: true },
  cq('visitor', '/register'),
  cq('visitor', '/register/contest'),
  cq('user', '/desk'),
  cq('authority', '/desk'),
  cq('user', '/desk/requests'),
  cq('user', '/desk/arrangements'),
  cq('user', '/desk/cases/:caseId', first('/api/v1/cases?box=mine')),
  cq('authority', '/desk/cases/:caseId', first('/api/v1/cases?box=inbox')),
  cq('user', '/desk/apply/:entryId', entry('不动产登记信息')),
  at('suzhou', 'user', '/desk/supply'),
  at('suzhou', 'user', '/desk/open/:procedure', given('demand')),
  at('suzhou', 'authority', '/desk/opening-lists'),
  at('suzhou', 'steward', '/desk/reassessments'),
  cq('steward', '/desk/trace'),
  cq('authority', '/desk/agreements'),
  cq('citizen', '/desk/agreements/:agreementId', first('/api/v1/agreements')),
  cq('user', '/desk/grants'),
  cq('user', '/desk/grants/:grantId', first('/api/v1/grants')),
  at('beijing', 'steward', '/desk/certificates'),
  at('tianjin', 'steward', '/desk/filings'),
  cq('authority', '/desk/targets'),
  cq('authority', '/desk/figures'),
  cq('authority', '/desk/counted', undefined, '?figure=filed&from=2026-01-01&until=2026-09-28'),
  at('beijing', 'user', '/desk/commitment'),
  cq('user', '/desk/subscriptions'),
  cq('user', '/desk/keys'),
  cq('steward', '/desk/entries'),
  cq('authority', '/desk/entries'),
  cq('steward', '/desk/bulk-edits'),
  cq('steward', '/desk/bulk-edits/:bulkEditId', made('bulkEdit')),
  cq('steward', '/desk/entries/new'),
  cq('steward', '/desk/entries/:entryId/edit', register),
  cq('steward', '/desk/entries/:entryId/upload', register),
  cq('steward', '/desk/batches'),
  cq('steward', '/desk/batches/:batchId', first('/api/v1/batches')),
  at('suzhou', 'steward', '/desk/source-systems'),
  at('suzhou', 'steward', '/desk/source-systems/:systemId', made('system')),
  cq('steward', '/desk/harvest-sources'),
  cq('steward', '/desk/harvest-sources/:sourceId', made('source')),
  cq('steward', '/desk/aggregation'),
  cq('steward', '/desk/aggregation/:entryId', register),
  cq('authority', '/desk/calendar'),
  cq('authority', '/desk/duties'),
  cq('authority', '/desk/duties/:obligation', first('/api/v1/duties?box=all')),
  cq('user', '/desk/collection'),
  cq('user', '/desk/collection/:planId', first('/api/v1/collection-plans')),
  cq('authority', '/desk/compilation'),
  cq('authority', '/desk/rounds/:roundId', first('/api/v1/rounds')),
  cq('admin', '/desk/search-vocabulary'),
  cq('authority', '/desk/records'),
  cq('authority', '/desk/record-erasures'),
  cq('user', '/desk/account'),
  cq('admin', '/desk/people'),
  cq('admin', '/desk/registration-contests'),
  cq('admin', '/desk/sign-in-setting'),
  cq('supervisor', '/desk/account-events'),
  // Told only to people whose name was verified by a service that is not here: the page says what it takes.
  { ...at('suzhou', 'citizen', '/desk/about-me'), refused: true },
  cq('user', '/desk/notices'),
  cq('visitor', '/embed/entries/:entryId', open),
]
