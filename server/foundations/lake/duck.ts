import { mkdir } from 'node:fs/promises'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { type Dialect, duckDialect } from './dialect.ts'
import { LakeError, throwIfCancelled } from './lake.errors.ts'

import type { Bound, SqlRow } from './sql-literals.ts'

export { type Bound, quoteName, quoteText, type SqlRow } from './sql-literals.ts'

/** The engine as the lake needs it: statements with bound values, cancelled by a signal. */
export type Duck = {
  /** Runs `work` on a connection of its own; aborting the signal interrupts it and throws `cancelled`. */
  connected<T>(signal: AbortSignal | undefined, work: (session: DuckSession) => Promise<T>): Promise<T>
  /** Rows in batches on a connection of their own, for as long as they are asked for. */
  streamed(sql: string, bound: readonly Bound[], signal: AbortSignal | undefined): AsyncGenerator<SqlRow[]>
  close(): void
}

/** Asks an engine for answers that are small. */
export type ScanSession = {
  readonly dialect: Dialect
  /** All rows at once. */
  rows(sql: string, bound?: readonly Bound[]): Promise<SqlRow[]>
}

export type DuckSession = ScanSession & {
  run(sql: string, bound?: readonly Bound[]): Promise<void>
  /** Rows in batches as they come: for answers of any size. */
  batches(sql: string, bound?: readonly Bound[]): AsyncGenerator<SqlRow[]>
}

export type DuckConfig = {
  readonly tempFolder: string
  readonly memoryLimitMb: number
  readonly threads: number
}

export async function openDuck(config: DuckConfig): Promise<Duck> {
  await mkdir(config.tempFolder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${config.memoryLimitMb}MB`,
    threads: String(config.threads),
    temp_directory: config.tempFolder,
    // Nothing outside asks in SQL; this keeps even a mistake of ours from loading code over the network.
    autoinstall_known_extensions: 'false',
  })
  const setting = await instance.connect()
  await setting.run("load icu; set global TimeZone = 'UTC'")
  setting.closeSync()
  return {
    connected: (signal, work) => connected(instance, signal, work),
    streamed: (sql, bound, signal) => streamed(instance, signal, sql, bound),
    close: () => instance.closeSync(),
  }
}

async function connected<T>(
  instance: DuckDBInstance,
  signal: AbortSignal | undefined,
  work: (session: DuckSession) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw new LakeError('cancelled')
  const connection = await instance.connect()
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    return await work(sessionOn(connection))
  } catch (error) {
    throw signal?.aborted ? new LakeError('cancelled', { cause: error }) : error
  } finally {
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
  }
}

/** As `connected`, for what comes in pieces: the connection stays for as long as they are asked for. */
async function* streamed(
  instance: DuckDBInstance,
  signal: AbortSignal | undefined,
  sql: string,
  bound: readonly Bound[],
): AsyncGenerator<SqlRow[]> {
  const connection = await instance.connect()
  try {
    for await (const rows of sessionOn(connection).batches(sql, bound)) {
      throwIfCancelled(signal)
      yield rows
    }
  } finally {
    connection.closeSync()
  }
}

function sessionOn(connection: DuckDBConnection): DuckSession {
  return {
    dialect: duckDialect,
    run: async (sql, bound = []) => void (await connection.run(sql, asValues(bound))),
    rows: async (sql, bound = []) =>
      (await connection.runAndReadAll(sql, asValues(bound))).getRowObjectsJS() as SqlRow[],
    async *batches(sql, bound = []) {
      const result = await connection.stream(sql, asValues(bound))
      for await (const rows of result.yieldRowObjectJs()) yield rows as SqlRow[]
    },
  }
}

const asValues = (bound: readonly Bound[]): DuckDBValue[] => [...bound]
