import { existsSync } from 'node:fs'
import { LRUCache } from 'lru-cache'
import { type Duck, quoteName } from './duck.ts'
import { fieldTypes } from './field-types.ts'
import { LakeError } from './lake.errors.ts'
import { columnsOf, rowColumn } from './load-sql.ts'
import { numberColumn } from './number-rows.ts'
import { gonePath, partPaths, partsOf } from './parts.ts'
import type { Located, Scan, ScanEngine, Scanner } from './scan-engine.ts'
import { quoteText } from './sql-literals.ts'
import { createTrinoClient, type TrinoFault } from './trino-client.ts'
import { trinoDialect, trinoTypes } from './trino-dialect.ts'
import type { TrinoSettings } from './trino-settings.ts'

/** How a column is read of which only its place matters, by how Parquet keeps it. */
const physicalTypes: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  INT32: 'integer',
  INT64: 'bigint',
  FLOAT: 'real',
  DOUBLE: 'double',
}

/** Snapshots of which it is remembered that their tables are there. */
const rememberedSnapshots = 1_000

/** Columns of a file, in their order. */
type Layout = readonly { readonly name: string; readonly physical: string }[]

/**
 * Trino over the files of snapshots. Each file is a table of its own, laid over the folder of its snapshot and narrowed
 * to the file by its path: nothing is copied or moved. Tables are made when they are first read.
 */
export function createTrinoEngine(duck: Duck, settings: TrinoSettings): ScanEngine {
  const client = createTrinoClient(settings)
  const schema = `${quoteName(client.catalog)}.${quoteName(client.schema)}`
  const known = new LRUCache<string, Promise<string | undefined>>({ max: rememberedSnapshots })
  let schemaMade: Promise<unknown> | undefined

  const scanner: Scanner = {
    connected: async (signal, work) => {
      try {
        return await work({
          dialect: trinoDialect,
          rows: (sql, bound) => client.rows(sql, bound, signal),
        })
      } catch (error) {
        // Somebody has dropped it: it is made anew when it is asked for again.
        if (error instanceof LakeError && (error.cause as TrinoFault)?.reason === 'TABLE_NOT_FOUND')
          known.clear()
        throw error
      }
    },
    streamed: client.streamed,
  }

  async function layoutOf(path: string): Promise<Layout> {
    const found = await duck.connected(undefined, (session) =>
      session.rows(
        `select name, type from parquet_schema(${quoteText(path)}) where coalesce(num_children, 0) = 0`,
      ),
    )
    return found.map(({ name, type }) => ({ name: String(name), physical: String(type) }))
  }

  /** Makes the table of a file; gives it as what follows `from`, narrowed to the file. */
  async function register(snapshotId: string, path: string, types: readonly string[]): Promise<string> {
    const file = path.slice(path.lastIndexOf('/') + 1)
    const folder = `${settings.location.replace(/\/+$/, '')}/${snapshotId}`
    const table = `${schema}.${quoteName(`${snapshotId}_${file.replace(/\.parquet$/, '')}`)}`
    const columns = types.map((type, at) => `c${at} ${type}`).join(', ')
    await client.rows(
      `create table if not exists ${table} (${columns})
       with (format = 'PARQUET', external_location = ${quoteText(folder)})`,
    )
    return `${table} where "$path" = ${quoteText(`${folder}/${file}`)}`
  }

  async function relationOf({ folder, manifest }: Located): Promise<string | undefined> {
    const parts = partsOf(manifest)
    const layouts = await Promise.all(parts.map((_, part) => layoutOf(partPaths(folder, part).parquet)))
    if (layouts.some((layout) => layout.every(({ name }) => name !== numberColumn))) return undefined
    schemaMade ??= client.rows(`create schema if not exists ${schema}`)
    await schemaMade.catch((error: unknown) => {
      schemaMade = undefined
      throw error
    })
    const gone =
      parts.length > 1 && existsSync(gonePath(folder))
        ? await register(
            manifest.snapshotId,
            gonePath(folder),
            (await layoutOf(gonePath(folder))).map(({ physical }) => physicalTypes[physical] ?? 'varchar'),
          )
        : undefined
    const stored = new Map(manifest.fields.map(({ field, type }) => [field, fieldTypes[type].stored]))
    let before = 0
    const relations: string[] = []
    for (const [part, layout] of layouts.entries()) {
      const types = layout.map(({ name, physical }) => {
        const ours = stored.get(name)
        return ours === undefined ? (physicalTypes[physical] ?? 'varchar') : trinoTypes[ours]
      })
      const table = await register(manifest.snapshotId, partPaths(folder, part).parquet, types)
      const place = `c${layout.findIndex(({ name }) => name === numberColumn)}`
      const values = manifest.fields
        .flatMap(columnsOf)
        .map((column) => `c${layout.findIndex(({ name }) => name === column)} as ${quoteName(column)}`)
      const left =
        gone === undefined || part === parts.length - 1
          ? ''
          : ` and ${place} not in (select c1 from ${gone} and c0 = ${part})`
      relations.push(
        `select ${values.join(', ')}, ${place} + ${before} as ${quoteName(rowColumn)} from ${table}${left}`,
      )
      before += parts[part]!.stored
    }
    return `(${relations.join(' union all ')})`
  }

  return {
    scanOf: async (located): Promise<Scan | undefined> => {
      const { snapshotId } = located.manifest
      const relation = known.get(snapshotId) ?? relationOf(located)
      known.set(snapshotId, relation)
      relation.catch(() => known.delete(snapshotId))
      const rows = await relation
      return rows === undefined ? undefined : { scanner, dialect: trinoDialect, rows }
    },
    forget: async (snapshotId) => {
      known.delete(snapshotId)
      try {
        const tables = await client.rows(
          `select table_name from ${quoteName(client.catalog)}.information_schema.tables
           where table_schema = ? and table_name like ?`,
          [client.schema, `${snapshotId}%`],
        )
        for (const { table_name: table } of tables)
          await client.rows(`drop table if exists ${schema}.${quoteName(String(table))}`)
      } catch (error) {
        // A table has no rows of its own, so an engine that is down keeps nothing from being destroyed. Whoever destroys
        // by a rule asks for it again on the days that follow.
        if (!(error instanceof LakeError)) throw error
      }
    },
  }
}
