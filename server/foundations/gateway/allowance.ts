import { countedAs } from '../identity/index.ts'
import type { Caller } from './gateway.types.ts'

/** What a caller may take within a window: calls, rows, and milliseconds in which rows are read for it. */
export type Limits = { readonly requests: number; readonly rows: number; readonly milliseconds: number }

export type AllowanceConfig = {
  /** Of somebody without an account, by address; of a key; of an organisation or a person with all their keys. */
  readonly visitor: Limits
  readonly key: Limits
  readonly party: Limits
  /** Of all who are known, together, by the address they call from: many may stand behind one. */
  readonly shared: Limits
  readonly windowMs: number
  /** Exports that one visitor, and one organisation or person, may have open at once. */
  readonly exportsAtOnce: { readonly visitor: number; readonly party: number }
  readonly now: () => number
}

/** An export under way. Its rows count as soon as they are foreseen: who breaks it off has had them read all the same. */
export type OpenExport = {
  foresee(rows: number): void
  /** Gives back the rows that were not sent (null: nobody knows, so all count as sent) and counts the time. */
  close(taken: { readonly rows: number | null; readonly milliseconds: number }): void
}

/** What is left of the limits that bind a caller most, and until when. */
export type Standing = { readonly limits: Limits; readonly left: Limits; readonly resetSeconds: number }

export type Allowance = ReturnType<typeof createAllowance>

type Account = {
  readonly limits: Limits
  readonly spent: { -readonly [K in keyof Limits]: number }
  readonly endsAt: number
}

/** Accounts kept in mind; the one that was opened first goes first. */
const accountsKept = 100_000

type Who = Pick<Caller, 'organisationId' | 'userId'>

const isVisitor = ({ organisationId, userId }: Who): boolean => organisationId === null && userId === null
const partyOf = ({ organisationId, userId, address }: Who & Pick<Caller, 'address'>): string =>
  isVisitor({ organisationId, userId })
    ? `address ${countedAs(address ?? '')}`
    : `party ${organisationId ?? userId}`

/**
 * Counts what callers take, in windows. A call is let in as long as nothing is used up, and what it took counts against
 * the next: how many rows a call takes is known only once they are read. Kept in memory: each node counts for itself.
 */
export function createAllowance({
  visitor,
  key,
  party,
  shared,
  windowMs,
  exportsAtOnce,
  now,
}: AllowanceConfig) {
  const accounts = new Map<string, Account>()
  const exportsOpen = new Map<string, number>()

  function account(name: string, limits: Limits, at: number): Account {
    const known = accounts.get(name)
    if (known !== undefined && known.endsAt > at) return known
    const fresh: Account = {
      limits,
      spent: { requests: 0, rows: 0, milliseconds: 0 },
      endsAt: at + windowMs,
    }
    accounts.delete(name)
    accounts.set(name, fresh)
    if (accounts.size > accountsKept) accounts.delete(accounts.keys().next().value!)
    return fresh
  }

  /** Found once for a caller, who asks several times a call; a window that has ended meanwhile is another account. */
  const found = new WeakMap<Caller, readonly Account[]>()

  function accountsOf(caller: Caller, at = now()): readonly Account[] {
    const known = found.get(caller)
    if (known?.every(({ endsAt }) => endsAt > at)) return known
    const held = findAccounts(caller, at)
    found.set(caller, held)
    return held
  }

  function findAccounts({ apiKeyId, organisationId, userId, address }: Caller, at: number): Account[] {
    const name = partyOf({ organisationId, userId, address })
    if (isVisitor({ organisationId, userId })) return [account(name, visitor, at)]
    const held = [account(name, party, at)]
    if (apiKeyId !== null) held.push(account(`key ${apiKeyId}`, key, at))
    if (address !== undefined) held.push(account(`from ${countedAs(address)}`, shared, at))
    return held
  }

  const mostExports = (caller: Caller): number =>
    isVisitor(caller) ? exportsAtOnce.visitor : exportsAtOnce.party

  const leftOf = ({ limits, spent }: Account): Limits => ({
    requests: Math.max(0, limits.requests - spent.requests),
    rows: Math.max(0, limits.rows - spent.rows),
    milliseconds: Math.max(0, Math.round(limits.milliseconds - spent.milliseconds)),
  })

  const isUsedUp = (each: Account): boolean => {
    const { requests, rows, milliseconds } = leftOf(each)
    return requests === 0 || rows === 0 || milliseconds === 0
  }

  const shareOf = (left: Limits, limits: Limits): number =>
    Math.min(
      left.requests / limits.requests,
      left.rows / limits.rows,
      left.milliseconds / limits.milliseconds,
    )

  /** The account of which the smallest part is left. */
  function standing(caller: Caller): Standing {
    const at = now()
    const [first, ...others] = accountsOf(caller, at) as readonly [Account, ...Account[]]
    let nearest = first
    let left = leftOf(first)
    for (const other of others) {
      const leftOfOther = leftOf(other)
      if (shareOf(leftOfOther, other.limits) >= shareOf(left, nearest.limits)) continue
      nearest = other
      left = leftOfOther
    }
    const resetSeconds = Math.max(1, Math.ceil((nearest.endsAt - at) / 1000))
    return { limits: nearest.limits, left, resetSeconds }
  }

  const spend = (caller: Caller, taken: Partial<Limits>): void => charge(accountsOf(caller), taken)

  function charge(charged: readonly Account[], taken: Partial<Limits>): void {
    for (const { spent } of charged) {
      spent.requests += taken.requests ?? 0
      spent.rows += taken.rows ?? 0
      spent.milliseconds += taken.milliseconds ?? 0
    }
  }

  return {
    standing,
    spend,
    mostExports,
    /** As whom a caller is counted first: a key, or else an organisation, a person, an address. */
    nameOf: (caller: Caller): string =>
      caller.apiKeyId === null ? partyOf(caller) : `key ${caller.apiKeyId}`,
    /** Undefined where the caller has as many exports open as one may have. */
    openExport(caller: Caller): OpenExport | undefined {
      const name = partyOf(caller)
      const open = exportsOpen.get(name) ?? 0
      if (open >= mostExports(caller)) return undefined
      exportsOpen.set(name, open + 1)
      // What is given back goes to the window that was charged, not to a later one.
      let charged: readonly Account[] = []
      let foreseen = 0
      let closed = false
      return {
        foresee(rows) {
          charged = accountsOf(caller)
          foreseen = rows
          charge(charged, { rows })
        },
        close({ rows, milliseconds }) {
          if (closed) return
          closed = true
          const left = exportsOpen.get(name)! - 1
          if (left === 0) exportsOpen.delete(name)
          else exportsOpen.set(name, left)
          charge(charged, { rows: (rows ?? foreseen) - foreseen })
          spend(caller, { milliseconds })
        },
      }
    },
    /** Whether the caller may call now; if so the call counts. */
    enter(caller: Caller): boolean {
      const held = accountsOf(caller)
      if (held.some(isUsedUp)) return false
      charge(held, { requests: 1 })
      return true
    },
  }
}

/** The limits of an installation: a minute, and what one machine gives easily to many; `factor` makes them wider. */
export const usualLimits = (factor: number): Omit<AllowanceConfig, 'now'> => {
  const times = (limits: Limits): Limits => ({
    requests: limits.requests * factor,
    rows: limits.rows * factor,
    milliseconds: limits.milliseconds * factor,
  })
  return {
    visitor: times({ requests: 600, rows: 2_000_000, milliseconds: 30_000 }),
    key: times({ requests: 30_000, rows: 20_000_000, milliseconds: 120_000 }),
    party: times({ requests: 60_000, rows: 40_000_000, milliseconds: 240_000 }),
    shared: times({ requests: 120_000, rows: 80_000_000, milliseconds: 480_000 }),
    windowMs: 60_000,
    // Many people may stand behind one address.
    exportsAtOnce: { visitor: Math.ceil(8 * factor), party: Math.ceil(32 * factor) },
  }
}
