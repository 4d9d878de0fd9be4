import type { RowFilter } from '@tiaoli/kernel/row-filters'
import { rowMatcherOf } from '../lake/index.ts'
import type { Row } from '../lake/lake.types.ts'
import type { RowReader } from './ports.ts'

/** A filter is the same object as long as the facts it came with are known: what it was made into is kept beside it. */
const matchers = new WeakMap<RowFilter, (row: Row) => boolean>()

function matcherFor(within: RowFilter): (row: Row) => boolean {
  const known = matchers.get(within)
  if (known !== undefined) return known
  const made = rowMatcherOf(within)
  matchers.set(within, made)
  return made
}

/**
 * The reader as if the snapshot had no other rows than those within. The door hands out nothing but this one, so that no
 * way out has to think of it. A row outside is told from one that does not exist by nothing.
 */
export function readerWithin(reader: RowReader, within: RowFilter | undefined): RowReader {
  if (within === undefined) return reader
  const matches = matcherFor(within)
  const telling = within.map(({ field }) => field)
  const narrowed = <Q extends { readonly filters: readonly object[] }>(query: Q): Q => ({
    ...query,
    filters: [...query.filters, ...within],
  })
  return {
    ...reader,
    rowByKey: async (key, fields) => {
      const row = await reader.rowByKey(key, [...new Set([...fields, ...telling])])
      if (row === null || !matches(row)) return null
      return Object.fromEntries(fields.map((name) => [name, row[name] ?? null]))
    },
    page: (query) => reader.page(narrowed(query)),
    aggregate: (query) => reader.aggregate(narrowed(query)),
    export: (request) => reader.export(narrowed(request)),
    checkSelection: (fields, filters) => reader.checkSelection(fields, [...filters, ...within]),
    ...(reader.guarded !== undefined && {
      guarded: {
        sizedGroups: (query, counted) => reader.guarded!.sizedGroups(narrowed(query), counted),
        // Answers are remembered with the rows that they were of, and are laid over each other on all rows.
        smallBlocks: reader.guarded.smallBlocks,
      },
    }),
  }
}
