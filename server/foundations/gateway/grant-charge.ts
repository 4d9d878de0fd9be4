import type { Refusal } from '@tiaoli/kernel/decisions'
import { GatewayUnavailable } from './gateway.errors.ts'
import type { GrantFacts, GrantUse, Plan } from './gateway.types.ts'
import { type Needed, taken } from './grant-meter.rules.ts'
import type { GrantMeter } from './grant-meter.ts'

/** What a call was let take of its grant's limits. */
export type Charge = {
  /** How many rows it may take; without limits as many as the plan gives. */
  readonly rows: number
  /** Of the grant after this call; undefined where it has no limits. */
  readonly use: GrantUse | undefined
  /** Gives back what was not taken; null where nobody knows: then all counts. */
  settle(rows: number | null): Promise<void>
}

const free: Charge = { rows: Infinity, use: undefined, settle: async () => undefined }

/** What was used so far of the grants with limits; undefined where there is none, which costs nothing. */
export function usedUnder(
  meter: GrantMeter | undefined,
  grants: readonly GrantFacts[],
): Promise<ReadonlyMap<string, GrantUse>> | undefined {
  const limited = grants.filter(({ limits }) => limits !== undefined).map(({ id }) => id)
  if (limited.length === 0 || meter === undefined) return undefined
  return meter.usedOf(limited).catch((cause: unknown) => {
    throw new GatewayUnavailable('use of a grant could not be counted', cause)
  })
}

/** Why the plan's limits would not let a call be made now; takes nothing of them. */
export async function refusedUnder(
  used: ReadonlyMap<string, GrantUse> | undefined,
  { limits, grantId }: Plan,
  needs: () => Promise<Needed>,
): Promise<Refusal | undefined> {
  if (limits === undefined || grantId === null) return undefined
  const given = taken(limits, used?.get(grantId) ?? { rowsToday: 0, requestsThisMinute: 0 }, await needs())
  return 'refusal' in given ? given.refusal : undefined
}

/** Takes of the plan's limits before anything is read. A grant whose use nobody counts gives nothing. */
export async function chargeFor(
  meter: GrantMeter | undefined,
  { limits, grantId }: Plan,
  needs: () => Promise<Needed> | Needed,
): Promise<Charge | { readonly refusal: Refusal }> {
  if (limits === undefined || grantId === null) return free
  if (meter === undefined) throw new GatewayUnavailable('nobody counts the use of grants')
  const uncounted = (cause: unknown): never => {
    throw new GatewayUnavailable('use of a grant could not be counted', cause)
  }
  const charge = await meter.take(grantId, limits, await needs()).catch(uncounted)
  if ('refusal' in charge) return charge
  return {
    rows: charge.rows,
    use: charge.use,
    settle: async (rows) => {
      if (rows === null) return
      await meter.giveBack(grantId, charge.day, Math.max(0, charge.rows - rows)).catch(uncounted)
    },
  }
}
