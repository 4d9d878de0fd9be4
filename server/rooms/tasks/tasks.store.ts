import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import {
  type Requirement,
  type SourceCount,
  type Stage,
  type StageReached,
  stages,
  type TaskNotes,
} from './tasks.model.ts'

type NotesRow = {
  entry_id: string
  required_cycle: string | null
  requirement: Requirement | null
  source_rows: number | null
  source_changed_at: Date | null
  source_reported_at: Date | null
  source_measured: boolean
  exception_case_id: string | null
  told_due_at: Date | null
}

/** Notes by entry: of all entries, or of one. */
export async function notes(db: Store | Tx, entryId: string | null): Promise<Map<string, TaskNotes>> {
  const { rows } = await sql<NotesRow>`select * from aggregation_task
    where ${entryId}::text is null or entry_id = ${entryId}`.execute(db)
  return new Map(
    rows.map((row) => [
      row.entry_id,
      {
        requiredCycle: row.required_cycle,
        requirement: row.requirement,
        source:
          row.source_rows === null
            ? null
            : {
                rows: Number(row.source_rows),
                changedAt: row.source_changed_at,
                reportedAt: row.source_reported_at!,
                measured: row.source_measured,
              },
        exceptionCaseId: row.exception_case_id,
        toldDueAt: row.told_due_at,
      },
    ]),
  )
}

export async function writeRequirement(
  tx: Tx,
  entryId: string,
  cycle: string,
  requirement: Requirement,
): Promise<void> {
  await sql`insert into aggregation_task (entry_id, required_cycle, requirement)
    values (${entryId}, ${cycle}, ${JSON.stringify(requirement)})
    on conflict (entry_id) do update set required_cycle = excluded.required_cycle, requirement = excluded.requirement`.execute(
    tx,
  )
}

export async function writeSource(tx: Tx, entryId: string, source: SourceCount): Promise<void> {
  await sql`insert into aggregation_task (entry_id, source_rows, source_changed_at, source_reported_at, source_measured)
    values (${entryId}, ${source.rows}, ${source.changedAt}, ${source.reportedAt}, ${source.measured})
    on conflict (entry_id) do update set source_rows = excluded.source_rows,
      source_changed_at = excluded.source_changed_at, source_reported_at = excluded.source_reported_at,
      source_measured = excluded.source_measured`.execute(tx)
}

export async function writeException(tx: Tx, entryId: string, caseId: string): Promise<void> {
  await sql`insert into aggregation_task (entry_id, exception_case_id) values (${entryId}, ${caseId})
    on conflict (entry_id) do update set exception_case_id = excluded.exception_case_id`.execute(tx)
}

/** Notes that the owner is told of this due moment; false where that was done already. */
export async function markTold(tx: Tx, entryId: string, dueAt: Date): Promise<boolean> {
  const result = await sql`insert into aggregation_task (entry_id, told_due_at) values (${entryId}, ${dueAt})
    on conflict (entry_id) do update set told_due_at = excluded.told_due_at
    where aggregation_task.told_due_at is distinct from excluded.told_due_at`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function stagesOf(db: Store | Tx, entryId: string): Promise<StageReached[]> {
  const { rows } = await sql<{
    stage: Stage
    at: Date
    organisation_id: string
    user_id: string
    rows: number | null
    source: string | null
    record_id: string
  }>`select stage, at, organisation_id, user_id, rows, source, record_id
    from aggregation_stage where entry_id = ${entryId}`.execute(db)
  const inOrder = rows.toSorted((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage))
  return inOrder.map((row) => ({
    stage: row.stage,
    at: row.at,
    organisationId: row.organisation_id,
    userId: row.user_id,
    rows: row.rows === null ? null : Number(row.rows),
    source: row.source,
    recordId: row.record_id,
  }))
}

export async function insertStage(tx: Tx, entryId: string, reached: StageReached): Promise<void> {
  await sql`insert into aggregation_stage (entry_id, stage, at, organisation_id, user_id, rows, source, record_id)
    values (${entryId}, ${reached.stage}, ${reached.at}, ${reached.organisationId}, ${reached.userId},
      ${reached.rows}, ${reached.source}, ${reached.recordId})`.execute(tx)
}
