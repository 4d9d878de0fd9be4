import { adjustableClock } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/index.ts'
import { describeStores } from '../database/test-kit.ts'
import { createJobs, jobMigrations } from './index.ts'

const noon = new Date('2026-09-28T04:00:00Z')
const later = (seconds: number) => new Date(noon.getTime() + 1000 * seconds)

type Row = { attempts: number; failed_at: Date | null; failure: string | null; leased: boolean; due_at: Date }

describeStores('jobs', [jobMigrations], (open) => {
  let database: Database
  const clock = adjustableClock()
  const errors: string[] = []
  beforeAll(async () => {
    database = await open()
  })
  beforeEach(async () => {
    await sql`delete from job`.execute(database.db)
    clock.setTo(noon)
    errors.length = 0
  })
  afterAll(() => database.close())

  /** A node that looks for work only when it is told to. */
  const node = () =>
    createJobs({
      database,
      clock,
      onError: (kind, subject, error) => void errors.push(`${kind} ${subject} ${error}`),
      pollMs: 3_600_000,
    })
  const rows = async () =>
    (
      await sql<Row>`select attempts, failed_at, failure, due_at, coalesce(leased_until > now(), false) as leased from job`.execute(
        database.db,
      )
    ).rows
  /** As if the node that holds the job had not been heard of for longer than its lease. */
  const letLeaseRunOut = () =>
    sql`update job set leased_until = now() - interval '1 second'`.execute(database.db)
  function gate() {
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    return { open, opened }
  }

  it('does a job once, at its time and not before', async () => {
    const done: string[] = []
    const jobs = node()
    jobs.handle('load', async (subject) => void done.push(subject))
    await jobs.file(database.db, 'load', 'batch', later(60))
    await jobs.settle()
    expect(done).toEqual([])
    clock.setTo(later(60))
    await jobs.settle()
    await jobs.settle()
    expect(done).toEqual(['batch'])
    expect(await rows()).toEqual([])
  })

  it('forgets a job whose transaction was undone', async () => {
    const jobs = node()
    await expect(
      database.inTransaction(async (tx) => {
        await jobs.file(tx, 'load', 'batch', noon)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await rows()).toEqual([])
  })

  it('leaves a leased job to its holder, and takes it up when the lease has run out', async () => {
    const { open, opened } = gate()
    const [first, second] = [node(), node()]
    const by: string[] = []
    first.handle('load', async () => {
      by.push('first')
      await opened
    })
    second.handle('load', async () => void by.push('second'))
    await first.file(database.db, 'load', 'batch', noon)
    const working = first.settle()
    await expect.poll(() => by).toEqual(['first'])
    await second.settle()
    expect(by).toEqual(['first'])
    await letLeaseRunOut()
    await second.settle()
    expect(by).toEqual(['first', 'second'])
    open()
    await working
  })

  it('does not let a node that lost its lease end or free the job of the node that has it now', async () => {
    const slow = gate()
    const mine = gate()
    const [first, second] = [node(), node()]
    let runs = 0
    first.handle('load', () => {
      runs += 1
      return slow.opened
    })
    second.handle('load', () => {
      runs += 1
      return mine.opened
    })
    await first.file(database.db, 'load', 'batch', noon)
    const losing = first.settle()
    await expect.poll(() => runs).toBe(1)
    await letLeaseRunOut()
    const holding = second.settle()
    await expect.poll(() => runs).toBe(2)
    slow.open()
    await losing
    expect(await rows()).toMatchObject([{ leased: true, attempts: 2 }])
    mine.open()
    await holding
    expect(await rows()).toEqual([])
  })

  it('does a job once more that was filed again while it ran, also where that run failed for the last time', async () => {
    for (const fails of [false, true]) {
      const jobs = node()
      let runs = 0
      jobs.handle('load', async () => {
        runs += 1
        if (runs > 1) return
        await sql`update job set due_at = ${noon}`.execute(database.db)
        await jobs.file(database.db, 'load', 'batch', noon)
        if (fails) throw new Error('broken')
      })
      await jobs.file(database.db, 'load', 'batch', noon)
      if (fails) await sql`update job set attempts = 4`.execute(database.db)
      await jobs.settle()
      expect(runs).toBe(2)
      expect(await rows()).toEqual([])
    }
  })

  it('tries five times with growing pauses, says so, and then leaves the job lying', async () => {
    const jobs = node()
    const pauses: number[] = []
    const givenUp: string[] = []
    jobs.handle(
      'load',
      () => Promise.reject(new RangeError('甲公司 is out of range')),
      async (subject) => void givenUp.push(subject),
    )
    await jobs.file(database.db, 'load', 'batch', noon)
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(givenUp).toEqual([])
      await jobs.settle()
      const [row] = await rows()
      expect(row).toMatchObject({ attempts: attempt, leased: false, failure: 'RangeError' })
      pauses.push((row!.due_at.getTime() - clock.now().getTime()) / 1000)
      clock.setTo(row!.due_at)
    }
    expect(pauses).toEqual([4, 16, 64, 256, 1024])
    expect(givenUp).toEqual(['batch'])
    expect(errors).toHaveLength(5)
    await jobs.settle()
    expect((await rows())[0]).toMatchObject({ attempts: 5, failed_at: expect.any(Date) })

    jobs.handle('load', async () => {})
    await jobs.file(database.db, 'load', 'batch', clock.now())
    await jobs.settle()
    expect(await rows()).toEqual([])
  })

  it('gives back what it was doing when it stops, without counting the attempt', async () => {
    const [first, second] = [node(), node()]
    const { open, opened } = gate()
    first.handle('load', async (_, signal) => {
      open()
      await new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      )
    })
    await first.file(database.db, 'load', 'batch', noon)
    first.wake()
    await opened
    await first.stop()
    expect(await rows()).toMatchObject([{ attempts: 0, leased: false, failed_at: null }])
    expect(errors).toEqual([])
    let runs = 0
    second.handle('load', async () => {
      runs += 1
    })
    await second.settle()
    expect(runs).toBe(1)
  })
})
