import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Store as Db, openDatabase } from '@tiaoli/server/foundations/database/index'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { verifyLog, verifyReceipt } from '../../cli/verify/index.ts'
import type { Seeded, Store } from './node.ts'
import { type Person, signIn, visitor } from './people.ts'
import { type Acknowledged, push, rowsPushed } from './work.ts'

const longestWaitMs = 60_000
const receiptsChecked = 60

/** Over HTTP, on the server that came back: what was acknowledged is there, and what was begun is carried through. */
export async function expectNothingLost(
  address: string,
  { entryId, logId }: Seeded,
  noted: Acknowledged,
): Promise<void> {
  const [steward, officer] = await Promise.all([signIn(address, 'market'), signIn(address, 'authority')])
  if (noted.pushed.unanswered !== null) expect((await push(steward, logId, noted))?.body.state).toBe('live')
  for (const id of noted.batches) expect(await settledState(steward, id)).toBe('live')
  for (const [id, outcome] of noted.cases) {
    const { body } = (await officer.get(`/api/v1/cases/${id}`))!
    expect(body.id).toBe(id)
    if (outcome !== null) expect(body.outcome).toBe(outcome)
    expect(body.grantId !== null).toBe(body.outcome === 'granted')
  }
  const rows = (await visitor(address).get(`/api/v1/entries/${entryId}/rows?limit=1`))!
  expect(rows.status).toBe(200)
  const log = await download(address, logId)
  expect(log.sort()).toEqual(rowsPushed(noted))
  await expectReceipts(address, [...noted.records])
}

/** All rows of an entry that is open, each as a line of NDJSON. */
export async function download(address: string, entryId: string): Promise<string[]> {
  const answer = await fetch(`${address}/api/v1/entries/${entryId}/download?format=ndjson`)
  expect(answer.status).toBe(200)
  return (await answer.text()).trim().split('\n')
}

async function settledState(steward: Person, batchId: string): Promise<string> {
  for (const end = Date.now() + longestWaitMs; ; ) {
    const { body } = (await steward.get(`/api/v1/batches/${batchId}`))!
    if (body.state === 'live' || body.state === 'failed' || Date.now() > end) return body.state
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Every acknowledged record has a receipt; the newest and a spread of the others are checked as a stranger would. */
async function expectReceipts(address: string, records: readonly string[]): Promise<void> {
  const key = await (await fetch(`${address}/ledger/key`)).text()
  const step = Math.max(1, Math.floor(records.length / receiptsChecked))
  for (const id of records.filter((_, index) => index % step === 0 || index > records.length - 10)) {
    const { status, body } = (await visitor(address).get(`/api/v1/records/${id}/receipt`))!
    expect(status).toBe(200)
    expect(await verifyReceipt(body, key.trim())).toMatchObject({ ok: true, record: { id } })
  }
}

/** On the disk of a server that was killed: nothing half done, and a log that verifies. */
export async function expectWhole(store: Store, key: string, noted: Acknowledged): Promise<void> {
  const database = await openDatabase(
    store.databaseUrl === undefined
      ? { kind: 'embedded', folder: join(store.dataFolder, 'database') }
      : { kind: 'server', url: store.databaseUrl, connections: 2 },
  )
  try {
    const { db } = database
    expect(await halfDone(db)).toEqual([])
    const present = await list(db, sql`select id::text as id from record`)
    expect([...noted.records].filter((id) => !present.has(id))).toEqual([])
    const snapshots = new Set(readdirSync(join(store.dataFolder, 'lake', 'snapshots')))
    for (const id of await list(db, sql`select id from snapshot where destroyed_at is null`))
      expect(snapshots).toContain(id)
  } finally {
    await database.close()
  }
  const log = join(store.dataFolder, 'ledger')
  if (existsSync(join(log, 'checkpoint'))) expect(await verifyLog(log, key)).toMatchObject({ ok: true })
}

const list = async (db: Db, query: ReturnType<typeof sql>): Promise<ReadonlySet<string>> =>
  new Set(((await query.execute(db)).rows as { id: string }[]).map(({ id }) => id))

/** What would be half of something, each with what it lacks. */
async function halfDone(db: Db): Promise<unknown[]> {
  const { rows } = await sql`
    select 'events are not contiguous with the version' as fault, f.id::text from case_file f
      where f.version <> (select count(*) from case_event e where e.case_id = f.id)
         or f.version <> (select coalesce(max(e.sequence), 0) from case_event e where e.case_id = f.id)
    union all
    select 'an event has no record', e.case_id::text from case_event e
      left join case_record c on c.case_id::text = e.case_id::text and c.sequence = e.sequence
      left join record r on r.id::text = c.record_id::text
      where r.id is null
    union all
    select 'a record of an act has no event', r.id::text from record r
      where r.kind = 'case.act' and not exists (select from case_record c where c.record_id::text = r.id::text)
    union all
    select 'granted without exactly one grant, or a grant without consent', f.id::text from case_file f
      where f.procedure = 'sharing-request' and (f.outcome is not distinct from 'granted')::int
        <> (select count(*) from use_grant g where g.case_id = f.id::text)
    union all
    select 'a grant has no record', g.id from use_grant g
      where (select count(*) from record r where r.kind = 'grant.given' and r.grant_id = g.id) <> 1
    union all
    select 'a decided case has a running clock', f.id::text from case_file f join case_clock k on k.case_id = f.id
      where f.outcome is not null and k.running
    union all
    select 'a batch is live without its snapshot and record', b.id from batch b
      left join snapshot s on s.id = b.snapshot_id left join record r on r.id::text = s.record_id
      where b.state = 'live' and r.id is null
    union all
    select 'a snapshot without its batch', s.id from snapshot s
      where s.mode <> 'restore' and not exists (select from batch b where b.snapshot_id = s.id and b.state = 'live')
    union all
    select 'a batch is under way without a job', b.id from batch b
      where b.state in ('profiling', 'loading') and not exists (select from job j where j.subject = b.id)
    union all
    select 'the entry names a snapshot that is not there', e.id from entry e
      where e.snapshot_id is not null and not exists (select from snapshot s where s.id = e.snapshot_id)`.execute(
    db,
  )
  return rows
}
