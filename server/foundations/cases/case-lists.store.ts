import type { Instant } from '@tiaoli/kernel/instants'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'
import { type CaseFileRow, type CaseTables, headerOf, tables } from './case-tables.ts'
import type { CaseState, CountedCases } from './cases.types.ts'
import type { CaseCursor } from './cursor.ts'
import { casesCounted } from './figures.store.ts'
import type { CaseHeader } from './fold.ts'
import type { Due } from './projection.ts'

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

/** Cases about the entry that have not ended. */
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
