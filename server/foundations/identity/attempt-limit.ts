/** How many attempts one key has within a window of time, and how many keys are kept in mind. */
export type AttemptLimitConfig = {
  readonly most: number
  readonly windowMs: number
  readonly keysKept: number
  readonly now: () => number
}

export type AttemptLimit = ReturnType<typeof createAttemptLimit>

/**
 * Counts attempts by key. An attempt counts when it begins, so that many at once cannot slip through together, and
 * is given back when it turns out to be lawful. Kept in memory: each node counts for itself.
 */
export function createAttemptLimit({ most, windowMs, keysKept, now }: AttemptLimitConfig) {
  const counted = new Map<string, { attempts: number; readonly endsAt: number }>()

  function windowOf(key: string) {
    const known = counted.get(key)
    if (known !== undefined && known.endsAt > now()) return known
    const fresh = { attempts: 0, endsAt: now() + windowMs }
    counted.delete(key)
    counted.set(key, fresh)
    if (counted.size > keysKept) counted.delete(counted.keys().next().value!)
    return fresh
  }

  return {
    /** Seconds to wait where the key has used up its attempts, else 0 and the attempt is counted. */
    begin(key: string): number {
      const current = windowOf(key)
      if (current.attempts >= most) return Math.max(1, Math.ceil((current.endsAt - now()) / 1000))
      current.attempts += 1
      return 0
    },
    giveBack(key: string): void {
      const known = counted.get(key)
      if (known !== undefined && known.attempts > 0) known.attempts -= 1
    },
    forget: (key: string): void => void counted.delete(key),
  }
}
