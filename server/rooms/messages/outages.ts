import type { Clock } from '@tiaoli/kernel/instants'

/** How long nobody else tries a receiver that could not be reached. */
const pauseMs = 5 * 60_000
const receiversKept = 1_000

/**
 * Which receivers could not be reached a moment ago. A mail server that hangs for seconds must not hold up the work of
 * the house once for every notice: the first that finds it so says so to the others. In memory, for each node by itself:
 * a second node finds out at the cost of one attempt.
 */
export function createOutages(clock: Clock) {
  const until = new Map<string, number>()
  return {
    /** When a receiver may be tried again; undefined where it may be now. */
    lasting(receiver: string): Date | undefined {
      const end = until.get(receiver)
      return end !== undefined && end > clock.now().getTime() ? new Date(end) : undefined
    },
    note(receiver: string): void {
      until.delete(receiver)
      until.set(receiver, clock.now().getTime() + pauseMs)
      if (until.size > receiversKept) until.delete(until.keys().next().value!)
    },
  }
}
