import type { BulkEditOutcome } from '@tiaoli/contract/bulk-edits'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { EntryContent } from '../catalogue/index.ts'
import type { BulkEdit, CellError, Change, EditLine } from './bulk-edit.model.ts'

type EditRow = {
  id: string
  organisation_id: string
  user_id: string
  user_name: string
  file_name: string
  sha256: string
  state: BulkEdit['state']
  created_at: Date
  applied_at: Date | null
  applied_by: string | null
  undone_at: Date | null
  undone_by: string | null
}

const editOf = (row: EditRow): BulkEdit => ({
  id: row.id,
  organisationId: row.organisation_id,
  userId: row.user_id,
  userName: row.user_name,
  fileName: row.file_name,
  sha256: row.sha256,
  state: row.state,
  createdAt: row.created_at,
  appliedAt: row.applied_at,
  appliedBy: row.applied_by,
  undoneAt: row.undone_at,
  undoneBy: row.undone_by,
})

type LineRow = {
  position: number
  line: number
  entry_id: string | null
  title: string
  outcome: BulkEditOutcome
  changes: Change[]
  errors: CellError[]
  version: number | null
  after: EntryContent | null
  before: EntryContent | null
  version_after: number | null
}

const lineOf = (row: LineRow): EditLine => ({
  position: row.position,
  line: row.line,
  entryId: row.entry_id,
  title: row.title,
  outcome: row.outcome,
  changes: row.changes,
  errors: row.errors,
  version: row.version,
  after: row.after,
  before: row.before,
  versionAfter: row.version_after,
})

export async function insertEdit(tx: Tx, edit: BulkEdit): Promise<void> {
  await sql`insert into bulk_edit (id, organisation_id, user_id, user_name, file_name, sha256, state, created_at)
    values (${edit.id}, ${edit.organisationId}, ${edit.userId}, ${edit.userName}, ${edit.fileName}, ${edit.sha256},
      ${edit.state}, ${edit.createdAt})`.execute(tx)
}

export async function insertLine(tx: Tx, editId: string, line: EditLine): Promise<void> {
  await sql`insert into bulk_edit_line (bulk_edit_id, position, line, entry_id, title, outcome, changes, errors, version, after)
    values (${editId}, ${line.position}, ${line.line}, ${line.entryId}, ${line.title}, ${line.outcome},
      ${JSON.stringify(line.changes)}, ${JSON.stringify(line.errors)}, ${line.version},
      ${line.after === null ? null : JSON.stringify(line.after)})`.execute(tx)
}

/** Previews that somebody has left without applying them. */
export async function removePreviews(tx: Tx, userId: string): Promise<void> {
  await sql`delete from bulk_edit where user_id = ${userId} and state = 'previewed'`.execute(tx)
}

/** Inside a transaction with `hold` nobody else acts on it until the end. */
export async function findEdit(db: Store | Tx, id: string, hold = false): Promise<BulkEdit | undefined> {
  const { rows } = await sql<EditRow>`select * from bulk_edit where id = ${id}
    ${hold ? sql`for update` : sql``}`.execute(db)
  return rows[0] && editOf(rows[0])
}

/** Of an organisation, the newest first. */
export async function listEdits(
  db: Store,
  organisationId: string,
  before: string | undefined,
  limit: number,
): Promise<BulkEdit[]> {
  const { rows } = await sql<EditRow>`select * from bulk_edit where organisation_id = ${organisationId}
    and (${before ?? null}::text is null or id < ${before ?? null}) order by id desc limit ${limit}`.execute(
    db,
  )
  return rows.map(editOf)
}

export async function writeState(tx: Tx, edit: BulkEdit): Promise<void> {
  await sql`update bulk_edit set state = ${edit.state}, applied_at = ${edit.appliedAt}, applied_by = ${edit.appliedBy},
    undone_at = ${edit.undoneAt}, undone_by = ${edit.undoneBy} where id = ${edit.id}`.execute(tx)
}

/** Lines in their order, of one outcome or of all. */
export async function linesOfEdit(
  db: Store | Tx,
  editId: string,
  outcome: BulkEditOutcome | undefined,
  after: number,
  limit: number,
): Promise<EditLine[]> {
  const { rows } = await sql<LineRow>`select * from bulk_edit_line
    where bulk_edit_id = ${editId} and position > ${after} and (${outcome ?? null}::text is null or outcome = ${outcome ?? null})
    order by position limit ${limit}`.execute(db)
  return rows.map(lineOf)
}

/** Writes what became of a line. */
export async function writeLine(db: Store | Tx, editId: string, line: EditLine): Promise<void> {
  await sql`update bulk_edit_line set outcome = ${line.outcome}, errors = ${JSON.stringify(line.errors)},
      before = ${line.before === null ? null : JSON.stringify(line.before)}, version_after = ${line.versionAfter}
    where bulk_edit_id = ${editId} and position = ${line.position}`.execute(db)
}

export async function countLines(
  db: Store | Tx,
  editId: string,
): Promise<Partial<Record<BulkEditOutcome, number>>> {
  const { rows } = await sql<{ outcome: BulkEditOutcome; count: number }>`
    select outcome, count(*)::int as count from bulk_edit_line where bulk_edit_id = ${editId} group by outcome`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]))
}
