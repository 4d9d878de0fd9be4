import { type RawBuilder, sql } from 'kysely'
import type { RecordFilter } from './ledger.types.ts'

/** The article itself and all that is part of it: CQ-26 finds CQ-26.1-a, and not CQ-260. */
const underArticle = (article: string) =>
  sql`(starts_with(article, ${article}) and substr(article, ${article.length + 1}::int, 1) !~ '[0-9]')`

/** The condition of a search over `record`, with its `where`; empty where nothing is asked for. */
export function conditionOf(filter: RecordFilter): RawBuilder<unknown> {
  const { from, before } = filter
  const conditions = [
    filter.entryId !== undefined && sql`entry_id = ${filter.entryId}`,
    filter.caseId !== undefined && sql`case_id = ${filter.caseId}`,
    filter.organisationIds !== undefined &&
      sql`organisation_id = any(${[...filter.organisationIds]}::text[])`,
    filter.organisationId !== undefined && sql`organisation_id = ${filter.organisationId}`,
    filter.personId !== undefined && sql`user_id = ${filter.personId} and organisation_id is null`,
    filter.grantId !== undefined && sql`grant_id = ${filter.grantId}`,
    filter.kind !== undefined && sql`kind = ${filter.kind}`,
    filter.accesses && sql`kind like 'access.%'`,
    filter.ownOrAccesses !== undefined &&
      sql`(organisation_id = ${filter.ownOrAccesses} or kind like 'access.%')`,
    filter.outcome !== undefined && sql`outcome = ${filter.outcome}`,
    filter.article !== undefined && underArticle(filter.article),
    filter.apiKeyId !== undefined && sql`payload->>'apiKeyId' = ${filter.apiKeyId}`,
    filter.scenario !== undefined && sql`strpos(payload->>'scenario', ${filter.scenario}) > 0`,
    from !== undefined && sql`at >= ${from}`,
    before !== undefined && sql`at < ${before}`,
    filter.cursor !== undefined && sql`id < ${filter.cursor}`,
  ].filter((condition) => condition !== undefined && condition !== false)
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
}
