import { figureKeys } from '@tiaoli/contract/figures'
import { type RawBuilder, sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'
import type { CaseCount, CaseState, CountCases, CountedCases, FigureKey, FigureScope } from './cases.types.ts'
import type { CaseFigure } from './figure.ts'

/** Writes what is counted of cases, in place of what was. */
export async function writeFigures(
  tx: Tx,
  cases: readonly { readonly state: CaseState; readonly figure: CaseFigure }[],
): Promise<void> {
  const list = (ids: readonly string[]) => sql`${[...ids]}::text[]`
  const rows = cases.map(
    ({ state, figure: { basis, ...figure } }) =>
      sql`(${state.id}, ${state.procedure}, ${figure.openedOn}, ${figure.applicantId}, ${figure.providerId},
      ${figure.deciderId}, ${state.outcome}, ${figure.answeredOn}, ${figure.workingDays}, ${figure.timed},
      ${list(figure.lateOwners)}, ${list(figure.overdueOwners)}, ${figure.missedLocal},
      ${basis?.rank ?? null}, ${basis?.instrument ?? null}, ${basis?.article ?? null})`,
  )
  await sql`insert into case_figure (case_id, procedure, opened_on, applicant_id, provider_id, decider_id, outcome,
      answered_on, working_days, timed, late_owners, overdue_owners, missed_local, basis_rank, basis_instrument, basis_article)
    values ${sql.join(rows)}
    on conflict (case_id) do update set applicant_id = excluded.applicant_id, provider_id = excluded.provider_id,
      decider_id = excluded.decider_id, outcome = excluded.outcome, answered_on = excluded.answered_on,
      working_days = excluded.working_days, timed = excluded.timed, late_owners = excluded.late_owners,
      overdue_owners = excluded.overdue_owners, missed_local = excluded.missed_local, basis_rank = excluded.basis_rank,
      basis_instrument = excluded.basis_instrument, basis_article = excluded.basis_article`.execute(tx)
}

const sides = { applicant: 'applicant_id', provider: 'provider_id', decider: 'decider_id' } as const

/**
 * What each figure counts: the one statement of it, for the number and for the list behind the number. A body that
 * answers is late by its own dates; to whoever asks, and for the city, by anybody's.
 */
function meaningOf(key: FigureKey, by: FigureScope['by']): RawBuilder<boolean> {
  const side = sql.ref(`figure.${sides[by ?? 'applicant']}`)
  const byIts = (owners: RawBuilder<unknown>): RawBuilder<boolean> =>
    by === undefined || by === 'applicant' ? sql`cardinality(${owners}) > 0` : sql`${side} = any(${owners})`
  const answered = sql<boolean>`figure.answered_on is not null`
  const late = byIts(sql`figure.late_owners`)
  switch (key) {
    case 'filed':
      return sql`true`
    case 'open':
      return sql`figure.outcome is null`
    case 'answered':
      return answered
    case 'inTime':
      return sql`${answered} and figure.timed and not ${late}`
    case 'late':
      return sql`${answered} and ${late}`
    case 'untimed':
      return sql`${answered} and not figure.timed`
    case 'overdue':
      return sql`figure.outcome is null and not ${answered} and ${byIts(sql`figure.overdue_owners`)}`
    case 'granted':
    case 'refused':
    case 'withdrawn':
      return sql`figure.outcome = ${sql.lit(key)}`
    case 'missedLocal':
      return sql`figure.missed_local`
  }
}

function scopeOf({ from, until, procedures, by, organisationIds }: FigureScope): RawBuilder<boolean> {
  const side = by === undefined ? undefined : sql.ref(`figure.${sides[by]}`)
  const conditions = [
    sql`figure.opened_on between ${from}::date and ${until}::date`,
    sql`figure.procedure = any(${[...procedures]}::text[])`,
    ...(side === undefined || organisationIds === undefined
      ? []
      : [sql`${side} = any(${[...organisationIds]}::text[])`]),
  ]
  return sql`${sql.join(conditions, sql` and `)}`
}

/** Ids of the cases that a figure counts, as a query for the list behind it. */
export function casesCounted(figure: CountedCases): RawBuilder<string> {
  const rank = figure.basisRank === undefined ? sql`true` : sql`figure.basis_rank = ${figure.basisRank}`
  return sql`(select figure.case_id from case_figure as figure
    where ${scopeOf(figure)} and ${meaningOf(figure.key, figure.by)} and ${rank})`
}

type CountRow = {
  organisation_id: string | null
  month: string | null
  working_days: number | null
} & Record<FigureKey, number>

/** The statement that counts, for the one that reads it and for the test of its plan. */
export function countQuery(scope: CountCases): RawBuilder<CountRow> {
  const { by } = scope
  const side = by === undefined ? sql`null::text` : sql.ref(`figure.${sides[by]}`)
  const month = sql`to_char(figure.opened_on, 'YYYY-MM')`
  const counts = figureKeys.map(
    (key) => sql`(count(*) filter (where ${meaningOf(key, by)}))::int as ${sql.ref(key)}`,
  )
  const group = scope.group === 'all' ? sql`` : sql`group by ${scope.group === 'month' ? month : side}`
  const limit = scope.group === 'organisation' ? sql`order by filed desc, 1 limit ${scope.limit}` : sql``
  return sql`select ${scope.group === 'organisation' ? side : sql`null::text`} as organisation_id,
      ${scope.group === 'month' ? month : sql`null::text`} as month, ${sql.join(counts)},
      (percentile_cont(0.5) within group (order by figure.working_days))::float8 as working_days
    from case_figure as figure
    where ${scopeOf(scope)} ${scope.group === 'organisation' ? sql`and ${side} is not null` : sql``}
    ${group} ${limit}`
}

export async function countFigures(db: Store | Tx, scope: CountCases): Promise<readonly CaseCount[]> {
  const { rows } = await countQuery(scope).execute(db)
  return rows.map(({ organisation_id, month, working_days, ...counts }) => ({
    organisationId: organisation_id,
    month,
    medianWorkingDays: working_days,
    counts,
  }))
}

/** Refusals by the rank and, where asked for, the words of what they rest on; the most frequent first. */
export async function countBases(
  db: Store | Tx,
  scope: FigureScope,
): Promise<
  readonly { readonly rank: string | null; readonly instrument: string | null; readonly cases: number }[]
> {
  const { rows } = await sql<{ rank: string | null; instrument: string | null; cases: number }>`
    select figure.basis_rank as rank, figure.basis_instrument as instrument, count(*)::int as cases
    from case_figure as figure where ${scopeOf(scope)} and ${meaningOf('refused', scope.by)}
    group by 1, 2 order by cases desc, 1, 2 limit 200`.execute(db)
  return rows
}

/** Cases of which nothing is counted yet, in order of id: those that are older than the figures. */
export async function uncounted(
  db: Store,
  afterId: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id from case_file
    where (${afterId ?? null}::uuid is null or id > ${afterId ?? null}::uuid)
      and not exists (select from case_figure where case_id = case_file.id) order by id limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
