/** More is asked of one system than the platform asks at once; `seconds` until it is worth trying again. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy'
  readonly seconds: number
  constructor(seconds: number) {
    super('too much at once')
    this.seconds = seconds
  }
}

export type AtOnceConfig = {
  /** Pieces of work at once under one name, and how many more may wait for their turn, and how long. */
  readonly most: number
  readonly waiting: number
  readonly waitMs: number
}

export type AtOnce = ReturnType<typeof atOnce>

/** Lets a bounded number of pieces of work run at once under one name. Each node counts for itself. */
export function atOnce({ most, waiting, waitMs }: AtOnceConfig) {
  const queues = new Map<string, { running: number; readonly next: (() => void)[] }>()

  /** @throws TooBusy */
  async function turn(name: string): Promise<void> {
    const queue = queues.get(name) ?? { running: 0, next: [] }
    queues.set(name, queue)
    if (queue.running < most) {
      queue.running += 1
      return
    }
    const busy = new TooBusy(Math.max(1, Math.ceil(waitMs / 1000)))
    if (queue.next.length >= waiting) throw busy
    await new Promise<void>((resolve, reject) => {
      const called = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        queue.next.splice(queue.next.indexOf(called), 1)
        reject(busy)
      }, waitMs)
      queue.next.push(called)
    })
  }

  function leave(name: string): void {
    const queue = queues.get(name)!
    const next = queue.next.shift()
    // The place is handed on: whoever comes meanwhile does not overtake those who wait.
    if (next !== undefined) next()
    else queue.running -= 1
    if (queue.running === 0) queues.delete(name)
  }

  return {
    /** @throws TooBusy where too many run and wait, or the wait was too long */
    async run<T>(name: string, work: () => Promise<T>): Promise<T> {
      await turn(name)
      try {
        return await work()
      } finally {
        leave(name)
      }
    },
  }
}
