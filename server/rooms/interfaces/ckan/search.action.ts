import { text } from '@tiaoli/kernel/text'
import { themeTitle } from '@tiaoli/kernel/themes'
import { z } from 'zod'
import type { EntryCondition, EntryListOrder, EntryQuality } from '../../catalogue/index.ts'
import type { DescribedEntry } from '../described.model.ts'
import type { InterfacesDeps } from '../interfaces.deps.ts'
import { allOf, type PublicEntries } from '../public-entries.ts'
import { invalid, searchQuery } from './ckan.errors.ts'
import * as parameter from './parameters.ts'
import { readSolr, SolrSyntaxError } from './solr.rules.ts'

const mostFacets = 20
const longestFacet = 1_000

export const searchParameters = z.object({
  q: parameter.query.default(''),
  fq: parameter.query.default(''),
  fq_list: parameter.list(50).default([]),
  rows: parameter.count(0, 1_000).default(10),
  start: parameter.count(0, 10_000_000).default(0),
  sort: z.string().max(200).default(''),
  'facet.field': parameter.list(mostFacets).default([]),
  'facet.limit': z.coerce.number().int().min(-1).max(1_000_000).default(50),
})

const facetQualities: Readonly<Record<string, EntryQuality>> = {
  organization: 'organisation',
  owner_org: 'organisation',
  groups: 'theme',
  tags: 'keyword',
}
const orders: Readonly<Record<string, EntryListOrder['by']>> = {
  id: 'id',
  name: 'id',
  title: 'title',
  title_string: 'title',
  metadata_modified: 'modified',
  last_modified: 'modified',
  metadata_created: 'created',
}

/** The first order that is known; by relevance or id where none is asked for. */
function orderOf(sort: string): EntryListOrder | undefined {
  for (const part of sort.split(',')) {
    const [by = '', direction = 'asc'] = part.trim().toLowerCase().split(/\s+/)
    if (by === '' || by === 'score' || by === 'relevance') continue
    if (!Object.hasOwn(orders, by) || !/^(?:asc|desc)$/.test(direction))
      throw searchQuery(`Cannot sort by ${part.trim().slice(0, 60)}`)
    return { by: orders[by]!, descending: direction === 'desc' }
  }
  return undefined
}

export type Found = {
  readonly count: number
  readonly entries: readonly DescribedEntry[]
  readonly facets: Record<string, Record<string, number>>
  readonly searchFacets: object
}

/** `package_search`: free words through the catalogue's own search, the rest as a condition on the catalogue. */
export function createPackageSearch(
  entries: PublicEntries,
  { identity }: Pick<InterfacesDeps, 'identity'>,
  now: () => Date,
) {
  const read = (query: string) => {
    try {
      return readSolr(query, now(), entries.takenFreely)
    } catch (error) {
      if (error instanceof SolrSyntaxError) throw searchQuery(`Cannot parse the query: ${error.message}`)
      throw error
    }
  }

  async function facet(
    field: string,
    wanted: EntryCondition,
    limit: number,
  ): Promise<Record<string, number>> {
    const most = limit < 0 ? longestFacet : Math.min(limit, longestFacet)
    const quality = Object.hasOwn(facetQualities, field) ? facetQualities[field] : undefined
    if (quality !== undefined)
      return Object.fromEntries(
        (await entries.list.countBy(wanted, quality, most)).map(({ key, count }) => [key, count]),
      )
    if (field === 'license_id') return { notspecified: await entries.list.count(wanted) }
    if (field !== 'res_format') return {}
    const count = await entries.list.count(allOf(wanted, entries.takenFreely))
    const located = await entries.list.count(allOf(wanted, entries.takenFreely, { kind: 'located' }))
    return {
      ...Object.fromEntries(['CSV', 'XLSX', 'JSON', 'NDJSON', 'PARQUET'].map((format) => [format, count])),
      ...(located > 0 && { GEOJSON: located }),
    }
  }

  const titleOf = (field: string, key: string): string => {
    if (facetQualities[field] === 'organisation')
      return (identity.organisation(key)?.name ?? text(key, key)).zh
    return facetQualities[field] === 'theme' ? themeTitle(key).zh : key
  }

  return async (asked: z.output<typeof searchParameters>): Promise<Found> => {
    const fields = [...new Set(asked['facet.field'])]
    if (fields.length > mostFacets) throw invalid({ 'facet.field': [`At most ${mostFacets} fields`] })
    const parts = [asked.q, asked.fq, ...asked.fq_list].map(read)
    const ids = await entries.found(parts.map(({ words }) => words).join(' '))
    const wanted = allOf(
      ...parts.map(({ condition }) => condition),
      ...(ids === undefined ? [] : [{ kind: 'is' as const, what: 'id' as const, values: ids }]),
    )
    const order = orderOf(asked.sort)
    const page = { offset: asked.start, limit: asked.rows }
    const found =
      ids === undefined || order !== undefined
        ? await entries.list.entries(wanted, order ?? { by: 'modified', descending: true }, page)
        : await inOrderOf(ids, wanted, page)
    const facets: Record<string, Record<string, number>> = {}
    for (const field of fields) facets[field] = await facet(field, wanted, asked['facet.limit'])
    return {
      count: await entries.list.count(wanted),
      entries: found.map(entries.described),
      facets,
      searchFacets: Object.fromEntries(
        Object.entries(facets).map(([field, counts]) => [
          field,
          {
            title: field,
            items: Object.entries(counts).map(([name, count]) => ({
              name,
              display_name: titleOf(field, name),
              count,
            })),
          },
        ]),
      ),
    }
  }

  /** The best first, as the catalogue's search put them. */
  async function inOrderOf(
    ids: readonly string[],
    wanted: EntryCondition,
    page: { offset: number; limit: number },
  ) {
    const found = await entries.list.entries(wanted, { by: 'id', descending: false }, { limit: ids.length })
    const place = new Map(ids.map((id, index) => [id, index]))
    return found
      .sort((a, b) => place.get(a.id)! - place.get(b.id)!)
      .slice(page.offset, page.offset + page.limit)
  }
}
