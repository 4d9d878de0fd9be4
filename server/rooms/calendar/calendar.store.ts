import type { CivilDate } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { AnnouncedYear } from '../../foundations/rulebook/index.ts'

export type LoadedYear = AnnouncedYear & {
  readonly sequence: number
  readonly title: string
  readonly number: string
  readonly publishedOn: CivilDate
  readonly noticeId: string
  readonly fileName: string
  readonly sha256: string
  readonly loadedAt: Date
  readonly recordId: string
}

type Db = Store | Tx

/** Rises with every load: another number means that something has been loaded since. */
export async function lastSequence(db: Db): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(sequence), 0)::int as last from calendar_year`.execute(db)
  return rows[0]!.last
}

/** The newest load of every year, in order of the years. */
export async function loadedYears(db: Db): Promise<LoadedYear[]> {
  const { rows } = await sql<{
    sequence: number
    announced: AnnouncedYear
    title: string
    number: string
    published_on: string
    notice_id: string
    file_name: string
    sha256: string
    loaded_at: Date
    record_id: string
  }>`select distinct on (y.year) y.*, n.file_name, n.sha256 from calendar_year y
    join calendar_notice n on n.id = y.notice_id order by y.year, y.sequence desc`.execute(db)
  return rows.map((row) => ({
    ...row.announced,
    sequence: row.sequence,
    title: row.title,
    number: row.number,
    publishedOn: row.published_on,
    noticeId: row.notice_id,
    fileName: row.file_name,
    sha256: row.sha256,
    loadedAt: row.loaded_at,
    recordId: row.record_id,
  }))
}

export async function insertYear(
  tx: Tx,
  year: Pick<LoadedYear, 'title' | 'number' | 'publishedOn' | 'noticeId' | 'loadedAt' | 'recordId'> & {
    readonly announced: AnnouncedYear
    readonly userId: string
  },
): Promise<void> {
  await sql`insert into calendar_year (year, announced, title, number, published_on, notice_id, loaded_at, user_id, record_id)
    values (${year.announced.year}, ${JSON.stringify(year.announced)}, ${year.title}, ${year.number}, ${year.publishedOn},
      ${year.noticeId}, ${year.loadedAt}, ${year.userId}, ${year.recordId})`.execute(tx)
}

export type Notice = {
  readonly id: string
  readonly fileName: string
  readonly sha256: string
  readonly bytes: Buffer
}

export async function insertNotice(db: Db, notice: Notice, userId: string, at: Date): Promise<void> {
  await sql`insert into calendar_notice (id, file_name, sha256, bytes, uploaded_at, user_id)
    values (${notice.id}, ${notice.fileName}, ${notice.sha256}, ${notice.bytes}, ${at}, ${userId})`.execute(
    db,
  )
}

export async function findNotice(db: Db, id: string): Promise<Notice | undefined> {
  const { rows } = await sql<{ id: string; file_name: string; sha256: string; bytes: Uint8Array }>`
    select id, file_name, sha256, bytes from calendar_notice where id = ${id}`.execute(db)
  return (
    rows[0] && {
      id: rows[0].id,
      fileName: rows[0].file_name,
      sha256: rows[0].sha256,
      bytes: Buffer.from(rows[0].bytes),
    }
  )
}
