import { text } from '@tiaoli/kernel/text'
import { themes, themeTitle } from '@tiaoli/kernel/themes'
import { z } from 'zod'
import type { DescribedEntry } from '../described.model.ts'
import type { InterfacesDeps } from '../interfaces.deps.ts'
import type { OffsetReader } from '../offset-reader.ts'
import { all, type PublicEntries } from '../public-entries.ts'
import { invalid, notFound } from './ckan.errors.ts'
import { createDatastore, datastoreParameters } from './datastore.action.ts'
import { entryIdOf, groupOf, organisationOf, packageOf, resourcesOf, tagOf } from './package.rules.ts'
import * as parameter from './parameters.ts'
import { createPackageSearch, searchParameters } from './search.action.ts'

/** The version of CKAN whose reading side this is: clients choose their ways by it. */
export const ckanVersion = '2.11.5'
const mostNames = 1_000

export type Action = {
  readonly docs: string
  /** Throws CkanError, GatewayRefused or a Problem; `address` is where the call comes from. */
  run(given: Readonly<Record<string, unknown>>, address: string): unknown
}

/** One action: what it takes, checked in CKAN's way, and what it answers. */
function action<T extends z.ZodType>(
  docs: string,
  parameters: T,
  run: (asked: z.output<T>, address: string) => unknown,
): Action {
  return {
    docs,
    run(given, address) {
      const read = parameters.safeParse(given)
      if (read.success) return run(read.data, address)
      throw invalid(
        Object.fromEntries(
          read.error.issues.map(({ path, message, input }) => [
            String(path[0] ?? 'data'),
            [input === undefined ? 'Missing value' : message],
          ]),
        ),
      )
    },
  }
}

const listParameters = z.object({
  all_fields: parameter.truth.default(false),
  limit: parameter.count(0, mostNames).default(mostNames),
  offset: parameter.count(0, 10_000_000).default(0),
})
const idParameter = z.object({ id: parameter.id })

/** The reading side of CKAN's Action API, by name of action. */
export function createCkanActions(
  entries: PublicEntries,
  read: OffsetReader,
  deps: Pick<InterfacesDeps, 'identity' | 'publicUrl'>,
  now: () => Date,
): ReadonlyMap<string, Action> {
  const { identity, publicUrl } = deps
  const search = createPackageSearch(entries, deps, now)
  const datastore = createDatastore(entries, read)
  const byId = { by: 'id', descending: false } as const

  async function entryOf(id: string): Promise<DescribedEntry> {
    const entry = await entries.find(id)
    if (entry === undefined) throw notFound()
    return entry
  }
  const countsBy = async (what: 'organisation' | 'theme') =>
    new Map((await entries.list.countBy(all, what, 10_000)).map(({ key, count }) => [key, count]))

  /** Bodies that publish; one that is no more is found by its id as long as it has entries. */
  async function organisations(): Promise<object[]> {
    const counts = await countsBy('organisation')
    return [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, count]) => ({
        ...organisationOf(id, identity.organisation(id)?.name ?? text(id, id)),
        package_count: count,
      }))
  }
  async function groups(): Promise<object[]> {
    const counts = await countsBy('theme')
    return [...new Set([...Object.keys(themes), ...counts.keys()])].sort().map((key) => ({
      ...groupOf(key, themeTitle(key)),
      package_count: counts.get(key) ?? 0,
    }))
  }
  const listOf = (docs: string, read: () => Promise<object[]>) =>
    action(docs, listParameters, async ({ all_fields, limit, offset }) => {
      const page = (await read()).slice(offset, offset + limit)
      return all_fields ? page : page.map((each) => (each as { name: string }).name)
    })
  const shown = (docs: string, read: () => Promise<object[]>) =>
    action(docs, idParameter, async ({ id }) => {
      const found = (await read()).find((each) => (each as { id: string }).id === id)
      if (found === undefined) throw notFound()
      return { ...found, extras: [], users: [], tags: [], groups: [], packages: [] }
    })
  const page = ({ limit, offset }: z.output<typeof listParameters>) =>
    entries.list.entries(all, byId, { offset, limit })

  const actions: Record<string, Action> = {
    site_read: action('Whether the site may be read', z.object({}), () => true),
    status_show: action('Version and extensions of the site', z.object({}), () => ({
      site_title: entries.catalogue().title.zh,
      site_description: entries.catalogue().description.zh,
      site_url: publicUrl,
      ckan_version: ckanVersion,
      error_emails_to: null,
      locale_default: 'zh_Hans_CN',
      extensions: ['datastore', 'dcat'],
    })),
    package_list: action('Names of all datasets', listParameters, async (asked) =>
      (await page(asked)).map(({ id }) => id),
    ),
    current_package_list_with_resources: action('All datasets, page by page', listParameters, async (asked) =>
      (await page(asked)).map((entry) => packageOf(entries.described(entry))),
    ),
    package_show: action('One dataset', idParameter, async ({ id }) => packageOf(await entryOf(id))),
    package_search: action('Datasets that a query finds', searchParameters, async (asked) => {
      const { count, entries: found, facets, searchFacets } = await search(asked)
      return {
        count,
        sort: asked.sort || 'score desc, metadata_modified desc',
        facets,
        search_facets: searchFacets,
        results: found.map(packageOf),
      }
    }),
    resource_show: action('One file of a dataset', idParameter, async ({ id }) => {
      const found = resourcesOf(await entryOf(entryIdOf(id))).find(
        (each) => (each as { id: string }).id === id,
      )
      if (found === undefined) throw notFound()
      return found
    }),
    organization_list: listOf('Bodies that publish', organisations),
    organization_show: shown('One body that publishes', organisations),
    group_list: listOf('Themes', groups),
    group_show: shown('One theme', groups),
    tag_list: action(
      'Keywords, the most frequent 1,000',
      z.object({ query: z.string().max(200).default(''), all_fields: parameter.truth.default(false) }),
      async ({ query, all_fields }) => {
        const tags = (await entries.list.countBy(all, 'keyword', mostNames))
          .map(({ key }) => key)
          .filter((key) => key.toLowerCase().includes(query.toLowerCase()))
          .sort()
        return all_fields ? tags.map(tagOf) : tags
      },
    ),
    license_list: action('Licences: terms stand in each entry instead', z.object({}), () => [
      { id: 'notspecified', title: 'License not specified', url: '', status: 'active' },
    ]),
    datastore_search: action('Rows of an open dataset', datastoreParameters, datastore.search),
    datastore_info: action('Columns of a dataset', idParameter, ({ id }) => datastore.info(id)),
    help_show: action('What an action does', z.object({ name: z.string().max(100) }), ({ name }) => {
      const found = Object.hasOwn(actions, name) ? actions[name] : undefined
      if (found === undefined) throw notFound()
      return found.docs
    }),
  }
  return new Map(Object.entries(actions))
}
