import { openAsBlob } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import {
  type ControlledTransaction,
  Kysely,
  PGliteDialect,
  PostgresDialect,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { lockFolder } from './folder-lock.ts'

/**
 * The tables are known to the room that owns them: a store names its own with `db.withTables<…>()`.
 * Nothing outside this folder knows which engine answers.
 */
// biome-ignore lint/complexity/noBannedTypes: Kysely's own word for "no tables known yet"
export type Store = Kysely<{}>
// biome-ignore lint/complexity/noBannedTypes: as above
export type Tx = Transaction<{}> | ControlledTransaction<{}>

export type DatabaseConfig =
  | {
      readonly kind: 'embedded' /** A folder, or undefined for memory only (tests). */
      readonly folder?: string
      /** In memory only: begin with what this archive of an empty store holds, which is quicker than making one. */
      readonly archive?: string
    }
  | { readonly kind: 'server'; readonly url: string; readonly connections?: number }

export type Database = {
  readonly db: Store
  /** True where several transactions can run at once (a PostgreSQL server); the embedded store has one connection. */
  readonly manyConnections: boolean
  /** Runs a script of several statements, as migrations need. */
  script(text: string): Promise<void>
  /**
   * Runs `work` in one transaction. Pass `tx` on to every store call inside: the embedded store has one
   * connection, and a call on `db` from within `work` would wait for itself.
   */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs `work` while no other node does anything under the same name. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Until the transaction ends, no other transaction gets past a lock of the same name. */
export async function lockName(tx: Tx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}

export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  return config.kind === 'embedded' ? openEmbedded(config) : openServer(config.url, config.connections ?? 20)
}

async function openEmbedded({
  folder,
  archive,
}: Extract<DatabaseConfig, { kind: 'embedded' }>): Promise<Database> {
  if (folder !== undefined) await mkdir(folder, { recursive: true })
  const lock = folder === undefined ? undefined : await lockFolder(folder)
  const pglite = await PGlite.create({
    ...(folder !== undefined && { dataDir: folder }),
    ...(archive !== undefined && { loadDataDir: await openAsBlob(archive) }),
  }).catch((error: unknown) => {
    lock?.release()
    throw error
  })
  return embeddedIn(pglite, () => lock?.release())
}

function embeddedIn(pglite: PGlite, released: () => void): Database {
  // biome-ignore lint/complexity/noBannedTypes: as above
  const db = new Kysely<{}>({ dialect: new PGliteDialect({ pglite }) })
  return {
    db,
    manyConnections: false,
    script: async (text) => void (await pglite.exec(text)),
    inTransaction: (work) => db.transaction().execute(work),
    exclusively: (_name, work) => work(),
    close: async () => {
      await db.destroy()
      if (!pglite.closed) await pglite.close()
      released()
    },
  }
}

/** Writes an embedded store to a file, empty or as it was prepared, for many that are to be opened in memory. */
export async function archiveStore(
  file: string,
  prepare: (database: Database) => Promise<unknown> = async () => {},
): Promise<void> {
  const pglite = await PGlite.create()
  const database = embeddedIn(pglite, () => {})
  await prepare(database)
  const archive = await pglite.dumpDataDir('none')
  await database.close()
  await writeFile(file, Buffer.from(await archive.arrayBuffer()))
}

async function openServer(url: string, connections: number): Promise<Database> {
  // Counts and sums fit a JavaScript number here: everything counted is far below 2^53.
  const types = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === pg.types.builtins.INT8
        ? Number
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  }
  const pool = new pg.Pool({ connectionString: url, max: connections, types })
  // A connection that the server closes while idle is replaced by the pool; without a listener it would end us.
  pool.on('error', () => {})
  // biome-ignore lint/complexity/noBannedTypes: as above
  const db = new Kysely<{}>({ dialect: new PostgresDialect({ pool }) })
  await sql`select 1`.execute(db)
  return {
    db,
    manyConnections: true,
    script: async (text) => void (await pool.query(text)),
    inTransaction: (work) => db.transaction().execute(work),
    exclusively: async (name, work) => {
      const connection = await pool.connect()
      try {
        await connection.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
        return await work()
      } finally {
        // A connection that could not give the lock back is closed, which does; the pool must not keep it.
        await connection.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).then(
          () => connection.release(),
          () => connection.release(true),
        )
      }
    },
    close: () => db.destroy(),
  }
}
