import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import type { Database, Store, Tx } from '../database/index.ts'

export type Notice = {
  readonly id: string
  readonly at: Date
  readonly kind: string
  readonly title: Text
  readonly body: Text
  readonly link: string | null
  readonly readAt: Date | null
}

export type NewNotice = Pick<Notice, 'kind' | 'title' | 'body' | 'link'>

type NoticeRow = {
  id: string
  at: Date
  kind: string
  title_zh: string
  title_en: string
  body_zh: string
  body_en: string
  link: string | null
  read_at: Date | null
}

const noticeOf = (row: NoticeRow): Notice => ({
  id: row.id,
  at: row.at,
  kind: row.kind,
  title: { zh: row.title_zh, en: row.title_en },
  body: { zh: row.body_zh, en: row.body_en },
  link: row.link,
  readAt: row.read_at,
})

export type SentNotice = { readonly id: string; readonly userId: string }

export type Notices = ReturnType<typeof createNotices>

/** Messages to users inside the platform; written in the transaction of what they tell of. */
export function createNotices({
  database,
  clock,
  onSent,
}: {
  database: Database
  clock: Clock
  /** Told of every notice in its transaction, by those who carry notices out of the house. */
  onSent?: (tx: Store | Tx, sent: readonly SentNotice[]) => Promise<void>
}) {
  const { db } = database
  return {
    async send(tx: Store | Tx, userIds: readonly string[], notice: NewNotice): Promise<void> {
      const sent = [...new Set(userIds)].map((userId) => ({ id: newId(), userId }))
      for (const { id, userId } of sent)
        await sql`insert into notice (id, user_id, at, kind, title_zh, title_en, body_zh, body_en, link)
          values (${id}, ${userId}, ${clock.now()}, ${notice.kind}, ${notice.title.zh}, ${notice.title.en},
                  ${notice.body.zh}, ${notice.body.en}, ${notice.link})`.execute(tx)
      if (sent.length > 0) await onSent?.(tx, sent)
    },
    async find(id: string): Promise<Notice | undefined> {
      const { rows } = await sql<NoticeRow>`select * from notice where id = ${id}`.execute(db)
      return rows[0] && noticeOf(rows[0])
    },
    async list(userId: string, before: string | undefined, limit: number): Promise<Notice[]> {
      const { rows } = await sql<NoticeRow>`select * from notice
        where user_id = ${userId} and (${before ?? null}::text is null or id < ${before ?? null}) order by id desc limit ${limit}`.execute(
        db,
      )
      return rows.map(noticeOf)
    },
    async markRead(userId: string, ids: readonly string[] | undefined): Promise<number> {
      const result = await sql`update notice set read_at = ${clock.now()}
        where user_id = ${userId} and read_at is null and (${ids ?? null}::text[] is null or id = any(${ids ?? null}::text[]))`.execute(
        db,
      )
      return Number(result.numAffectedRows ?? 0)
    },
    async unread(userId: string): Promise<number> {
      const { rows } = await sql<{
        count: number
      }>`select count(*)::int as count from notice where user_id = ${userId} and read_at is null`.execute(db)
      return rows[0]!.count
    },
  }
}

export const noticeMigrations = { room: 'notices', folder: new URL('./migrations/', import.meta.url) }
