import type { ComponentType } from 'react'
import { BrowserRouter, matchPath, Route, Routes, useLocation } from 'react-router'
import { EmbedShell } from './shell/embed-shell.tsx'
import { fetchedPage } from './shell/fetched-page.tsx'
import { Offered } from './shell/offered.tsx'
import { Shell } from './shell/shell.tsx'
import { withDeskWords, withPortalWords } from './text/use-text.ts'

/** Every page is fetched when it is opened. */
const front = fetchedPage(() => import('./rooms/home/pages/front-page.tsx'))
const portal: Record<string, () => Promise<{ default: ComponentType }>> = {
  search: () => import('./rooms/catalogue/pages/search-page.tsx'),
  'entries/:entryId': () => import('./rooms/catalogue/pages/entry-page.tsx'),
  catalogues: () => import('./rooms/compilation/pages/catalogues-page.tsx'),
  'editions/:editionId': () => import('./rooms/compilation/pages/edition-page.tsx'),
  bases: () => import('./rooms/bases/pages/bases-page.tsx'),
  'bases/:baseKey': () => import('./rooms/bases/pages/base-page.tsx'),
  organisations: () => import('./rooms/identity/pages/organisations-page.tsx'),
  law: () => import('./rooms/law/pages/articles-page.tsx'),
  'law/:article': () => import('./rooms/law/pages/article-page.tsx'),
  'entries/:entryId/snapshots/:number': () =>
    withDeskWords(() => import('./rooms/catalogue/pages/snapshot-page.tsx')),
  results: () => import('./rooms/opening/pages/results-page.tsx'),
  demands: () => import('./rooms/opening/pages/demands-page.tsx'),
  'opening-lists': () => import('./rooms/opening/pages/lists-page.tsx'),
  'opening-lists/:listId': () => import('./rooms/opening/pages/list-page.tsx'),
  'opening-report': () => import('./rooms/opening/pages/report-page.tsx'),
  'opening-report/:organisationId': () => import('./rooms/opening/pages/restricted-page.tsx'),
  figures: () => import('./rooms/figures/pages/figures-page.tsx'),
  'agreement-models': () => import('./rooms/opening/pages/agreement-models-page.tsx'),
  procedures: () => import('./rooms/law/pages/procedures-page.tsx'),
  'procedures/:procedure': () => import('./rooms/law/pages/procedure-page.tsx'),
  'api/docs': () => import('./rooms/docs/pages/api-docs-page.tsx'),
  'records/:recordId': () => import('./rooms/ledger/pages/explanation-page.tsx'),
  proof: () => import('./rooms/ledger/pages/proof-page.tsx'),
  systems: () => import('./rooms/platform/pages/systems-page.tsx'),
  verify: () => import('./rooms/ledger/pages/verify-page.tsx'),
  'sign-in': () => import('./rooms/identity/pages/sign-in-page.tsx'),
  'sign-in/return': () => import('./rooms/identity/pages/sign-on-return-page.tsx'),
  register: () => import('./rooms/identity/pages/register-page.tsx'),
  'register/contest': () => import('./rooms/identity/pages/contest-page.tsx'),
  '*': () => import('./rooms/home/pages/not-found-page.tsx'),
}

const desk: Record<string, () => Promise<{ default: ComponentType }>> = {
  '': () => import('./rooms/cases/pages/inbox-page.tsx'),
  requests: () => import('./rooms/cases/pages/requests-page.tsx'),
  arrangements: () => import('./rooms/desk/pages/arrangements-page.tsx'),
  'cases/:caseId': () => import('./rooms/cases/pages/case-page.tsx'),
  'apply/:entryId': () => import('./rooms/cases/pages/apply-page.tsx'),
  supply: () => import('./rooms/matching/pages/supply-page.tsx'),
  'open/:procedure': () => import('./rooms/cases/pages/open-page.tsx'),
  'opening-lists': () => import('./rooms/opening/pages/compose-list-page.tsx'),
  reassessments: () => import('./rooms/opening/pages/reassessments-page.tsx'),
  trace: () => import('./rooms/opening/pages/trace-page.tsx'),
  agreements: () => import('./rooms/opening/pages/agreements-page.tsx'),
  'agreements/:agreementId': () => import('./rooms/opening/pages/agreement-page.tsx'),
  grants: () => import('./rooms/grants/pages/grants-page.tsx'),
  'grants/:grantId': () => import('./rooms/grants/pages/grant-page.tsx'),
  certificates: () => import('./rooms/certificates/pages/certificates-page.tsx'),
  filings: () => import('./rooms/publication/pages/filings-page.tsx'),
  targets: () => import('./rooms/platform/pages/targets-page.tsx'),
  figures: () => import('./rooms/figures/pages/figures-page.tsx'),
  counted: () => import('./rooms/cases/pages/counted-page.tsx'),
  commitment: () => import('./rooms/commitment/pages/commitments-page.tsx'),
  subscriptions: () => import('./rooms/subscriptions/pages/subscriptions-page.tsx'),
  keys: () => import('./rooms/identity/pages/keys-page.tsx'),
  entries: () => import('./rooms/catalogue/pages/my-entries-page.tsx'),
  'bulk-edits': () => import('./rooms/bulk-edits/pages/bulk-edits-page.tsx'),
  'bulk-edits/:bulkEditId': () => import('./rooms/bulk-edits/pages/bulk-edit-page.tsx'),
  'entries/new': () => import('./rooms/catalogue/pages/new-entry-page.tsx'),
  'entries/:entryId/edit': () => import('./rooms/catalogue/pages/edit-entry-page.tsx'),
  'entries/:entryId/upload': () => import('./rooms/aggregation/pages/upload-page.tsx'),
  batches: () => import('./rooms/aggregation/pages/batches-page.tsx'),
  'batches/:batchId': () => import('./rooms/aggregation/pages/batch-page.tsx'),
  'source-systems': () => import('./rooms/connections/pages/systems-page.tsx'),
  'source-systems/:systemId': () => import('./rooms/connections/pages/system-page.tsx'),
  'harvest-sources': () => import('./rooms/harvesting/pages/sources-page.tsx'),
  'harvest-sources/:sourceId': () => import('./rooms/harvesting/pages/source-page.tsx'),
  aggregation: () => import('./rooms/tasks/pages/tasks-page.tsx'),
  'aggregation/:entryId': () => import('./rooms/tasks/pages/task-page.tsx'),
  calendar: () => import('./rooms/calendar/pages/calendar-page.tsx'),
  duties: () => import('./rooms/duties/pages/duties-page.tsx'),
  'duties/:obligation': () => import('./rooms/duties/pages/duty-page.tsx'),
  collection: () => import('./rooms/collection/pages/collection-page.tsx'),
  'collection/:planId': () => import('./rooms/collection/pages/plan-page.tsx'),
  compilation: () => import('./rooms/compilation/pages/compilation-page.tsx'),
  'rounds/:roundId': () => import('./rooms/compilation/pages/round-page.tsx'),
  'search-vocabulary': () => import('./rooms/vocabulary/pages/vocabulary-page.tsx'),
  records: () => import('./rooms/ledger/pages/records-page.tsx'),
  'record-erasures': () => import('./rooms/ledger/pages/erasures-page.tsx'),
  account: () => import('./rooms/identity/pages/account-page.tsx'),
  people: () => import('./rooms/identity/pages/people-page.tsx'),
  'registration-contests': () => import('./rooms/identity/pages/contests-page.tsx'),
  'sign-in-setting': () => import('./rooms/identity/pages/sign-in-setting-page.tsx'),
  'account-events': () => import('./rooms/identity/pages/account-events-page.tsx'),
  'about-me': () => import('./rooms/ledger/pages/about-me-page.tsx'),
  notices: () => import('./rooms/identity/pages/notices-page.tsx'),
}

/** Views for the pages of others: without anything around them, and always as a visitor sees them. */
const embedded: Record<string, () => Promise<{ default: ComponentType }>> = {
  'entries/:entryId': () => import('./rooms/catalogue/pages/embedded-page.tsx'),
}

/** The desk with its words: neither is needed before somebody goes there. */
const { Page: DeskShell, fetchPage: fetchDesk } = fetchedPage(() =>
  withDeskWords(async () => ({ default: (await import('./shell/desk-shell.tsx')).DeskShell })),
)

/** Pages of the portal that do with the words of every page. */
const first = ['search', 'entries/:entryId']

const routesOf = (pages: Record<string, () => Promise<{ default: ComponentType }>>) =>
  Object.entries(pages).map(([path, load]) => ({
    path,
    ...fetchedPage(first.includes(path) && pages === portal ? load : () => withPortalWords(load)),
  }))
const portalRoutes = routesOf(portal)
const deskRoutes = routesOf(desk)
const embeddedRoutes = routesOf(embedded)

/**
 * The routes that begin as an address does, and the one for every other: to rank and to match a hundred of them takes a
 * telephone longer than to draw the page.
 */
function beginningWith<R extends { readonly path: string }>(routes: readonly R[], segment = ''): R[] {
  const asked = segment.toLowerCase()
  return routes.filter(({ path }) => path === '*' || path.split('/', 1)[0] === asked)
}

/** Fetches the page of an address, so that it can be drawn at once. What cannot be fetched is told when it is drawn. */
export async function fetchPageAt(pathname: string): Promise<void> {
  const [, first, second] = pathname.split('/')
  const found = [
    { path: '', fetchPage: front.fetchPage },
    ...beginningWith(portalRoutes, first),
    ...beginningWith(deskRoutes, second).map(({ path, fetchPage }) => ({
      path: `desk/${path}`,
      fetchPage: () => Promise.all([fetchDesk(), fetchPage()]),
    })),
    ...beginningWith(embeddedRoutes, second).map((route) => ({ ...route, path: `embed/${route.path}` })),
  ].find(({ path }) => path !== '*' && matchPath(`/${path}`, pathname) !== null)
  await found?.fetchPage().catch(() => undefined)
}

function Pages() {
  const [, first, second] = useLocation().pathname.split('/')
  return (
    <Routes>
      <Route path="embed" element={<EmbedShell />}>
        {beginningWith(embeddedRoutes, second).map(({ path, Page }) => (
          <Route key={path} path={path} element={<Page />} />
        ))}
      </Route>
      <Route element={<Shell />}>
        <Route index element={<front.Page />} />
        {beginningWith(portalRoutes, first).map(({ path, Page }) => (
          <Route
            key={path}
            path={path}
            element={
              <Offered at={path}>
                <Page />
              </Offered>
            }
          />
        ))}
        <Route path="desk" element={<DeskShell />}>
          {beginningWith(deskRoutes, second).map(({ path, Page }) =>
            path === '' ? (
              <Route key={path} index element={<Page />} />
            ) : (
              <Route
                key={path}
                path={path}
                element={
                  <Offered at={`desk/${path}`}>
                    <Page />
                  </Offered>
                }
              />
            ),
          )}
        </Route>
      </Route>
    </Routes>
  )
}

export function App() {
  return (
    <BrowserRouter>
      <Pages />
    </BrowserRouter>
  )
}
