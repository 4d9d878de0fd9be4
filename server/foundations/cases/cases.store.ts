import type { Instant } from '@tiaoli/kernel/instants'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'
import type { CaseEvent, CaseParties, CaseState, CountedCases } from './cases.types.ts'
import type { CaseCursor } from './cursor.ts'
import type { ProcedureEdition } from './edition.ts'
import { casesCounted } from './figures.store.ts'
import type { CaseHeader } from './fold.ts'
import type { Due, Projection } from './projection.ts'

type CaseTables = {
  case_procedure: {
    rulebook_id: string
    rulebook_version: string
    procedure: string
    edition: ProcedureEdition
  }
  case_number: { series: string; last: number }
  case_file: CaseFileRow
  case_event: { case_id: string; sequence: number; event: CaseEvent }
  case_clock: {
    case_id: string
    clock: string
    due_at: Date | null
    running: boolean
    overdue: boolean
    provisional: boolean
  }
  case_party: {
    case_id: string
    party: string
    opened: boolean
    waits: boolean
    due_clock: string | null
    due_at: Date
  }
}

type CaseFileRow = {
  id: string
  number: string
  rulebook_id: string
  rulebook_version: string
  procedure: string
  entry_id: string | null
  subject: CaseState['subject']
  parties: CaseParties
  opened_at: Date
  state: string
  outcome: CaseState['outcome']
  waiting: readonly string[]
  due_clock: string | null
  due_at: Date | null
  overdue: boolean
  updated_at: Date
  version: number
}

/** A row of a list; `due` is that of the party whose inbox it is, the first of all elsewhere. */
export type CaseRow = CaseHeader & {
  readonly state: string
  readonly outcome: CaseState['outcome']
  readonly waitingOrganisationIds: readonly string[]
  readonly due: Due | null
  readonly overdue: boolean
  readonly updatedAt: Instant
  readonly version: number
}

export type CaseQuery = {
  readonly box: 'inbox' | 'mine' | 'involved' | 'all'
  /** Key of the party whose box it is. */
  readonly party: string
  /** Keys of parties one of whom takes part in a case of the box `all`. */
  readonly parties?: readonly string[] | undefined
  readonly after: CaseCursor | undefined
  readonly limit: number
  readonly procedure?: string
  readonly state?: string
  readonly entryId?: string
  readonly open?: boolean
  readonly counted?: CountedCases
}

const json = (value: unknown) => sql<never>`${JSON.stringify(value)}::jsonb`
const tables = (tx: Store | Tx) => tx.withTables<CaseTables>()

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

/** Cases of some procedures that ended with a yes or a no, and how long after their opening; at most the newest 10,000. */
export async function answeredCases(
  tx: Store | Tx,
  procedures: readonly string[],
): Promise<{ readonly entryId: string; readonly tookMs: number }[]> {
  const { rows } = await sql<{ entry_id: string; opened_at: Date; updated_at: Date }>`
    select entry_id, opened_at, updated_at from case_file
    where procedure = any(${[...procedures]}::text[]) and outcome in ('granted', 'refused') and entry_id is not null
    order by id desc limit 10000`.execute(tx)
  return rows.map((row) => ({
    entryId: row.entry_id,
    tookMs: row.updated_at.getTime() - row.opened_at.getTime(),
  }))
}

/** Of these entries, those on which a case in which the party takes part was refused. */
export async function entriesRefusedTo(
  tx: Store | Tx,
  party: string,
  entryIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await tables(tx)
    .selectFrom('case_file')
    .innerJoin('case_party', 'case_party.case_id', 'case_file.id')
    .select('entry_id')
    .distinct()
    .where('party', '=', party)
    .where('outcome', '=', 'refused')
    .where('entry_id', 'in', entryIds)
    .execute()
  return rows.flatMap(({ entry_id }) => entry_id ?? [])
}

/** Cases about the entry that have not ended. */
/** Open cases in which the party has a part. */
export async function openCasesOf(tx: Tx, party: string): Promise<readonly string[]> {
  const rows = await tables(tx)
    .selectFrom('case_party')
    .innerJoin('case_file', 'case_file.id', 'case_party.case_id')
    .select('case_file.id')
    .where('case_party.party', '=', party)
    .where('case_file.outcome', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

export async function openCasesOn(tx: Tx, entryId: string): Promise<readonly string[]> {
  const rows = await tables(tx)
    .selectFrom('case_file')
    .select('id')
    .where('entry_id', '=', entryId)
    .where('outcome', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

/** One page by keyset. One row more than `limit` is read, which tells whether a page follows. */
export async function listCases(tx: Store | Tx, query: CaseQuery): Promise<readonly CaseRow[]> {
  const rows = query.box === 'inbox' ? await inboxRows(tx, query) : await boxRows(tx, query)
  return rows.map((row) => ({
    ...headerOf(row),
    state: row.state,
    outcome: row.outcome,
    waitingOrganisationIds: row.waiting,
    due:
      row.due_clock === null || row.due_at === null
        ? null
        : { clock: row.due_clock, dueAt: row.due_at.toISOString() },
    overdue: row.overdue,
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
  }))
}

const fileColumns = [
  'case_file.id',
  'number',
  'rulebook_id',
  'rulebook_version',
  'procedure',
  'entry_id',
  'subject',
  'parties',
  'opened_at',
  'state',
  'outcome',
  'waiting',
  'overdue',
  'updated_at',
  'version',
] as const

function inboxRows(tx: Store | Tx, query: CaseQuery): Promise<CaseFileRow[]> {
  const { after } = query
  return tables(tx)
    .selectFrom('case_party')
    .innerJoin('case_file', 'case_file.id', 'case_party.case_id')
    .select([...fileColumns, 'case_party.due_clock'])
    .select(sql<Date | null>`case when isfinite(case_party.due_at) then case_party.due_at end`.as('due_at'))
    .where('party', '=', query.party)
    .where('waits', '=', true)
    .$if(after !== undefined, (builder) =>
      builder.where(
        sql<boolean>`(case_party.due_at, case_party.case_id) > (${after?.dueAt ?? 'infinity'}::timestamptz, ${after?.id}::uuid)`,
      ),
    )
    .orderBy('case_party.due_at')
    .orderBy('case_party.case_id')
    .$call((builder) => filtered(builder, query))
    .limit(query.limit + 1)
    .execute()
}

/** Newest first: an id begins with the time at which it was made. */
function boxRows(tx: Store | Tx, query: CaseQuery): Promise<CaseFileRow[]> {
  const { after, box } = query
  const among = box === 'all' ? query.parties : [query.party]
  return tables(tx)
    .selectFrom('case_file')
    .select([...fileColumns, 'case_file.due_clock', 'case_file.due_at'])
    .$if(among !== undefined, (builder) =>
      builder.where('case_file.id', 'in', (eb) =>
        eb
          .selectFrom('case_party')
          .select('case_id')
          .where('party', 'in', among!.length === 0 ? [''] : [...among!])
          .$if(box === 'mine', (inner) => inner.where('opened', '=', true)),
      ),
    )
    .$if(after !== undefined, (builder) => builder.where('case_file.id', '<', after!.id))
    .$call((builder) => filtered(builder, query))
    .orderBy('case_file.id', 'desc')
    .limit(query.limit + 1)
    .execute()
}

function filtered<Row>(
  builder: SelectQueryBuilder<CaseTables, 'case_file', Row>,
  { procedure, state, entryId, open, counted }: CaseQuery,
): SelectQueryBuilder<CaseTables, 'case_file', Row> {
  let narrowed = builder
  if (procedure !== undefined) narrowed = narrowed.where('procedure', '=', procedure)
  if (state !== undefined) narrowed = narrowed.where('state', '=', state)
  if (entryId !== undefined) narrowed = narrowed.where('entry_id', '=', entryId)
  if (open !== undefined) narrowed = narrowed.where('outcome', open ? 'is' : 'is not', null)
  if (counted !== undefined) narrowed = narrowed.where('case_file.id', 'in', casesCounted(counted))
  return narrowed
}

/** Which running clocks a job looks for: those whose date has ended unmarked by `dueBefore`, or provisional ones. */
export type ClockSearch = { readonly dueBefore: Date } | 'running'

/** Cases with such a clock, in order of id, after `afterId`. */
export async function casesWithClocks(
  db: Store,
  search: ClockSearch,
  afterId: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  const running = tables(db).selectFrom('case_clock').where('running', '=', true)
  const found =
    search === 'running'
      ? running.where('due_at', 'is not', null)
      : running.where('overdue', '=', false).where('due_at', '<', search.dueBefore)
  const rows = await found
    .select('case_id')
    .distinct()
    .$if(afterId !== undefined, (builder) => builder.where('case_id', '>', afterId!))
    .orderBy('case_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.case_id)
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

const headerOf = (row: CaseFileRow): CaseHeader => ({
  id: row.id,
  number: row.number,
  procedure: row.procedure,
  rulebookId: row.rulebook_id,
  rulebookVersion: row.rulebook_version,
  entryId: row.entry_id,
  subject: row.subject,
  parties: row.parties,
  openedAt: row.opened_at.toISOString(),
})
