import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Database, Store, Tx } from '../database/index.ts'

/** Does one job. `subject` names what it is about; it may be done twice, so doing it again must be harmless. */
export type JobHandler = (subject: string, signal: AbortSignal) => Promise<void>

/** Told that a job has failed for the last time, before it is left lying: whoever waits for it has to learn of it. */
export type JobGivenUp = (subject: string, cause: unknown) => Promise<void>

type LeasedJob = {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly attempts: number
  readonly lease: string
}

export type JobsConfig = {
  readonly database: Database
  readonly clock: Clock
  readonly onError: (kind: string, subject: string, error: unknown) => void
  readonly pollMs?: number
  readonly concurrency?: number
}

const leaseMs = 30_000
const leaseTime = `${leaseMs} milliseconds`
const maxAttempts = 5

export type Jobs = ReturnType<typeof createJobs>

/**
 * Work that outlives a process: a row says what is to be done and when, by the installation's clock. A node leases
 * a job and renews the lease while it works; the job of a node that died is taken up when its lease has run out.
 */
export function createJobs({ database, clock, onError, pollMs = 1000, concurrency = 2 }: JobsConfig) {
  const handlers = new Map<string, { handle: JobHandler; givenUp: JobGivenUp | undefined }>()
  /** By lease. */
  const running = new Map<string, { abort: AbortController; done: Promise<void> }>()
  let timer: NodeJS.Timeout | undefined
  let polling: Promise<void> | undefined
  let stopped = false

  /** Files a job, in the transaction of what makes it necessary. */
  async function file(tx: Store | Tx, kind: string, subject: string, dueAt: Date): Promise<void> {
    await sql`insert into job (id, kind, subject, due_at) values (${newId()}, ${kind}, ${subject}, ${dueAt})
      on conflict (kind, subject) do update set due_at = excluded.due_at, attempts = 0, failed_at = null, failure = null`.execute(
      tx,
    )
  }

  async function lease(limit: number): Promise<LeasedJob[]> {
    // Leases are told by the system's time, not by a set clock: they are about processes, not about the law.
    const { rows } = await sql<LeasedJob>`
      update job set lease = gen_random_uuid()::text, leased_until = now() + ${leaseTime}::interval, attempts = attempts + 1
      where id in (
        select id from job
        where due_at <= ${clock.now()} and failed_at is null and (leased_until is null or leased_until < now())
        order by due_at limit ${limit} for update skip locked)
      returning id, kind, subject, attempts, lease`.execute(database.db)
    return rows
  }

  /** False where the lease ran out meanwhile and the job is another's. */
  async function renewed({ lease }: LeasedJob): Promise<boolean> {
    const result = await sql`update job set leased_until = now() + ${leaseTime}::interval
      where lease = ${lease}`.execute(database.db)
    return Number(result.numAffectedRows) === 1
  }

  /** Takes the job away. One that was filed again while it ran has lost its attempts: it stays, and is due once more. */
  async function conclude({ lease, attempts }: LeasedJob): Promise<void> {
    await sql`delete from job where lease = ${lease} and attempts = ${attempts}`.execute(database.db)
    await release(lease)
  }

  async function postpone({ lease, attempts }: LeasedJob, failure: string, final: boolean): Promise<void> {
    const retryAt = new Date(clock.now().getTime() + 1000 * 4 ** attempts)
    await sql`update job set failure = ${failure}, failed_at = ${final ? clock.now() : null}, due_at = ${retryAt}
      where lease = ${lease} and attempts = ${attempts}`.execute(database.db)
    await release(lease)
  }

  const release = (lease: string) =>
    sql`update job set lease = null, leased_until = null where lease = ${lease}`.execute(database.db)

  function run(job: LeasedJob): Promise<void> {
    const abort = new AbortController()
    const renew = setInterval(() => {
      renewed(job)
        .catch(() => false)
        .then((held) => held || abort.abort(new Error('the lease could not be renewed')))
    }, leaseMs / 3)
    const done = (async () => {
      const handler = handlers.get(job.kind)
      try {
        if (handler === undefined) throw new Error(`no handler for jobs of kind ${job.kind}`)
        await handler.handle(job.subject, abort.signal)
        await conclude(job)
      } catch (error) {
        if (stopped) return
        onError(job.kind, job.subject, error)
        const final = job.attempts >= maxAttempts
        if (final)
          await handler?.givenUp?.(job.subject, error).catch((cause) => onError(job.kind, job.subject, cause))
        await postpone(job, nameOf(error), final)
      } finally {
        clearInterval(renew)
        running.delete(job.lease)
      }
    })()
    running.set(job.lease, { abort, done })
    return done
  }

  async function poll(): Promise<void> {
    const free = concurrency - running.size
    if (stopped || free <= 0) return
    for (const job of await lease(free))
      void run(job).then(wake, (error) => onError(job.kind, job.subject, error))
  }

  function wake(): void {
    if (stopped || polling !== undefined) return
    polling = poll()
      .catch((error) => onError('poll', '', error))
      .finally(() => {
        polling = undefined
      })
  }

  return {
    handle: (kind: string, handle: JobHandler, givenUp?: JobGivenUp): void =>
      void handlers.set(kind, { handle, givenUp }),
    file,
    /** Looks for due jobs now instead of at the next round. */
    wake,
    /** Where this is the only node, nothing that is leased can still be under way: it is taken up at once. */
    async start(): Promise<void> {
      if (!database.manyConnections)
        await sql`update job set lease = null, leased_until = null`.execute(database.db)
      timer = setInterval(wake, pollMs)
      wake()
    },
    /** Waits until nothing is due any more: for tests, and for a command that ends when its work is done. */
    async settle(): Promise<void> {
      for (;;) {
        await polling
        await poll()
        if (running.size === 0) return
        await Promise.all([...running.values()].map((each) => each.done))
      }
    },
    /** Gives back what is leased so that another node, or the next start, takes it up at once. */
    async stop(): Promise<void> {
      stopped = true
      clearInterval(timer)
      await polling
      const leases = [...running.keys()]
      for (const each of running.values()) each.abort.abort(new Error('the node stops'))
      await Promise.all([...running.values()].map((each) => each.done))
      if (leases.length > 0)
        await sql`update job set lease = null, leased_until = null, attempts = greatest(attempts - 1, 0)
          where lease = any(${leases}::text[])`.execute(database.db)
    },
  }
}

/** The kind of a failure, for the row: its message may hold values of somebody's data and goes to the log alone. */
const nameOf = (error: unknown): string => {
  const { name, code } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { name: 'Error', code: undefined }
  return code === undefined ? name : `${name} ${code}`
}

export const jobMigrations = { room: 'jobs', folder: new URL('./migrations/', import.meta.url) }
