import type { Refusal } from '@tiaoli/kernel/decisions'
import {
  type AggregateRequest,
  type Answer,
  type Caller,
  callerOf,
  type Gateway,
  gatewayProblem,
  type Outcome,
  type PageRequest,
} from '../../foundations/gateway/index.ts'
import { nobody } from '../../foundations/identity/index.ts'

/** The gateway's no to one who asked for rows as everybody may. */
export class GatewayRefused extends Error {
  override readonly name = 'GatewayRefused'
  readonly refusal: Refusal
  readonly recordId: string
  constructor(refusal: Refusal, recordId: string) {
    super(refusal.code)
    this.refusal = refusal
    this.recordId = recordId
  }
}

export type PublicRows = ReturnType<typeof createPublicRows>

/**
 * Rows for whoever asks from `address`, as nobody in particular: decided, limited and recorded by the gateway as every
 * other access. Throws GatewayRefused, or the gateway's faults as problems.
 */
export function createPublicRows(gateway: Gateway) {
  const callerAt = (address: string): Caller => callerOf({ ...nobody, address })
  async function settle<T>(call: Promise<Outcome<Answer<T>>>): Promise<Answer<T>> {
    const outcome = await call.catch((error: unknown) => {
      throw gatewayProblem(error)
    })
    if (outcome.ok) return outcome.value
    throw new GatewayRefused(outcome.refusal, outcome.recordId)
  }
  return {
    page: (address: string, entryId: string, request: PageRequest) =>
      settle(gateway.page(callerAt(address), entryId, request, {})),
    aggregate: (address: string, entryId: string, request: AggregateRequest) =>
      settle(gateway.aggregate(callerAt(address), entryId, request, {})),
    row: (address: string, entryId: string, key: Readonly<Record<string, string>>) =>
      settle(gateway.row(callerAt(address), entryId, key, undefined, {})),
  }
}
