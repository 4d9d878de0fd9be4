import { newId } from '@tiaoli/kernel/ids'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type MailChannel = {
  readonly userId: string
  readonly address: string
  readonly confirmedAt: Date | null
  readonly sealedCode: string | null
  readonly codeUntil: Date | null
  readonly wrongCodes: number
  readonly codesSent: number
  readonly codesSince: Date | null
}
export type Hook = {
  readonly id: string
  readonly userId: string
  readonly url: string
  readonly sealedSecret: string
  readonly madeAt: Date
}
export type Delivery = {
  readonly id: string
  readonly userId: string
  readonly noticeId: string
  readonly channel: 'mail' | 'hook'
  readonly hookId: string | null
  readonly receiver: string
  readonly madeAt: Date
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly attempts: number
  readonly failure: string | null
}

const mailColumns = sql`user_id as "userId", address, confirmed_at as "confirmedAt", sealed_code as "sealedCode",
  code_until as "codeUntil", wrong_codes as "wrongCodes", codes_sent as "codesSent", codes_since as "codesSince"`
const hookColumns = sql`id, user_id as "userId", url, sealed_secret as "sealedSecret", made_at as "madeAt"`
const deliveryColumns = sql`id, user_id as "userId", notice_id as "noticeId", channel, hook_id as "hookId", receiver,
  made_at as "madeAt", state, attempts, failure`

export async function feedOf(db: Store, userId: string): Promise<{ madeAt: Date } | undefined> {
  const { rows } = await sql<{ madeAt: Date }>`
    select made_at as "madeAt" from calendar_feed where user_id = ${userId}`.execute(db)
  return rows[0]
}

export async function userOfFeed(db: Store, digest: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from calendar_feed where digest = ${digest}`.execute(db)
  return rows[0]?.user_id
}

export async function writeFeed(tx: Tx, userId: string, digest: Buffer, at: Date): Promise<void> {
  await sql`insert into calendar_feed (user_id, digest, made_at) values (${userId}, ${digest}, ${at})
    on conflict (user_id) do update set digest = excluded.digest, made_at = excluded.made_at`.execute(tx)
}

export async function removeFeed(tx: Tx, userId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from calendar_feed where user_id = ${userId}`.execute(tx)
  return Number(numAffectedRows) > 0
}

export async function mailOf(db: Store | Tx, userId: string): Promise<MailChannel | undefined> {
  const { rows } = await sql<MailChannel>`
    select ${mailColumns} from mail_channel where user_id = ${userId}`.execute(db)
  return rows[0]
}

export async function lockMail(tx: Tx, userId: string): Promise<MailChannel | undefined> {
  const { rows } = await sql<MailChannel>`
    select ${mailColumns} from mail_channel where user_id = ${userId} for update`.execute(tx)
  return rows[0]
}

export async function writeMail(tx: Tx, mail: MailChannel): Promise<void> {
  await sql`insert into mail_channel (user_id, address, confirmed_at, sealed_code, code_until, wrong_codes, codes_sent, codes_since)
    values (${mail.userId}, ${mail.address}, ${mail.confirmedAt}, ${mail.sealedCode}, ${mail.codeUntil},
      ${mail.wrongCodes}, ${mail.codesSent}, ${mail.codesSince})
    on conflict (user_id) do update set address = excluded.address, confirmed_at = excluded.confirmed_at,
      sealed_code = excluded.sealed_code, code_until = excluded.code_until, wrong_codes = excluded.wrong_codes,
      codes_sent = excluded.codes_sent, codes_since = excluded.codes_since`.execute(tx)
}

export async function hooksOf(db: Store | Tx, userId: string): Promise<Hook[]> {
  const { rows } = await sql<Hook>`
    select ${hookColumns} from hook_channel where user_id = ${userId} order by id`.execute(db)
  return rows
}

export async function findHook(db: Store, id: string): Promise<Hook | undefined> {
  const { rows } = await sql<Hook>`select ${hookColumns} from hook_channel where id = ${id}`.execute(db)
  return rows[0]
}

export async function insertHook(tx: Tx, hook: Hook): Promise<void> {
  await sql`insert into hook_channel (id, user_id, url, sealed_secret, made_at)
    values (${hook.id}, ${hook.userId}, ${hook.url}, ${hook.sealedSecret}, ${hook.madeAt})`.execute(tx)
}

export async function removeHook(tx: Tx, userId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from hook_channel where id = ${id} and user_id = ${userId}`.execute(tx)
  return Number(numAffectedRows) > 0
}

/** A delivery for each way by which these notices leave the house; gives their ids. */
export async function fileDeliveries(
  tx: Store | Tx,
  sent: readonly { readonly id: string; readonly userId: string }[],
  at: Date,
  mails: boolean,
): Promise<string[]> {
  const users = sent.map(({ userId }) => userId)
  const { rows } = await sql<{
    user_id: string
    channel: Delivery['channel']
    hook_id: string | null
    receiver: string
  }>`
    select user_id, 'mail' as channel, null as hook_id, address as receiver from mail_channel
      where ${mails} and user_id = any(${users}::text[]) and confirmed_at is not null
    union all
    select user_id, 'hook', id, url from hook_channel where user_id = any(${users}::text[])`.execute(tx)
  const ids: string[] = []
  for (const { user_id, channel, hook_id, receiver } of rows)
    for (const notice of sent.filter(({ userId }) => userId === user_id)) {
      const id = newId()
      await sql`insert into notice_delivery (id, user_id, notice_id, channel, hook_id, receiver, made_at, state)
        values (${id}, ${user_id}, ${notice.id}, ${channel}, ${hook_id}, ${receiver}, ${at}, 'waiting')`.execute(
        tx,
      )
      ids.push(id)
    }
  return ids
}

export async function findDelivery(db: Store, id: string): Promise<Delivery | undefined> {
  const { rows } =
    await sql<Delivery>`select ${deliveryColumns} from notice_delivery where id = ${id}`.execute(db)
  return rows[0]
}

export async function newestDeliveries(
  db: Store,
  userId: string,
): Promise<(Delivery & { titleZh: string; titleEn: string })[]> {
  const { rows } = await sql<Delivery & { titleZh: string; titleEn: string }>`
    select d.*, n.title_zh as "titleZh", n.title_en as "titleEn"
    from (select ${deliveryColumns} from notice_delivery where user_id = ${userId} order by id desc limit 20) d
    join notice n on n.id = d."noticeId" order by d.id desc`.execute(db)
  return rows
}

export async function noteAttempt(
  db: Store,
  id: string,
  state: Delivery['state'],
  failure: string | null,
): Promise<void> {
  await sql`update notice_delivery set state = ${state}, failure = ${failure}, attempts = attempts + 1
    where id = ${id}`.execute(db)
}

export async function noteOutage(db: Store, id: string): Promise<void> {
  await sql`update notice_delivery set failure = 'unreachable' where id = ${id}`.execute(db)
}

export async function giveUpDelivery(db: Store, id: string): Promise<void> {
  await sql`update notice_delivery set state = 'failed' where id = ${id}`.execute(db)
}
