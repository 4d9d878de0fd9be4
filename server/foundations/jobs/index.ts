import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Database, Store, Tx } from '../database/index.ts'

/** Does one job. `subject` names what it is about; it may be done twice, so doing it again must be harmless. */
export type JobHandler = (subject: string, signal: AbortSignal) => Promise<void>

export type JobsConfig = {
  readonly database: Database
  readonly clock: Clock
  readonly onError: (kind: string, subject: string, error: unknown) => void
  readonly pollMs?: number
  readonly concurrency?: number
}

const leaseMs = 30_000
const maxAttempts = 5

export type Jobs = ReturnType<typeof createJobs>

/**
 * Work that outlives a process: a row says what is to be done and when, by the installation's clock. A node leases
 * a job and renews the lease while it works; the job of a node that died is taken up when its lease has run out.
 */
export function createJobs({ database, clock, onError, pollMs = 1000, concurrency = 2 }: JobsConfig) {
  const handlers = new Map<string, JobHandler>()
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

  async function lease(
    limit: number,
  ): Promise<{ id: string; kind: string; subject: string; attempts: number }[]> {
    // Leases are told by the system's time, not by a set clock: they are about processes, not about the law.
    const { rows } = await sql<{ id: string; kind: string; subject: string; attempts: number }>`
      update job set leased_until = now() + ${`${leaseMs} milliseconds`}::interval, attempts = attempts + 1
      where id in (
        select id from job
        where due_at <= ${clock.now()} and failed_at is null and (leased_until is null or leased_until < now())
        order by due_at limit ${limit} for update skip locked)
      returning id, kind, subject, attempts`.execute(database.db)
    return rows
  }

  async function run(job: { id: string; kind: string; subject: string; attempts: number }): Promise<void> {
    const abort = new AbortController()
    const renew = setInterval(() => {
      sql`update job set leased_until = now() + ${`${leaseMs} milliseconds`}::interval where id = ${job.id}`
        .execute(database.db)
        .catch(() => abort.abort(new Error('the lease could not be renewed')))
    }, leaseMs / 3)
    const done = (async () => {
      try {
        const handler = handlers.get(job.kind)
        if (handler === undefined) throw new Error(`no handler for jobs of kind ${job.kind}`)
        await handler(job.subject, abort.signal)
        // A job that was filed again while it ran is due once more; only what was done is taken away.
        await sql`delete from job where id = ${job.id} and attempts = ${job.attempts}`.execute(database.db)
        await sql`update job set leased_until = null where id = ${job.id}`.execute(database.db)
      } catch (error) {
        if (stopped) return
        onError(job.kind, job.subject, error)
        const final = job.attempts >= maxAttempts
        const retryAt = new Date(clock.now().getTime() + 1000 * 4 ** job.attempts)
        await sql`update job set leased_until = null, failure = ${String(error).slice(0, 500)},
          failed_at = ${final ? clock.now() : null}, due_at = ${retryAt} where id = ${job.id}`.execute(
          database.db,
        )
      } finally {
        clearInterval(renew)
        running.delete(job.id)
      }
    })()
    running.set(job.id, { abort, done })
    return done
  }

  async function poll(): Promise<void> {
    const free = concurrency - running.size
    if (stopped || free <= 0) return
    for (const job of await lease(free)) void run(job).then(wake, () => {})
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
    handle: (kind: string, handler: JobHandler): void => void handlers.set(kind, handler),
    file,
    /** Looks for due jobs now instead of at the next round. */
    wake,
    /** Where this is the only node, nothing that is leased can still be under way: it is taken up at once. */
    async start(): Promise<void> {
      if (!database.manyConnections) await sql`update job set leased_until = null`.execute(database.db)
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
      const ids = [...running.keys()]
      for (const each of running.values()) each.abort.abort(new Error('the node stops'))
      await Promise.all([...running.values()].map((each) => each.done))
      if (ids.length > 0)
        await sql`update job set leased_until = null, attempts = greatest(attempts - 1, 0) where id = any(${ids}::text[])`.execute(
          database.db,
        )
    },
  }
}

export const jobMigrations = { room: 'jobs', folder: new URL('./migrations/', import.meta.url) }
