import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema, organisationSummary, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

/** One demand for shared data, and what it is matched with. */
export const supplyLineSchema = z.object({
  caseId: z.string(),
  number: z.string(),
  demand: z.string().describe('The data that are needed, in the words of the demand'),
  user: organisationSummary.nullable(),
  section: z.enum(['matched', 'no-supply']),
  entry: z.object({ id: z.string(), title: z.string() }).nullable(),
  provider: organisationSummary.nullable(),
  sharingType: textSchema.nullable(),
  state: textSchema,
  filedAt: instantSchema,
})
export type SupplyLine = z.infer<typeof supplyLineSchema>

export const listSupply = route({
  id: 'listSupply',
  method: 'GET',
  path: '/api/v1/supply-list',
  access: 'session',
  summary: text(
    '供需目录清单：每项需求与其供给',
    'List of supply and demand: each demand with what meets it',
  ),
  query: pageQuery.extend({ section: z.enum(['matched', 'no-supply']).optional() }),
  answer: pageOf(supplyLineSchema).extend({
    asOf: instantSchema,
    article: z.string(),
    term: textSchema,
  }),
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'bad-cursor'],
  since: '0.2',
})
export const exportSupply = route({
  id: 'exportSupply',
  method: 'GET',
  path: '/api/v1/supply-list/file',
  access: 'session',
  summary: text('供需目录清单文件（CSV）', 'The list of supply and demand as a file (CSV)'),
  answer: 'stream',
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})

export const matchingRoutes = [listSupply, exportSupply]
