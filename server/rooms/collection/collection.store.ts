import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { PlanContent } from './collection.rules.ts'

export type PlanState = 'draft' | 'registered' | 'ended'
export type Plan = {
  readonly id: string
  readonly organisationId: string
  readonly userId: string
  readonly content: PlanContent
  readonly state: PlanState
  readonly version: number
  readonly createdAt: Date
  readonly registeredAt: Date | null
  readonly objections: number
}

type PlanRow = {
  id: string
  organisation_id: string
  user_id: string
  content: PlanContent
  state: PlanState
  version: number
  created_at: Date
  registered_at: Date | null
  objections: number
}
const planOf = (row: PlanRow): Plan => ({
  id: row.id,
  organisationId: row.organisation_id,
  userId: row.user_id,
  content: row.content,
  state: row.state,
  version: row.version,
  createdAt: row.created_at,
  registeredAt: row.registered_at,
  objections: Number(row.objections),
})
const columns = sql.raw(
  'p.id, p.organisation_id, p.user_id, p.content, p.state, p.version, p.created_at, p.registered_at, (select count(*)::int from plan_objection o where o.plan_id = p.id) as objections',
)

export async function insertPlan(tx: Tx, plan: Omit<Plan, 'objections' | 'registeredAt'>): Promise<void> {
  await sql`insert into collection_plan (id, organisation_id, user_id, content, addressees, state, version, created_at)
    values (${plan.id}, ${plan.organisationId}, ${plan.userId}, ${JSON.stringify(plan.content)}, ${plan.content.addressees},
      ${plan.state}, ${plan.version}, ${plan.createdAt})`.execute(tx)
}

export async function findPlan(db: Store | Tx, id: string): Promise<Plan | undefined> {
  const { rows } = await sql<PlanRow>`select ${columns} from collection_plan p where p.id = ${id}`.execute(db)
  return rows[0] && planOf(rows[0])
}

export type PlanSearch = {
  readonly organisationIds?: readonly string[] | null | undefined
  /** Registered plans that are addressed to this body. */
  readonly addressee?: string | undefined
  readonly before?: string | undefined
  readonly limit: number
}

export async function findPlans(db: Store | Tx, search: PlanSearch): Promise<Plan[]> {
  const { organisationIds = null, addressee = null, before = null, limit } = search
  const { rows } = await sql<PlanRow>`select ${columns} from collection_plan p
    where (${organisationIds}::text[] is null or p.organisation_id = any(${organisationIds}::text[]))
    and (${addressee}::text is null or (p.addressees @> array[${addressee}::text] and p.state <> 'draft'))
    and (${before}::text is null or p.id < ${before}) order by p.id desc limit ${limit}`.execute(db)
  return rows.map(planOf)
}

/** False where the version is not the newest or the plan is no draft any more. */
export async function writePlan(tx: Tx, id: string, version: number, content: PlanContent): Promise<boolean> {
  const result =
    await sql`update collection_plan set content = ${JSON.stringify(content)}, addressees = ${content.addressees},
    version = version + 1 where id = ${id} and version = ${version} and state = 'draft'`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** False where the plan has moved meanwhile: what was checked is what is registered. */
export async function moveContent(
  tx: Tx,
  plan: Plan,
  to: PlanState,
  registeredAt: Date | null,
): Promise<boolean> {
  const result =
    await sql`update collection_plan set state = ${to}, version = version + 1, registered_at = ${registeredAt}
    where id = ${plan.id} and version = ${plan.version}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export type Objection = { readonly organisationId: string; readonly at: Date; readonly reasons: string }

export async function insertObjection(
  tx: Tx,
  planId: string,
  objection: Objection & { userId: string },
): Promise<boolean> {
  const result = await sql`insert into plan_objection (plan_id, organisation_id, user_id, reasons, at)
    values (${planId}, ${objection.organisationId}, ${objection.userId}, ${objection.reasons}, ${objection.at})
    on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function objectionsTo(db: Store | Tx, planId: string): Promise<Objection[]> {
  const { rows } = await sql<{ organisation_id: string; at: Date; reasons: string }>`
    select organisation_id, at, reasons from plan_objection where plan_id = ${planId} order by at`.execute(db)
  return rows.map((row) => ({ organisationId: row.organisation_id, at: row.at, reasons: row.reasons }))
}
