import { type MariadbServer, startMariadb } from '../../tools/mariadb.ts'
import type { SourceDatabase } from './source-database.ts'
import { openWire } from './wire.ts'

/** Somebody's MariaDB, with an account that may read one database and nothing else, reached over a wire to be cut. */
export type SourceMariadb = SourceDatabase & { readonly password: string }

export async function openSourceMariadb(name: string): Promise<SourceMariadb> {
  const server: MariadbServer = await startMariadb()
  const password = 'synthetic-password'
  await server.query(`create database ${name}`)
  await server.query(`create user reader@'127.0.0.1' identified by '${password}'`)
  await server.query(`grant select on ${name}.* to reader@'127.0.0.1'`)
  await server.query(`use ${name}`)
  const wire = await openWire(server.port)
  return {
    url: `mysql://127.0.0.1:${wire.port}/${name}`,
    user: 'reader',
    password,
    query: server.query,
    cutAfter: wire.cutAfter,
    async close() {
      await wire.close()
      await server.stop()
    },
  }
}
