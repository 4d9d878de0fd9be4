import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '@tiaoli/kernel/ids'
import { cursorAfter, rowOfCursor } from './cursors.ts'
import { type Dialect, duckDialect } from './dialect.ts'
import { type Bound, type Duck, quoteName, quoteText } from './duck.ts'
import { keepAnswer, shownType } from './far-answer.ts'
import { fieldTypes } from './field-types.ts'
import { conditionOf, type Fields, fieldsOf, requireField } from './filters.ts'
import { LakeError } from './lake.errors.ts'
import { maxPageRows } from './lake.limits.ts'
import type { DiffPage, DiffQuery, Row, RowDiff } from './lake.types.ts'
import { copyToParquet } from './load.ts'
import { rowColumn } from './load-sql.ts'
import type { Located, Scans } from './scan-engine.ts'

/** Differences that were found are kept for the pages that follow: this many. */
const heldDifferences = 32

/**
 * Finds how two snapshots differ. What was found lies as a file of its own until others push it out, so that a page
 * costs the same wherever it is and the differences are counted once.
 */
export function createDiffs(duck: Duck, scans: Scans, tempFolder: string) {
  const held = new Map<string, Promise<string>>()

  async function found(earlier: Located, later: Located, query: DiffQuery): Promise<string> {
    const name = nameOf(earlier, later, query)
    const known = held.get(name)
    const path =
      known ??
      findDifferences({ duck, scans }, join(tempFolder, `diff-${name}.parquet`), earlier, later, query)
    held.delete(name)
    held.set(name, path)
    path.catch(() => held.delete(name))
    const [oldest] = held.keys()
    if (held.size > heldDifferences && oldest !== undefined) await forget(oldest)
    return path
  }

  async function forget(name: string): Promise<void> {
    const path = held.get(name)
    held.delete(name)
    await path?.then((known) => rm(known, { force: true })).catch(() => undefined)
  }

  return {
    /** Throws `unknown-field`, `bad-filter`, `bad-query`, `bad-cursor`. */
    async page(earlier: Located, later: Located, query: DiffQuery): Promise<DiffPage> {
      if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > maxPageRows)
        throw new LakeError('bad-query')
      const path = await found(earlier, later, query)
      const scope = { snapshotId: nameOf(earlier, later, query), filters: [], sort: [] }
      const after = query.cursor === undefined ? -1 : rowOfCursor(query.cursor, scope)
      return duck.connected(undefined, async (session) => {
        const rows = await session.rows(
          `select *, file_row_number as ${rowColumn} from read_parquet(${quoteText(path)}, file_row_number = true)
           where file_row_number > ${after} order by file_row_number limit ${query.limit + 1}`,
        )
        const counts = await session.rows(
          `select kind, count(*)::double as n from read_parquet(${quoteText(path)}) group by kind`,
        )
        const countOf = (kind: number) => Number(counts.find((each) => Number(each.kind) === kind)?.n ?? 0)
        const page = rows.slice(0, query.limit)
        const last = page.at(-1)
        return {
          rows: page.map((row) => differenceOf(row, query.fields)),
          nextCursor: rows.length > query.limit && last ? cursorAfter(Number(last[rowColumn]), scope) : null,
          added: countOf(kinds.indexOf('added')),
          changed: countOf(kinds.indexOf('changed')),
          removed: countOf(kinds.indexOf('removed')),
        }
      })
    },
  }
}

const kinds = ['added', 'changed', 'removed'] as const

function differenceOf(row: Readonly<Record<string, Bound>>, fields: readonly string[]): RowDiff {
  const side = (letter: string): Row =>
    Object.fromEntries(fields.map((field, at) => [field, row[`${letter}${at}`] ?? null]))
  const kind = kinds[Number(row.kind)]!
  return {
    kind,
    before: kind === 'added' ? null : side('b'),
    after: kind === 'removed' ? null : side('a'),
  }
}

const nameOf = (earlier: Located, later: Located, { fields, compared, filters }: DiffQuery): string =>
  createHash('sha256')
    .update(
      JSON.stringify([earlier.manifest.snapshotId, later.manifest.snapshotId, fields, compared, filters]),
    )
    .digest('hex')
    .slice(0, 40)

/** Writes the differences in one order: what is new or changed as it lies in the later snapshot, then what is gone. */
async function findDifferences(
  { duck, scans }: { readonly duck: Duck; readonly scans: Scans },
  path: string,
  earlier: Located,
  later: Located,
  query: DiffQuery,
): Promise<string> {
  const sides = [earlier, later].map(({ manifest }) => fieldsOf(manifest.fields))
  const [before, after] = sides as [ReturnType<typeof fieldsOf>, ReturnType<typeof fieldsOf>]
  for (const field of [...query.fields, ...query.compared])
    if (requireField(after, field) !== requireField(before, field))
      throw new LakeError('unknown-field', { field })
  if (query.fields.length === 0) throw new LakeError('bad-query')
  const read = await scans.suited([earlier, later])
  const { scanner, dialect } = read[0]!
  const conditions = sides.map((fields) => conditionOf(query.filters, fields, dialect))
  const relation = (at: number) => `(select * from ${read[at]!.rows} where ${conditions[at]!.sql})`
  const show = (alias: string, letter: string) =>
    query.fields.map(
      (field, at) => `${dialect.show(after.get(field)!, `${alias}.${quoteName(field)}`)} as ${letter}${at}`,
    )
  const keys = later.manifest.keyFields
  const keyed = keys.length > 0 && keys.join('\n') === earlier.manifest.keyFields.join('\n')
  const sql = keyed
    ? byKey(relation(0), relation(1), keys, query, show)
    : byWholeRow(relation(0), relation(1), query.compared, show, sameRow(query.compared, after, dialect))
  const making = `${path}.${newId()}.making`
  try {
    const bound = conditions.flatMap((condition) => condition.bound)
    if (dialect === duckDialect)
      await duck.connected(undefined, (session) => copyToParquet(session, sql, making, bound))
    else {
      const columns = ['b', 'a'].flatMap((letter) =>
        query.fields.map((field, at) => [`${letter}${at}`, shownType(after.get(field)!)]),
      )
      await keepAnswer(
        duck,
        scanner.streamed(sql, bound, undefined),
        { kind: 'INTEGER', ...Object.fromEntries(columns) },
        making,
      )
    }
    await rename(making, path)
  } catch (error) {
    if (existsSync(making)) await rm(making)
    throw error
  }
  return path
}

type Shown = (alias: string, letter: string) => string[]

/** Rows of one key are one row that may have changed. */
function byKey(
  before: string,
  after: string,
  keys: readonly string[],
  { compared }: DiffQuery,
  show: Shown,
): string {
  const same = keys.map((key) => `b.${quoteName(key)} = a.${quoteName(key)}`).join(' and ')
  const first = quoteName(keys[0]!)
  const differs = compared
    .map((field) => `b.${quoteName(field)} is distinct from a.${quoteName(field)}`)
    .join(' or ')
  return `select case when b.${first} is null then 0 when a.${first} is null then 2 else 1 end as kind,
      ${[...show('b', 'b'), ...show('a', 'a')].join(', ')}
    from ${before} b full join ${after} a on ${same}
    where b.${first} is null or a.${first} is null ${differs === '' ? '' : `or ${differs}`}
    order by a.${rowColumn} nulls last, b.${rowColumn}`
}

/** Rows without identity are there as often as they are there; none of them is changed. */
function byWholeRow(
  before: string,
  after: string,
  compared: readonly string[],
  show: Shown,
  same: SameRow,
): string {
  const names = compared.map(quoteName).join(', ')
  const counted = (rows: string) =>
    `(select *, row_number() over (partition by ${names} order by ${rowColumn}) as _nth${same.beside} from ${rows})`
  return `select case when b._nth is null then 0 else 2 end as kind,
      ${[...show('b', 'b'), ...show('a', 'a')].join(', ')}
    from ${counted(before)} b full join ${counted(after)} a on ${same.condition} and b._nth = a._nth
    where b._nth is null or a._nth is null
    order by a.${rowColumn} nulls last, b.${rowColumn}`
}

/** How rows without identity are told to be equal: a column that is needed for it, and the condition. */
type SameRow = { readonly beside: string; readonly condition: string }

/**
 * Two absent values are equal here. An engine that cannot join by that joins by one text of all values, each after its
 * length, so that no two rows that differ share it.
 */
function sameRow(compared: readonly string[], fields: Fields, dialect: Dialect): SameRow {
  if (dialect.joinsAbsent) {
    const equal = compared.map((field) => `b.${quoteName(field)} is not distinct from a.${quoteName(field)}`)
    return { beside: '', condition: equal.join(' and ') }
  }
  const values = compared.map((field) => {
    const type = fields.get(field)!
    // Zero has one sign only.
    const plain = fieldTypes[type].stored === 'DOUBLE' ? `(${quoteName(field)} + 0)` : quoteName(field)
    const value = dialect.exact(type, plain)
    return `coalesce(cast(length(${value}) as varchar) || ':' || ${value}, '-')`
  })
  return { beside: `, ${values.join(` || ' ' || `)} as _same`, condition: 'b._same = a._same' }
}
