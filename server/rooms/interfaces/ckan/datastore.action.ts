import { z } from 'zod'
import type { Filter } from '../../../foundations/lake/index.ts'
import { isPublic } from '../describe.rules.ts'
import type { DescribedEntry } from '../described.model.ts'
import type { OffsetReader } from '../offset-reader.ts'
import type { PublicEntries } from '../public-entries.ts'
import { notFound } from './ckan.errors.ts'
import { columnTypeOf, entryIdOf } from './package.rules.ts'
import * as parameter from './parameters.ts'

export const datastoreParameters = z.object({
  resource_id: parameter.id,
  filters: parameter.filters.default({}),
  fields: parameter.names.optional(),
  sort: z.string().max(1_000).default(''),
  limit: parameter.count(0, 32_000).default(100),
  offset: parameter.count(0, Number.MAX_SAFE_INTEGER).default(0),
})

type Asked = z.output<typeof datastoreParameters>

/** Rows of open entries as CKAN's DataStore gives them, through the gateway. */
export function createDatastore(entries: PublicEntries, read: OffsetReader) {
  async function tableOf(resourceId: string): Promise<DescribedEntry> {
    const entry = await entries.find(entryIdOf(resourceId))
    if (entry === undefined) throw notFound()
    return entry
  }

  async function search(asked: Asked, address: string): Promise<object> {
    const entry = await tableOf(asked.resource_id)
    const query = {
      ...(asked.fields === undefined ? {} : { fields: asked.fields }),
      filters: filtersOf(asked.filters),
      sort: sortOf(asked.sort),
    }
    const {
      rows: found,
      total,
      plan,
      recordId,
    } = await read(address, entry.id, query, asked.offset, asked.limit)
    const records = found.map((row, index) => ({ _id: asked.offset + index + 1, ...row }))
    const shown = plan.fields.map(({ name, type }) => ({ id: name, type: columnTypeOf(type) }))
    const linkTo = (offset: number) =>
      `/api/3/action/datastore_search?${new URLSearchParams({ resource_id: asked.resource_id, limit: String(asked.limit), offset: String(offset) })}`
    return {
      resource_id: asked.resource_id,
      include_total: true,
      records_format: 'objects',
      limit: asked.limit,
      ...(asked.offset > 0 ? { offset: asked.offset } : {}),
      fields: [{ id: '_id', type: 'int' }, ...shown],
      records,
      _links: { start: linkTo(0), next: linkTo(asked.offset + asked.limit) },
      total,
      total_was_estimated: false,
      total_estimation_threshold: null,
      // Not of CKAN: what proves that these rows were given.
      record_id: recordId,
    }
  }

  async function info(resourceId: string): Promise<object> {
    const entry = await tableOf(resourceId)
    return {
      meta: { id: resourceId, count: entry.rows ?? 0, table_type: 'BASE TABLE' },
      fields: entry.fields.filter(isPublic).map(({ name, type, meaning }) => ({
        id: name,
        type: columnTypeOf(type),
        info: { label: name, notes: meaning },
      })),
    }
  }
  return { search, info }
}

const filtersOf = (filters: Asked['filters']): Filter[] =>
  Object.entries(filters).map(([field, value]) =>
    Array.isArray(value)
      ? { field, operator: 'in', values: value }
      : { field, operator: 'eq', values: [value] },
  )

/** `name`, `name desc`, several separated by commas; a name may stand in double quotes. */
const sortOf = (sort: string): { field: string; descending: boolean }[] =>
  sort
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, quoted, name, direction] =
        /^(?:"([^"]+)"|(.+?))(?:\s+(asc|desc)(?:\s+nulls\s+(?:first|last))?)?$/i.exec(part)!
      return { field: (quoted ?? name)!, descending: direction?.toLowerCase() === 'desc' }
    })
