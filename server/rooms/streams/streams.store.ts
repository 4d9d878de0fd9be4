import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Stream } from './streams.model.ts'
import type { KeptMessage } from './streams.rules.ts'

type Row = Record<string, unknown>

const streamOf = (row: Row): Stream =>
  ({
    id: row.id,
    entryId: row.entry_id,
    userId: row.user_id,
    userName: row.user_name,
    url: row.url,
    topic: row.topic,
    user: row.broker_user,
    sealedPassword: row.sealed_password,
    mapping: row.mapping,
    mode: row.mode,
    everyMessages: row.every_messages,
    everySeconds: row.every_seconds,
    state: row.state,
    failure: row.failure,
    heardAt: row.heard_at,
    heard: Number(row.heard),
    malformed: Number(row.malformed),
    waiting: Number(row.waiting),
    batchId: row.batch_id,
    createdAt: row.created_at,
  }) as Stream

const whole = sql`select stream.*,
  (select count(*) from stream_message where stream_id = stream.id and number > batch_up_to) as waiting from stream`

export async function insertStream(tx: Tx, stream: Stream): Promise<void> {
  await sql`insert into stream (id, entry_id, user_id, user_name, url, topic, broker_user, sealed_password, mapping,
      mode, every_messages, every_seconds, state, created_at)
    values (${stream.id}, ${stream.entryId}, ${stream.userId}, ${stream.userName}, ${stream.url}, ${stream.topic},
      ${stream.user}, ${stream.sealedPassword}, ${JSON.stringify(stream.mapping)}::jsonb, ${stream.mode},
      ${stream.everyMessages}, ${stream.everySeconds}, ${stream.state}, ${stream.createdAt})`.execute(tx)
}

export async function findStream(db: Store | Tx, id: string): Promise<Stream | undefined> {
  const { rows } = await sql<Row>`${whole} where id = ${id}`.execute(db)
  return rows[0] && streamOf(rows[0])
}

export async function findStreams(db: Store | Tx, entryId: string): Promise<Stream[]> {
  const { rows } = await sql<Row>`${whole} where entry_id = ${entryId} order by id`.execute(db)
  return rows.map(streamOf)
}

export const removeStream = async (tx: Tx, id: string): Promise<void> =>
  void (await sql`delete from stream where id = ${id}`.execute(tx))

const heldMs = 15_000

/** Takes what nobody hears, and says again of what this node hears that it does: a stream has one listener. */
export async function hold(db: Store, holder: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update stream set holder = ${holder}, held_until = now() + ${`${heldMs} milliseconds`}::interval
    where holder = ${holder} or holder is null or held_until < now() returning id`.execute(db)
  return rows.map(({ id }) => id)
}

export const release = async (db: Store, holder: string): Promise<void> =>
  void (await sql`update stream set holder = null, held_until = null where holder = ${holder}`.execute(db))

/** Every stream is free: whoever held one is no more. */
export const releaseAll = async (db: Store): Promise<void> =>
  void (await sql`update stream set holder = null, held_until = null where holder is not null`.execute(db))

/** `heardBy`: nothing is written, and false given, where another node hears it by now and knows better. */
export async function writeState(
  db: Store | Tx,
  id: string,
  { state, failure }: Pick<Stream, 'state' | 'failure'>,
  heardBy?: string,
): Promise<boolean> {
  const result = await sql`
    update stream set state = ${state}, failure = ${failure && JSON.stringify(failure)}::jsonb
    where id = ${id} ${heardBy === undefined ? sql`` : sql`and holder = ${heardBy}`}`.execute(db)
  return Number(result.numAffectedRows) === 1
}

/** False where it was told before that nothing came after the message of this moment, or something has come since. */
export async function markSilent(tx: Tx, id: string, since: Date): Promise<boolean> {
  const result = await sql`update stream set silence_told_of = ${since}
    where id = ${id} and coalesce(heard_at, created_at) = ${since}
      and silence_told_of is distinct from ${since}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** Keeps messages; false where the stream was removed or is heard by another node by now. */
export async function keep(
  tx: Tx,
  id: string,
  holder: string,
  messages: readonly KeptMessage[],
  at: Date,
): Promise<boolean> {
  const malformed = messages.filter(({ wellFormed }) => !wellFormed).length
  const result =
    await sql`update stream set heard = heard + ${messages.length}, malformed = malformed + ${malformed},
      heard_at = ${at} where id = ${id} and holder = ${holder}`.execute(tx)
  if (Number(result.numAffectedRows) === 0) return false
  await sql`insert into stream_message (stream_id, line, well_formed)
    select ${id}, line, well_formed
    from unnest(${messages.map(({ line }) => line)}::text[], ${messages.map(({ wellFormed }) => wellFormed)}::boolean[])
      with ordinality as kept (line, well_formed, place)
    order by place`.execute(tx)
  return true
}

export async function countWaiting(db: Store | Tx, id: string): Promise<number> {
  const { rows } = await sql<{ waiting: string }>`
    select count(*) as waiting from stream_message join stream on stream.id = stream_id
    where stream_id = ${id} and number > batch_up_to`.execute(db)
  return Number(rows[0]!.waiting)
}

/** Messages that one batch takes: those up to a number, the newest first or last. */
export type Lot = { readonly id: string; readonly upTo: number; readonly newestFirst: boolean }

type Kept = { readonly number: number; readonly line: string }

/** Up to which message the next so many go; null where none waits. */
export async function endOfLot(db: Store, id: string, most: number): Promise<number | null> {
  const { rows } = await sql<{ last: string | null }>`select max(number) as last from
    (select number from stream_message where stream_id = ${id} order by number limit ${most}) lot`.execute(db)
  const last = rows[0]?.last ?? null
  return last === null ? null : Number(last)
}

const orderOf = ({ newestFirst }: Lot) => (newestFirst ? sql`order by number desc` : sql`order by number`)

/** The first message that is a row; undefined where none is. */
export async function firstRow(db: Store, lot: Lot): Promise<Kept | undefined> {
  const { rows } = await sql<{ number: string; line: string }>`select number, line from stream_message
    where stream_id = ${lot.id} and number <= ${lot.upTo} and well_formed ${orderOf(lot)} limit 1`.execute(db)
  return rows[0] && { number: Number(rows[0].number), line: rows[0].line }
}

/** The next messages of a lot, beyond the last that was read. */
export async function nextLines(db: Store, lot: Lot, last: number | null, limit: number): Promise<Kept[]> {
  const beyond = last === null ? sql`true` : lot.newestFirst ? sql`number < ${last}` : sql`number > ${last}`
  const { rows } = await sql<{ number: string; line: string }>`select number, line from stream_message
    where stream_id = ${lot.id} and number <= ${lot.upTo} and ${beyond} ${orderOf(lot)} limit ${limit}`.execute(
    db,
  )
  return rows.map(({ number, line }) => ({ number: Number(number), line }))
}

/** Messages up to a number are in a batch now. */
export const noteBatch = async (tx: Tx, id: string, upTo: number, batchId: string): Promise<void> =>
  void (await sql`update stream set batch_id = ${batchId}, batch_up_to = ${upTo} where id = ${id}`.execute(
    tx,
  ))

/** What has become of the last batch is known: its messages go, or wait for the next one. */
export async function settleBatch(db: Store, id: string, done: boolean): Promise<void> {
  if (done)
    await sql`delete from stream_message using stream
      where stream.id = ${id} and stream_id = ${id} and number <= batch_up_to`.execute(db)
  await sql`update stream set batch_up_to = 0 where id = ${id}`.execute(db)
}
