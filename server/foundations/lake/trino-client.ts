import { setTimeout as pause } from 'node:timers/promises'
import type { Bound, SqlRow } from './duck.ts'
import { LakeError } from './lake.errors.ts'
import { withLiterals } from './sql-literals.ts'
import type { TrinoServer } from './trino-settings.ts'

/** A statement that Trino gave up, by its own name for the reason. */
export class TrinoFault extends Error {
  override readonly name = 'TrinoFault'
  readonly reason: string

  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

/** A piece of an answer, as the protocol has it. */
type Piece = {
  readonly nextUri?: string
  readonly columns?: readonly { readonly name: string }[]
  readonly data?: readonly (readonly Bound[])[]
  readonly error?: { readonly errorName: string; readonly message: string }
}

const mostTries = 5
const betweenTriesMs = 100

export type TrinoClient = ReturnType<typeof createTrinoClient>

/**
 * Trino's client protocol: a statement is posted, and its rows are fetched piece by piece for as long as they are asked
 * for. Throws `engine-unavailable`, `engine-time-limit`, `cancelled`.
 */
export function createTrinoClient({ url, catalog, schema, answerSeconds }: TrinoServer) {
  const { username, password, origin } = new URL(url)
  const user = decodeURIComponent(username) || 'tiaoli'
  const headers: Record<string, string> = {
    'x-trino-user': user,
    'x-trino-catalog': catalog,
    'x-trino-schema': schema,
    'x-trino-source': 'tiaoli',
    'x-trino-time-zone': 'UTC',
    // Columns are named by their place: names of fields are anything.
    'x-trino-session': `${catalog}.parquet_use_column_names=false`,
    ...(password && {
      authorization: `Basic ${Buffer.from(`${user}:${decodeURIComponent(password)}`).toString('base64')}`,
    }),
  }

  async function piece(path: string, init: RequestInit): Promise<Piece> {
    for (let tries = 1; ; tries++) {
      const response = await fetch(new URL(path, origin), { ...init, headers, redirect: 'error' })
      if (response.ok) return (await response.json()) as Piece
      await response.body?.cancel()
      // Said by the protocol to mean: the same once more, shortly after.
      if (![429, 502, 503, 504].includes(response.status) || tries === mostTries)
        throw new Error(`Trino answered with status ${response.status}`)
      await pause(betweenTriesMs * tries, undefined, init.signal ? { signal: init.signal } : {})
    }
  }

  async function* pieces(sql: string, limits: () => AbortSignal): AsyncGenerator<SqlRow[]> {
    let next: string | undefined
    try {
      let found = await piece('/v1/statement', { method: 'POST', body: sql, signal: limits() })
      let names: readonly string[] = []
      for (;;) {
        next = found.nextUri && pathOf(found.nextUri)
        if (found.error) throw new TrinoFault(found.error.errorName, found.error.message)
        if (found.columns) names = found.columns.map(({ name }) => name)
        if (found.data) yield found.data.map((row) => rowOf(names, row))
        if (next === undefined) return
        found = await piece(next, { signal: limits() })
      }
    } finally {
      // Whoever asked has gone, or failed: the engine stops as well. Else it would by itself, minutes later.
      if (next !== undefined)
        await fetch(new URL(next, origin), {
          method: 'DELETE',
          headers,
          signal: AbortSignal.timeout(5_000),
        }).catch(() => undefined)
    }
  }

  async function* told(
    sql: string,
    bound: readonly Bound[],
    signal: AbortSignal | undefined,
    limit: () => AbortSignal,
  ): AsyncGenerator<SqlRow[]> {
    if (signal?.aborted) throw new LakeError('cancelled')
    try {
      yield* pieces(withLiterals(sql, bound), () =>
        signal === undefined ? limit() : AbortSignal.any([signal, limit()]),
      )
    } catch (cause) {
      if (signal?.aborted) throw new LakeError('cancelled', { cause })
      const late =
        (cause as Error).name === 'TimeoutError' ||
        (cause instanceof TrinoFault && cause.reason === 'EXCEEDED_TIME_LIMIT')
      throw new LakeError(late ? 'engine-time-limit' : 'engine-unavailable', { cause })
    }
  }

  return {
    catalog,
    schema,
    rows: async (sql: string, bound: readonly Bound[] = [], signal?: AbortSignal): Promise<SqlRow[]> => {
      const deadline = AbortSignal.timeout(answerSeconds * 1_000)
      const rows: SqlRow[] = []
      for await (const batch of told(sql, bound, signal, () => deadline)) rows.push(...batch)
      return rows
    },
    streamed: (sql: string, bound: readonly Bound[], signal: AbortSignal | undefined) =>
      told(sql, bound, signal, () => AbortSignal.timeout(answerSeconds * 1_000)),
  }
}

/** What follows is asked of the address that was told, whatever name Trino gives itself. */
function pathOf(uri: string): string {
  const { pathname, search } = new URL(uri)
  return pathname + search
}

const rowOf = (names: readonly string[], row: readonly Bound[]): SqlRow =>
  Object.fromEntries(names.map((name, at) => [name, row[at] ?? null]))
