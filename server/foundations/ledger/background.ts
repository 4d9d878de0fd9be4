/** A piece of work that runs one at a time: those who ask while it runs share the one run that comes after it. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  let queued: Promise<void> | undefined
  return () => {
    if (queued !== undefined) return queued
    const run = last.then(() => {
      queued = undefined
      return work()
    })
    queued = run
    last = run.catch(() => {})
    return run
  }
}

export type BackgroundTimes = {
  /** After a wake, so that what comes together is done together. */
  readonly settleMs: number
  /** Without a wake: for what other nodes have left. */
  readonly intervalMs: number
}

/** Runs work now and then, and soon after being woken. Failures go to `onFailure` and do not end it. */
export function createBackground(
  work: () => Promise<void>,
  times: BackgroundTimes,
  onFailure: (cause: unknown) => void,
) {
  let timer: NodeJS.Timeout | undefined
  let active = false
  let dueSoon = false
  let current: Promise<void> = Promise.resolve()

  function arm(delayMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      dueSoon = false
      current = work()
        .catch(onFailure)
        .finally(() => {
          if (active && !dueSoon) arm(times.intervalMs)
        })
    }, delayMs)
    timer.unref()
  }

  return {
    start: () => {
      if (active) return
      active = true
      arm(0)
    },
    wake: () => {
      if (!active || dueSoon) return
      dueSoon = true
      arm(times.settleMs)
    },
    stop: async () => {
      active = false
      clearTimeout(timer)
      await current
    },
  }
}
