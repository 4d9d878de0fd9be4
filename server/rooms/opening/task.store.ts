import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { AgreementTask, TaskKind } from './agreement.model.ts'

type TaskRow = {
  id: string
  agreement_id: string
  kind: TaskKind
  subject: string
  due_on: string | null
  opened_at: Date
  missed_at: Date | null
  filed_at: Date | null
  content: Record<string, string> | null
  record_id: string | null
}

const columns = sql.raw(
  `agreement_task.id, agreement_id, kind, subject, due_on::text as due_on, opened_at, missed_at, filed_at, content,
   agreement_task.record_id`,
)

const taskOf = (row: TaskRow): AgreementTask => ({
  id: row.id,
  agreementId: row.agreement_id,
  kind: row.kind,
  subject: row.subject,
  dueOn: row.due_on,
  openedAt: row.opened_at,
  missedAt: row.missed_at,
  filedAt: row.filed_at,
  content: row.content,
  recordId: row.record_id,
})

export async function insertTask(
  tx: Tx,
  task: Pick<AgreementTask, 'id' | 'agreementId' | 'kind' | 'subject' | 'dueOn' | 'openedAt'>,
): Promise<void> {
  await sql`insert into agreement_task (id, agreement_id, kind, subject, due_on, opened_at)
    values (${task.id}, ${task.agreementId}, ${task.kind}, ${task.subject}, ${task.dueOn}, ${task.openedAt})`.execute(
    tx,
  )
}

export async function findTask(db: Store | Tx, id: string): Promise<AgreementTask | undefined> {
  const { rows } = await sql<TaskRow>`select ${columns} from agreement_task where id = ${id}`.execute(db)
  return rows[0] && taskOf(rows[0])
}

/** Tasks of one agreement, in the order in which they fall due. */
export async function tasksOf(db: Store | Tx, agreementId: string): Promise<AgreementTask[]> {
  const { rows } =
    await sql<TaskRow>`select ${columns} from agreement_task where agreement_id = ${agreementId}
    order by kind, due_on nulls last, id limit 500`.execute(db)
  return rows.map(taskOf)
}

/** Open tasks of the agreements on one side, those missed first. */
export async function openTasks(
  db: Store | Tx,
  search: {
    readonly side: 'held' | 'concluded'
    readonly organisationId: string | null
    readonly userId: string
    readonly today: string
    readonly limit: number
  },
): Promise<AgreementTask[]> {
  const mine =
    search.side === 'held'
      ? sql`(organisation_id = ${search.organisationId} or user_id = ${search.userId})`
      : sql`authority_id = ${search.organisationId}`
  const { rows } =
    await sql<TaskRow>`select ${columns} from agreement_task join agreement on agreement.id = agreement_id
    where filed_at is null and ${mine}
      and (kind = 'disposal' or standing = 'in-force' or missed_at is not null)
      and (due_on is null or due_on <= ${search.today}::date + 60)
    order by missed_at nulls last, due_on nulls last, agreement_task.id limit ${search.limit}`.execute(db)
  return rows.map(taskOf)
}

/** False where it was filed before. */
export async function writeFiled(
  tx: Tx,
  id: string,
  filed: { readonly at: Date; readonly by: string; readonly content: object; readonly recordId: string },
): Promise<boolean> {
  const result = await sql`update agreement_task set filed_at = ${filed.at}, filed_by = ${filed.by},
      content = ${JSON.stringify(filed.content)}, record_id = ${filed.recordId}
    where id = ${id} and filed_at is null`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** False where it was filed, or marked before. */
export async function writeMissed(tx: Tx, id: string, at: Date): Promise<boolean> {
  const result =
    await sql`update agreement_task set missed_at = ${at} where id = ${id} and filed_at is null and missed_at is null`.execute(
      tx,
    )
  return Number(result.numAffectedRows) === 1
}
