import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { fieldTypes } from './catalogue.ts'
import { idSchema, maskSchema } from './common.ts'
import { csvEncodings, exportFormats } from './exports.ts'
import { route } from './route.ts'

const list = (item: z.ZodString) =>
  z.union([item, z.array(item)]).transform((value) => (Array.isArray(value) ? value : [value]))

/** Strict: of a filter whose name is misspelt, all rows would be given, and recorded as wanted. */
export const purposeQuery = z.strictObject({
  grant: idSchema
    .optional()
    .describe('The grant under which the rows are used; found by itself where there is one only'),
  scenario: z.string().max(500).optional().describe('The scenario or duty that the use serves'),
  snapshot: idSchema.optional().describe('An earlier snapshot; the live one where absent'),
})
export const selectionQuery = purposeQuery.extend({
  fields: z
    .string()
    .max(10_000)
    .optional()
    .describe('Names of fields, separated by commas; all that may be seen where absent'),
  where: list(z.string().max(2000))
    .optional()
    .describe(
      'field:operator:value, may be repeated; operators eq ne lt lte gt gte in prefix contains between isnull notnull; values of in and between separated by |; longitude,latitude:within:west|south|east|north is a box, and geometry:within:west|south|east|north finds the geometries whose own box meets it',
    ),
})

export const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
const columnSchema = z.object({
  name: z.string(),
  type: z.enum(fieldTypes),
  mask: maskSchema,
})

const answerFrame = {
  snapshot: z.object({ id: z.string(), number: z.number().int(), liveAt: z.string() }),
  basis: z.object({
    kind: z.enum(['open', 'shared', 'granted', 'own']),
    article: z.string(),
    grantId: z.string().nullable(),
  }),
  recordId: z.string().describe('Record of this access in the ledger'),
}
export const rowsAnswerSchema = z.object({
  columns: z.array(columnSchema),
  rows: z.array(rowSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int().nullable(),
  totalIsEstimate: z
    .boolean()
    .describe(
      'The total was told from a part of the rows and may be less than there are; total=exact has them counted',
    ),
  ...answerFrame,
})
export type RowsAnswer = z.infer<typeof rowsAnswerSchema>
export const aggregateAnswerSchema = z.object({
  rows: z.array(rowSchema),
  withheld: z
    .boolean()
    .describe('Groups of fewer rows than allowed were held back (a rule of the platform, not statutory)'),
  ...answerFrame,
})
export type AggregateAnswer = z.infer<typeof aggregateAnswerSchema>

const entryParams = z.object({ entryId: idSchema })
const rowProblems = [
  'not-found',
  'key-not-valid',
  'refused-by-law',
  'no-snapshot',
  'bad-filter',
  'engine-unavailable',
  'record-unavailable',
  'too-many-requests',
] as const

export const listRows = route({
  id: 'listRows',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/rows',
  access: 'caller',
  summary: text('按条件取行，分页', 'Filtered rows, page by page'),
  params: entryParams,
  query: selectionQuery.extend({
    sort: z
      .string()
      .max(500)
      .optional()
      .describe('Names of fields separated by commas, a leading - for descending'),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
    cursor: z.string().max(4000).optional(),
    total: z
      .enum(['quick', 'exact'])
      .default('quick')
      .describe(
        'quick: under a filter that was not met before, the total of very large tables is estimated; exact: it is counted',
      ),
  }),
  answer: rowsAnswerSchema,
  problems: [...rowProblems, 'bad-cursor'],
  since: '0.1',
})
export const getRow = route({
  id: 'getRow',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/rows/{key}',
  access: 'caller',
  summary: text('按主键取一行', 'One row by its key'),
  params: entryParams.extend({
    key: z.string().min(1).max(1000).describe('Parts of a compound key separated by ~'),
  }),
  query: purposeQuery.extend({ fields: z.string().max(10_000).optional() }),
  answer: z.object({
    row: rowSchema,
    ...answerFrame,
    snapshot: answerFrame.snapshot.nullable().describe('Null where the row was read at its source'),
    heldAt: z.string().nullable().describe('The system at the source that answered'),
  }),
  problems: [...rowProblems, 'no-key', 'source-unavailable'],
  since: '0.1',
})
export const diffRows = route({
  id: 'diffRows',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/diff',
  access: 'caller',
  summary: text('两个快照之间新增、更改、删除的行', 'Rows added, changed and removed between two snapshots'),
  params: entryParams,
  query: purposeQuery.extend({
    from: idSchema.describe('The earlier snapshot'),
    fields: z.string().max(10_000).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().max(4000).optional(),
  }),
  answer: z.object({
    columns: z.array(columnSchema),
    rows: z.array(
      z.object({
        kind: z.enum(['added', 'changed', 'removed']),
        before: rowSchema.nullable(),
        after: rowSchema.nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
    added: z.number().int(),
    changed: z
      .number()
      .int()
      .describe(
        'Rows of one key whose values differ; without a key no row is changed, only added or removed',
      ),
    removed: z.number().int(),
    notCompared: z
      .array(z.string())
      .describe('Fields that only one of the two has, or that are masked: their changes are not told'),
    ...answerFrame,
  }),
  problems: [...rowProblems, 'bad-cursor'],
  since: '0.1',
})
export const aggregateRows = route({
  id: 'aggregateRows',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/aggregate',
  access: 'caller',
  summary: text('分组汇总（供图表使用）', 'Group and aggregate, as plots need'),
  params: entryParams,
  query: selectionQuery.omit({ fields: true }).extend({
    group: z
      .string()
      .max(300)
      .describe(
        'field or field:grain (year month day) field:bin or field:bin:width, separated by commas, at most two',
      ),
    measure: z
      .string()
      .max(300)
      .default('count')
      .describe('count, sum:field, avg:field, min:field, max:field; separated by commas'),
    limit: z.coerce.number().int().min(1).max(5000).default(500),
  }),
  answer: aggregateAnswerSchema,
  problems: rowProblems,
  since: '0.1',
})
export const downloadRows = route({
  id: 'downloadRows',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/download',
  access: 'caller',
  summary: text('下载文件', 'Download a file'),
  params: entryParams,
  query: selectionQuery.extend({
    format: z
      .enum(exportFormats)
      .default('csv')
      .describe('geojson where there is a geometry, or longitude and latitude'),
    encoding: z
      .enum(csvEncodings)
      .optional()
      .describe('Of a CSV file: UTF-8 with a byte-order mark (where absent), without one, or GB 18030'),
    proof: z
      .stringbool()
      .optional()
      .describe('Issue a proof of the file; its code comes in the header tiaoli-proof'),
  }),
  answer: 'stream',
  problems: rowProblems,
  since: '0.1',
})

export const gatewayRoutes = [listRows, getRow, diffRows, aggregateRows, downloadRows]
