import type { DiffQuery } from '../lake/lake.types.ts'
import type { Plan } from './gateway.types.ts'
import type { Masker } from './masks.ts'
import type { Differences } from './ports.ts'

/**
 * Reads differences as far as a plan shows them. Rows are compared by what is shown in clear alone: that a masked value
 * has changed would be told by a row that looks the same on both sides.
 */
export async function readDifferences(
  plan: Plan,
  { fieldNames, page }: Differences,
  query: Pick<DiffQuery, 'limit' | 'cursor'>,
  maskerFor: (plan: Plan) => Masker,
) {
  const common = new Set(fieldNames)
  const fields = plan.fields.filter(({ name }) => common.has(name))
  const mask = maskerFor({ ...plan, fields })
  const found = await page({
    ...query,
    // A row is shown on two sides.
    limit: Math.max(1, Math.min(query.limit, Math.floor(plan.maxRowsPerPage / 2))),
    fields: fields.map(({ name }) => name),
    compared: fields.filter((field) => field.mask === 'none').map(({ name }) => name),
    filters: [],
  })
  const rows = found.rows.map(({ kind, before, after }) => ({
    kind,
    before: before && mask(before),
    after: after && mask(after),
  }))
  const compared = new Set(fields.filter((field) => field.mask === 'none').map(({ name }) => name))
  const notCompared = plan.fields.map(({ name }) => name).filter((name) => !compared.has(name))
  const taken = rows.reduce((sum, { before, after }) => sum + (before ? 1 : 0) + (after ? 1 : 0), 0)
  return { value: { ...found, rows, notCompared }, rows: taken }
}
