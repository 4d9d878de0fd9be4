import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'
import { headerOf, tables } from './case-tables.ts'
import type { CaseEvent, CaseState } from './cases.types.ts'
import type { ProcedureEdition } from './edition.ts'
import type { CaseHeader } from './fold.ts'
import type { Projection } from './projection.ts'

const json = (value: unknown) => sql<never>`${JSON.stringify(value)}::jsonb`

export async function keepEdition(tx: Tx, edition: ProcedureEdition): Promise<void> {
  await tables(tx)
    .insertInto('case_procedure')
    .values({
      rulebook_id: edition.rulebookId,
      rulebook_version: edition.rulebookVersion,
      procedure: edition.procedure.key,
      edition: json(edition),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function getEdition(tx: Tx, header: CaseHeader): Promise<ProcedureEdition> {
  const { edition } = await tables(tx)
    .selectFrom('case_procedure')
    .select('edition')
    .where('rulebook_id', '=', header.rulebookId)
    .where('rulebook_version', '=', header.rulebookVersion)
    .where('procedure', '=', header.procedure)
    .executeTakeFirstOrThrow()
  return edition
}

/** The first of the next `count` numbers of a series, from 1. Numbers of openings that failed may be missing. */
export async function nextNumbers(tx: Tx, series: string, count: number): Promise<number> {
  const { last } = await tables(tx)
    .insertInto('case_number')
    .values({ series, last: count })
    .onConflict((conflict) =>
      conflict.column('series').doUpdateSet({ last: sql<number>`case_number.last + excluded.last` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last - count + 1
}

export async function findHeader(tx: Store | Tx, caseId: string): Promise<CaseHeader | undefined> {
  const row = await tables(tx).selectFrom('case_file').selectAll().where('id', '=', caseId).executeTakeFirst()
  return row && headerOf(row)
}

/**
 * As `findHeader`, and holds the case until the transaction ends: whoever comes second waits here, then reads the
 * newer history and is told that the case has changed. The key of `case_event` would stop them in any event.
 */
export async function lockHeader(tx: Tx, caseId: string): Promise<CaseHeader | undefined> {
  const row = await tables(tx)
    .selectFrom('case_file')
    .selectAll()
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst()
  return row && headerOf(row)
}

/** The history as one value: a thousand rows of their own take the embedded store three times as long. */
export async function readEvents(tx: Store | Tx, caseId: string): Promise<readonly CaseEvent[]> {
  const { rows } = await sql<{ events: readonly CaseEvent[] }>`
    select coalesce(json_agg(event order by sequence), '[]') as events from case_event where case_id = ${caseId}`.execute(
    tx,
  )
  return rows[0]!.events
}

/** A case as it stands after an act, with what lists know of it and the events that brought it there. */
export type Written = {
  readonly state: CaseState
  readonly projection: Projection
  readonly events: readonly CaseEvent[]
}

/** Writes cases that were not there before: so many statements for all of them as for one. */
export async function insertCases(tx: Tx, cases: readonly Written[]): Promise<void> {
  await tables(tx)
    .insertInto('case_file')
    .values(
      cases.map(({ state, projection }) => ({
        id: state.id,
        number: state.number,
        rulebook_id: state.rulebookId,
        rulebook_version: state.rulebookVersion,
        procedure: state.procedure,
        entry_id: state.entryId,
        subject: state.subject === null ? null : json(state.subject),
        opened_at: new Date(state.openedAt),
        ...projected(state, projection),
      })),
    )
    .execute()
  await appendEvents(tx, cases)
  await writeClocks(tx, cases)
  await writeStandings(tx, cases)
}

/** Adds the events to the history of a case, and brings everything that lists know of it up to them. */
export async function updateCase(tx: Tx, written: Written): Promise<void> {
  const { state, projection } = written
  await tables(tx)
    .updateTable('case_file')
    .set(projected(state, projection))
    .where('id', '=', state.id)
    .execute()
  await appendEvents(tx, [written])
  await writeClocks(tx, [written])
  // Whoever has been replaced keeps no part.
  const standing = projection.standings.map(({ party }) => party)
  await tables(tx)
    .deleteFrom('case_party')
    .where('case_id', '=', state.id)
    .$if(standing.length > 0, (builder) => builder.where('party', 'not in', standing))
    .execute()
  await writeStandings(tx, [written])
}

async function appendEvents(tx: Tx, cases: readonly Written[]): Promise<void> {
  await tables(tx)
    .insertInto('case_event')
    .values(
      cases.flatMap(({ state, events }) =>
        events.map((event) => ({ case_id: state.id, sequence: event.sequence, event: json(event) })),
      ),
    )
    .execute()
}

async function writeClocks(tx: Tx, cases: readonly Written[]): Promise<void> {
  const clocks = cases.flatMap(({ state }) =>
    state.clocks.map((clock) => ({
      case_id: state.id,
      clock: clock.clock,
      due_at: clock.dueAt === null ? null : new Date(clock.dueAt),
      running: clock.running,
      overdue: clock.overdue,
      provisional: clock.provisional,
    })),
  )
  if (clocks.length === 0) return
  await tables(tx)
    .insertInto('case_clock')
    .values(clocks)
    .onConflict((conflict) =>
      conflict.columns(['case_id', 'clock']).doUpdateSet((eb) => ({
        due_at: eb.ref('excluded.due_at'),
        running: eb.ref('excluded.running'),
        overdue: eb.ref('excluded.overdue'),
        provisional: eb.ref('excluded.provisional'),
      })),
    )
    .execute()
}

async function writeStandings(tx: Tx, cases: readonly Written[]): Promise<void> {
  const standings = cases.flatMap(({ state, projection }) =>
    projection.standings.map(({ party, opened, waits, due }) => ({
      case_id: state.id,
      party,
      opened,
      waits,
      due_clock: due?.clock ?? null,
      due_at: sql<Date>`${due?.dueAt ?? 'infinity'}::timestamptz`,
    })),
  )
  if (standings.length === 0) return
  await tables(tx)
    .insertInto('case_party')
    .values(standings)
    .onConflict((conflict) =>
      conflict.columns(['party', 'case_id']).doUpdateSet((eb) => ({
        opened: eb.ref('excluded.opened'),
        waits: eb.ref('excluded.waits'),
        due_clock: eb.ref('excluded.due_clock'),
        due_at: eb.ref('excluded.due_at'),
      })),
    )
    .execute()
}

const projected = (state: CaseState, projection: Projection) => ({
  parties: json(state.parties),
  state: state.state,
  outcome: state.outcome,
  waiting: json(projection.waitingOrganisationIds),
  due_clock: projection.due?.clock ?? null,
  due_at: projection.due === null ? null : new Date(projection.due.dueAt),
  overdue: projection.overdue,
  updated_at: new Date(state.events.at(-1)?.at ?? state.openedAt),
  version: state.version,
})
