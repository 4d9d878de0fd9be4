import { dialectOf } from './database-address.ts'
import { OutboundError } from './outbound-error.ts'
import { readMysql } from './read-mysql.ts'
import { readPostgres } from './read-postgres.ts'
import type { DatabaseAddress, DatabaseReader } from './source-database.ts'

const readers = { postgresql: readPostgres, mysql: readMysql }

/** Signs in, works in one transaction that reads only, and leaves. @throws OutboundError */
export function readDatabase<T>(
  address: DatabaseAddress,
  work: (reader: DatabaseReader) => Promise<T>,
): Promise<T> {
  const dialect = dialectOf(address.url)
  if (dialect === undefined) return Promise.reject(new OutboundError('address-not-allowed'))
  return readers[dialect](address, work)
}
