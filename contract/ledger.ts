import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import {
  articleSchema,
  idSchema,
  instantInput,
  instantSchema,
  maskSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  textSchema,
  watermarkSchema,
} from './common.ts'
import { route } from './route.ts'

export const recordSchema = z.object({
  id: z.string(),
  at: instantSchema,
  kind: z.string(),
  title: textSchema,
  actor: z.object({ name: z.string().nullable(), organisation: organisationSummary.nullable() }),
  entry: z.object({ id: z.string(), title: z.string() }).nullable(),
  caseId: z.string().nullable(),
  grantId: z.string().nullable(),
  article: z.string().nullable(),
  outcome: z.string(),
  details: z.record(z.string(), z.unknown()),
  position: z.number().int().nullable().describe('Index in the log; null for the moment before it is sealed'),
  erasedAt: instantSchema
    .nullable()
    .describe('When its content was erased; its place in the log stays proven'),
})
export type RecordView = z.infer<typeof recordSchema>

export const receiptSchema = z.object({
  format: z.literal('tiaoli-receipt-1'),
  record: z
    .string()
    .nullable()
    .describe('Canonical JSON of the record, byte for byte as it was hashed; null once erased'),
  salt: z.string().nullable().describe('Base64; null once erased'),
  entry: z.string().describe('SHA-256 of salt and record: the entry of the log, Base64'),
  index: z.number().int(),
  proof: z.array(z.string()).describe('Inclusion proof (RFC 6962), Base64 hashes, leaf’s neighbour first'),
  checkpoint: z.string().describe('Signed note, C2SP tlog-checkpoint'),
  sm3: z
    .object({ entry: z.string(), proof: z.array(z.string()), checkpoint: z.string() })
    .optional()
    .describe('The same in the SM3 tree, whose checkpoint is signed with SM2; absent where none is kept'),
})
export type Receipt = z.infer<typeof receiptSchema>

const recordSearch = z.object({
  entry: idSchema.optional(),
  case: idSchema.optional(),
  grant: idSchema.optional(),
  kind: z.string().max(60).optional(),
  accesses: z.stringbool().optional().describe('Accesses to data and nothing else'),
  organisation: z
    .string()
    .max(100)
    .optional()
    .describe('Who acted or used; of those whom one may watch over'),
  outcome: z.string().max(60).optional().describe('answered, begun, complete, or the code of a refusal'),
  article: articleSchema.optional().describe('An article with all its parts, or one obligation'),
  key: z.string().max(100).optional().describe('Id of the API key'),
  scenario: z.string().max(500).optional().describe('A part of the stated scenario or duty'),
  from: instantInput({ offset: true }).optional(),
  before: instantInput({ offset: true }).optional(),
})

const periodSchema = z
  .object({ from: instantSchema, before: instantSchema, usual: z.boolean() })
  .nullable()
  .describe(
    'The time that was searched. By kind, accesses, outcome, article, key or scenario it is the last 30 days (`usual`) where no beginning is named, and a year at most; null: all times',
  )

/** What is counted is exact as far as this. */
export const recordsCounted = 10_000

export const listRecords = route({
  id: 'listRecords',
  method: 'GET',
  path: '/api/v1/records',
  access: 'session',
  summary: text(
    '留痕：本人和本单位的，以及本单位目录条目的使用；主管部门可查所辖范围全部',
    'Records: one’s own and one’s organisation’s, and uses of its own entries; an authority sees its whole area',
  ),
  query: pageQuery.extend(recordSearch.shape),
  answer: pageOf(recordSchema).extend({
    total: z
      .object({ count: z.number().int(), more: z.boolean().describe('There are more than were counted') })
      .nullable()
      .describe('Told with the first page'),
    searched: periodSchema,
  }),
  problems: ['not-signed-in', 'bad-cursor', 'bad-filter'],
  since: '0.1',
})
/** A file holds this many records and no more: it is refused rather than cut. */
export const recordsPerFile = 50_000

export const listRecordKinds = route({
  id: 'listRecordKinds',
  method: 'GET',
  path: '/api/v1/record-kinds',
  access: 'session',
  summary: text('留痕的种类及名称', 'Kinds of records and what they are called'),
  answer: z.object({ items: z.array(z.object({ kind: z.string(), title: textSchema })) }),
  problems: ['not-signed-in'],
  since: '0.5',
})
export const exportRecords = route({
  id: 'exportRecords',
  method: 'GET',
  path: '/api/v1/records/export',
  access: 'session',
  summary: text('导出查询到的留痕（CSV）', 'Records that a search finds, as CSV'),
  query: recordSearch,
  answer: 'stream',
  problems: ['not-signed-in', 'bad-filter'],
  since: '0.4',
})
export const getRecord = route({
  id: 'getRecord',
  method: 'GET',
  path: '/api/v1/records/{recordId}',
  access: 'session',
  summary: text('一条留痕', 'One record'),
  params: z.object({ recordId: idSchema }),
  answer: recordSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.1',
})
/** Records at once of what the entries of the log were made of. */
export const contentsAtOnce = 500

export const listLogContents = route({
  id: 'listLogContents',
  method: 'GET',
  path: '/api/v1/ledger/contents',
  access: 'session',
  summary: text(
    '日志各条目的内容和随机数，供核对数据库中的留痕未被改动；限全市的数据主管部门',
    'What the entries of the log were made of, to check that no record was changed in the database; for the authority of the whole city',
  ),
  query: z.object({
    from: z.coerce
      .number()
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .default(0)
      .describe('Index of the first'),
  }),
  answer: z.object({
    items: z.array(
      z.object({
        index: z.number().int(),
        record: z.string().nullable().describe('Canonical JSON as it was hashed; null once erased'),
        salt: z.string().nullable().describe('Base64; null once erased'),
      }),
    ),
    next: z.number().int().nullable().describe('Index to go on from; null where there was no more'),
  }),
  problems: ['not-signed-in', 'not-allowed'],
  since: '0.4',
})

const explanationStep = z.object({
  ground: z
    .enum(['own', 'granted', 'shared', 'open'])
    .nullable()
    .describe('Null where it is asked before every ground'),
  grantId: z.string().nullable(),
  condition: z.string(),
  title: textSchema,
  met: z.boolean(),
  article: z.string().nullable().describe('Null: a rule of the platform, not of the regulation (非法定)'),
  facts: z.array(z.object({ name: textSchema, value: textSchema })),
})
export const explanationSchema = z.object({
  record: recordSchema,
  decision: z
    .object({
      granted: z.boolean(),
      reason: z.object({ condition: textSchema, remedy: textSchema }).nullable(),
      steps: z.array(explanationStep),
      carriedBy: z
        .object({ ground: z.enum(['own', 'granted', 'shared', 'open']), grantId: z.string().nullable() })
        .nullable(),
      plan: z
        .object({
          fields: z.array(z.object({ name: z.string(), mask: maskSchema })),
          aggregated: z.array(z.string()).describe('Given in aggregates only'),
          withheld: z.boolean().describe('Groups of the answer were too small to be shown'),
          rows: textSchema.describe('Which rows the plan covers'),
          limits: textSchema.nullable().describe('Of the grant; null where it set none'),
          maxRowsPerPage: z.number().int(),
          marked: z.boolean().describe('A file under this plan carries the mark of its receiver'),
          watermark: z.array(watermarkSchema).describe('What a delivery carries to be traced by'),
        })
        .nullable(),
      used: z.array(z.string()).describe('Fields looked up, filtered, sorted or grouped by'),
      law: z.string().nullable().describe('Rulebook and version by which it was decided'),
      agrees: z
        .boolean()
        .nullable()
        .describe('Whether the same facts give the same decision again; null where none were kept'),
    })
    .nullable()
    .describe('Null for what is no access to data'),
  grant: z.object({ id: z.string(), caseId: z.string(), caseNumber: z.string() }).nullable(),
  snapshot: z.object({ id: z.string(), number: z.number().int().nullable() }).nullable(),
  begun: z.string().nullable().describe('Record of the download that this one ends'),
  verify: z.array(z.string()).describe('Commands by which a stranger who has the receipt checks it'),
})
export type Explanation = z.infer<typeof explanationSchema>

export const explainRecord = route({
  id: 'explainRecord',
  method: 'GET',
  path: '/api/v1/records/{recordId}/explanation',
  access: 'caller',
  summary: text(
    '说明一次取用或拒绝：依据哪些规则、由哪条留痕证明',
    'Which rules decided an access or a refusal, and which record proves it',
  ),
  params: z.object({ recordId: idSchema }),
  answer: explanationSchema,
  problems: ['not-found'],
  since: '0.4',
})
export const getReceipt = route({
  id: 'getReceipt',
  method: 'GET',
  path: '/api/v1/records/{recordId}/receipt',
  access: 'caller',
  summary: text('回执：可用公开检验程序核对', 'Receipt, to be checked with the public verifier'),
  params: z.object({ recordId: idSchema }),
  answer: receiptSchema,
  problems: ['not-found', 'record-unavailable'],
  since: '0.1',
})
export const getCheckpoint = route({
  id: 'getCheckpoint',
  method: 'GET',
  path: '/ledger/checkpoint',
  access: 'public',
  summary: text('公开检查点', 'The public checkpoint'),
  answer: 'stream',
  problems: [],
  since: '0.1',
})
export const getTile = route({
  id: 'getTile',
  method: 'GET',
  path: '/ledger/tile/*',
  access: 'public',
  summary: text('日志分片（C2SP tlog-tiles）', 'Tiles of the log (C2SP tlog-tiles)'),
  answer: 'stream',
  problems: ['not-found'],
  since: '0.1',
})
export const getLedgerKey = route({
  id: 'getLedgerKey',
  method: 'GET',
  path: '/ledger/key',
  access: 'public',
  summary: text('检查点的公钥（signed note 格式）', 'Public key of the checkpoint, signed-note format'),
  answer: 'stream',
  problems: [],
  since: '0.1',
})

export const ledgerRoutes = [
  listRecords,
  listRecordKinds,
  exportRecords,
  listLogContents,
  getRecord,
  explainRecord,
  getReceipt,
  getCheckpoint,
  getTile,
  getLedgerKey,
]
