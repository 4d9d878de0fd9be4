import type { CivilDate } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

/** Use of a day; `organisationId` is empty for persons and the public together. */
export type UseLine = {
  readonly on: CivilDate
  readonly providerId: string
  readonly organisationId: string
  readonly calls: number
  readonly rows: number
}

export type UseSum = { readonly organisationId: string; readonly calls: number; readonly rows: number }

/** How far the log of a node has been counted. */
export async function readMark(db: Store, node: string): Promise<number> {
  const { rows } = await sql<{ position: string }>`
    select position::text from figure_use_mark where node = ${node}`.execute(db)
  return Number(rows[0]?.position ?? 0)
}

/** Moves the mark from where it was read; false where another node has been faster. */
export async function moveMark(tx: Tx, node: string, from: number, to: number): Promise<boolean> {
  const result = await sql`
    insert into figure_use_mark (node, position) values (${node}, ${to})
    on conflict (node) do update set position = excluded.position
    where figure_use_mark.position = ${from}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function addUse(tx: Tx, lines: readonly UseLine[]): Promise<void> {
  await sql`insert into figure_use (on_day, provider_id, organisation_id, calls, row_count)
    select "on"::date, "providerId", "organisationId", sum(calls), sum(rows)
    from json_to_recordset(${JSON.stringify(lines)}::json) as
      line("on" text, "providerId" text, "organisationId" text, calls integer, rows bigint)
    group by 1, 2, 3
    on conflict (on_day, provider_id, organisation_id) do update set
      calls = figure_use.calls + excluded.calls, row_count = figure_use.row_count + excluded.row_count`.execute(
    tx,
  )
}

/** Use of a time, by the body that provides the data or by the one that uses them. */
export async function sumUse(
  db: Store,
  from: CivilDate,
  until: CivilDate,
  by: 'provider' | 'applicant',
): Promise<readonly UseSum[]> {
  const party = sql.ref(by === 'provider' ? 'provider_id' : 'organisation_id')
  const { rows } = await sql<{ id: string; calls: string; rows: string }>`
    select ${party} as id, sum(calls)::text as calls, sum(row_count)::text as rows from figure_use
    where on_day between ${from}::date and ${until}::date group by 1`.execute(db)
  return rows.map(({ id, calls, rows }) => ({
    organisationId: id,
    calls: Number(calls),
    rows: Number(rows),
  }))
}
