import { LedgerError } from './ledger.errors.ts'

/**
 * Lets callers that come together share one write: those of the same turn of the event loop, and those that come
 * while a write is under way. Where nothing is under way a caller waits for nobody.
 */
export type GroupCommit<Item, Outcome> = {
  /** Resolves with what the write of the item's group gave. */
  add(item: Item): Promise<Outcome>
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>
}

type Waiting<Item, Outcome> = {
  readonly item: Item
  resolve(outcome: Outcome): void
  reject(cause: unknown): void
}

export type GroupLimits = {
  readonly itemsPerWrite: number
  /**
   * So many have to wait before a second write begins beside the one under way, which then waits for the disk while the
   * other is prepared. Fewer are better off together: two halves cost two journeys.
   */
  readonly itemsForSecondWrite: number
  /** More than this are divided: a group takes no more than half of those who call. See `groupSize`. */
  readonly itemsUndivided: number
  /** More callers than this are turned away, so that a slow disk cannot fill the memory. */
  readonly waitingItems: number
}

export function createGroupCommit<Item, Outcome>(
  write: (items: readonly Item[]) => Promise<Outcome>,
  limits: GroupLimits,
): GroupCommit<Item, Outcome> {
  const waiting: Waiting<Item, Outcome>[] = []
  let writes = 0
  let scheduled = false
  let sizeBefore = 0
  let idle: (() => void)[] = []

  const mayWrite = (): boolean =>
    writes === 0 ? waiting.length > 0 : writes === 1 && waiting.length >= limits.itemsForSecondWrite

  function schedule(): void {
    if (scheduled || !mayWrite()) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      void writeGroup()
    })
  }

  /**
   * Half of those who wait and of those served before, who are about to call again. Callers over a network then come in
   * two equal groups, one in the database while the other is answered. Whoever takes all that wait keeps for ever the
   * proportion that chance has made: with 1 and 63 the server waits for the database, then the database for the server.
   * Callers who are back at once all wait already, and end up in one group.
   */
  const groupSize = (): number =>
    Math.min(
      limits.itemsPerWrite,
      Math.max(limits.itemsUndivided, Math.ceil((waiting.length + sizeBefore) / 2)),
    )

  async function writeGroup(): Promise<void> {
    const group = waiting.splice(0, groupSize())
    sizeBefore = group.length
    writes++
    try {
      const outcome = await write(group.map((each) => each.item))
      for (const each of group) each.resolve(outcome)
    } catch (cause) {
      for (const each of group) each.reject(cause)
    } finally {
      writes--
      schedule()
      if (writes === 0 && waiting.length === 0) {
        for (const resolve of idle) resolve()
        idle = []
      }
    }
  }

  return {
    add: (item) => {
      if (waiting.length >= limits.waitingItems)
        return Promise.reject(new LedgerError('ledger-full', `${waiting.length} records wait`))
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        schedule()
      })
    },
    drained: async () => {
      if (writes > 0 || waiting.length > 0) await new Promise<void>((resolve) => idle.push(resolve))
    },
  }
}
