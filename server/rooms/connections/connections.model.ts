import type { checkFailures, connectionStates } from '@tiaoli/contract/connections'

export type ConnectionState = (typeof connectionStates)[number]
export type CheckFailure = (typeof checkFailures)[number]

/** An information system of a body (信息系统), and its connection as the platform measures it. */
export type SourceSystem = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly url: string | null
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

export type Check = {
  readonly at: Date
  readonly tookMs: number
  readonly failure: CheckFailure | null
  readonly status: number | null
  /** When the source last changed, where it says so. */
  readonly changedAt: Date | null
}
