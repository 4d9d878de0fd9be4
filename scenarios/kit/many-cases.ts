import type { House } from '@tiaoli/server/house'
import { sql } from 'kysely'

/**
 * Lays many cases into the store that are as one case is now, each with its history, its clocks and parties: what is
 * measured is working on them, not how each came to be filed. Due dates are spread over some days where `days` says so.
 */
export async function layDown(
  { database }: House,
  caseId: string,
  count: number,
  days = 0,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with made as materialized (
      select gen_random_uuid() as id, n, make_interval(days => (n % ${Math.max(1, days)})::int) as later
      from generate_series(1, ${count}::int) as n),
    files as (
      insert into case_file (id, number, rulebook_id, rulebook_version, procedure, entry_id, subject, parties, opened_at,
          state, outcome, waiting, due_clock, due_at, overdue, updated_at, version)
        select made.id, f.number || '-' || made.n, f.rulebook_id, f.rulebook_version, f.procedure, f.entry_id, f.subject,
          f.parties, f.opened_at, f.state, f.outcome, f.waiting, f.due_clock, f.due_at + made.later, f.overdue,
          f.updated_at, f.version
        from case_file f, made where f.id = ${caseId}),
    events as (
      insert into case_event (case_id, sequence, event)
        select made.id, e.sequence, e.event from case_event e, made where e.case_id = ${caseId}),
    clocks as (
      insert into case_clock (case_id, clock, due_at, running, overdue, provisional)
        select made.id, c.clock, c.due_at + made.later, c.running, c.overdue, c.provisional
        from case_clock c, made where c.case_id = ${caseId}),
    parties as (
      insert into case_party (case_id, party, opened, waits, due_clock, due_at)
        select made.id, p.party, p.opened, p.waits, p.due_clock,
          case when isfinite(p.due_at) then p.due_at + made.later else p.due_at end
        from case_party p, made where p.case_id = ${caseId})
    select id from made`.execute(database.db)
  await database.script('analyze case_file; analyze case_party; analyze case_event; analyze case_clock')
  return rows.map(({ id }) => id)
}
