import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { AccessCount, GrantUse, UseOfDay } from './ledger.types.ts'

/** What the records say about the use of data. */
export function createUsesStore({ db }: Pick<Database, 'db'>) {
  return {
    async accessesBetween(from: Date, before: Date): Promise<AccessCount[]> {
      const { rows } = await sql<{
        organisation_id: string
        entry_id: string
        times: number
        last_at: Date
        record_id: string
      }>`select organisation_id, entry_id, count(*)::int as times, max(at) as last_at,
          (array_agg(id order by at desc))[1] as record_id
        from record
        where at >= ${from} and at < ${before} and organisation_id is not null and entry_id is not null
          and kind in ('access.rows', 'access.aggregate', 'access.export') and outcome in ('answered', 'begun')
        group by organisation_id, entry_id order by organisation_id, entry_id`.execute(db)
      return rows.map((row) => ({
        organisationId: row.organisation_id,
        entryId: row.entry_id,
        times: row.times,
        lastAt: row.last_at,
        recordId: row.record_id,
      }))
    },

    async usesOfGrants(grantIds: readonly string[], since: Date): Promise<Map<string, GrantUse>> {
      const { rows } = await sql<{ grant_id: string; times: number; rows: string; last_at: Date }>`
        select grant_id, count(*) filter (where kind <> 'access.exported')::int as times,
          coalesce(sum((payload->>'rows')::bigint), 0)::text as rows, max(at) as last_at
        from record
        where grant_id = any(${[...grantIds]}::text[]) and at >= ${since}
          and (kind in ('access.rows', 'access.aggregate') and outcome = 'answered'
            or kind = 'access.export' and outcome = 'begun' or kind = 'access.exported')
        group by grant_id`.execute(db)
      return new Map(
        rows.map((row) => [row.grant_id, { times: row.times, rows: Number(row.rows), lastAt: row.last_at }]),
      )
    },

    async usersOf(entryId: string): Promise<string[]> {
      const { rows } = await sql<{ user_id: string }>`select distinct user_id from record
        where entry_id = ${entryId} and user_id is not null
          and kind in ('access.rows', 'access.export', 'access.aggregate') and outcome <> 'refused'`.execute(
        db,
      )
      return rows.map((row) => row.user_id)
    },

    /** A record that another supersedes was never answered on: it is taken off where the other one is counted. */
    async useBetween(node: string, from: number, to: number): Promise<UseOfDay[]> {
      const answered = (record: string) =>
        sql.raw(`(coalesce(${record}.kind in ('access.rows', 'access.aggregate', 'access.export'), false)
          and ${record}.outcome in ('answered', 'begun'))`)
      const rowsOf = (record: string) => sql.raw(`coalesce((${record}.payload->>'rows')::bigint, 0)`)
      const { rows } = await sql<{
        on_day: string
        entry_id: string
        organisation_id: string | null
        calls: number
        rows: string
      }>`
        select to_char(made.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on_day, made.entry_id, made.organisation_id,
          sum(case when ${answered('made')} then 1 else 0 end - case when ${answered('before')} then 1 else 0 end)::int as calls,
          sum(case when ${answered('made')} or made.kind = 'access.exported' then ${rowsOf('made')} else 0 end
            - case when ${answered('before')} then ${rowsOf('before')} else 0 end)::text as rows
        from log_position join record as made on made.id = record_id
          left join record as before on before.id = (made.payload->>'supersedes')::uuid
        where node = ${node} and position >= ${from} and position < ${to} and made.kind like 'access.%' and made.entry_id is not null
        group by 1, 2, 3`.execute(db)
      return rows.map((row) => ({
        on: row.on_day,
        entryId: row.entry_id,
        organisationId: row.organisation_id,
        calls: row.calls,
        rows: Number(row.rows),
      }))
    },
  }
}
