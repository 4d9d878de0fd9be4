import type { checkFailures, connectionStates } from '@tiaoli/contract/connections'
import type { SourceTable } from '../../foundations/outbound/index.ts'

export type ConnectionState = (typeof connectionStates)[number]
export type CheckFailure = (typeof checkFailures)[number]

/** An information system of a body (信息系统), and its connection as the platform measures it. */
export type SourceSystem = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  /** Of its interface (http, https) or of its database (postgresql, mysql). */
  readonly url: string | null
  /** As whom the platform signs in to the database. */
  readonly user: string | null
  readonly sealedToken: string | null
  readonly limitSeconds: number | null
  readonly state: ConnectionState
  readonly stale: boolean
  readonly checkedAt: Date | null
  readonly okAt: Date | null
  readonly changedAt: Date | null
  readonly failure: CheckFailure | null
  readonly createdAt: Date
}

/** What a look at the table of an entry found, and when its rows were counted; with a failure there is no number. */
export type Measure = {
  readonly at: Date
  readonly rows: number | null
  readonly changedAt: Date | null
  readonly failure: CheckFailure | null
}

/** An entry that a system produces or holds. */
export type Link = {
  readonly systemId: string
  readonly entryId: string
  readonly table: SourceTable | null
  readonly measure: Measure | null
  readonly stale: boolean
}

export type Check = {
  readonly at: Date
  readonly tookMs: number
  readonly failure: CheckFailure | null
  readonly status: number | null
  /** When the source last changed, where it says so. */
  readonly changedAt: Date | null
  /** Of the entries that have a table in the database, as far as their turn to be looked at had come. */
  readonly measures: ReadonlyMap<string, Measure>
}
