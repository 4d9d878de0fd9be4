import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery, textSchema } from './common.ts'
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

export const listRecords = route({
  id: 'listRecords',
  method: 'GET',
  path: '/api/v1/records',
  access: 'session',
  summary: text(
    '留痕：本人和本单位的；主管部门可查全部',
    'Records: one’s own and one’s organisation’s; the authority sees all',
  ),
  query: pageQuery.extend({
    entry: idSchema.optional(),
    case: idSchema.optional(),
    grant: idSchema.optional(),
    kind: z.string().max(60).optional(),
  }),
  answer: pageOf(recordSchema),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.1',
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

export const ledgerRoutes = [listRecords, getRecord, getReceipt, getCheckpoint, getTile, getLedgerKey]
