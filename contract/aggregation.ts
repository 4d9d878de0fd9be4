import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { fieldTypes, snapshotModes } from './catalogue.ts'
import { idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'
import { columnSchemaSchema, descriptorSchema, tableSchemaSchema } from './table-schema.ts'

export const batchStates = [
  'profiling',
  'awaiting-acceptance',
  'loading',
  'live',
  'failed',
  'cancelled',
] as const

/** How rows meet those that are live: in their place, beside them, each in place of its own, or taking them away. */
export const batchModes = ['replace', 'append', 'upsert', 'delete'] as const

export type BatchMode = (typeof batchModes)[number]

export const rowChangesSchema = z.object({
  added: z.number().int(),
  replaced: z.number().int(),
  removed: z.number().int(),
})

export const columnSchema = z.object({
  source: z.string(),
  renamedFrom: z.string().nullable(),
  type: z.enum(fieldTypes),
  nulls: z.number().int(),
  distinctAbout: z.number().int(),
  samples: z.array(z.string()),
  misfits: z.number().int(),
  misfitSamples: z.array(z.string()),
  looksPersonal: z.string().nullable(),
  field: z.string().nullable().describe('Field of the entry that it becomes; null: left out'),
  schema: columnSchemaSchema.nullable().describe('Of the schema that came with the file'),
})

export const tableSchema = z.object({
  name: z.string(),
  rowCount: z.number().int(),
  malformedRows: z.number().int(),
  columns: z.array(columnSchema),
  sampleRows: z.array(z.array(z.string().nullable())),
  schema: tableSchemaSchema.nullable(),
  suggestions: z
    .array(z.object({ field: z.string(), part: z.enum(['meaning', 'unit']), words: z.string() }))
    .describe('Words of the schema for fields of which the entry says nothing yet'),
  missingFields: z.array(z.string()).describe('Fields of the entry for which the file has no column'),
})

export const refusalSchema = z.object({
  line: z.number().int(),
  column: z.string().nullable(),
  cause: z.string(),
  causeText: textSchema,
  value: z.string().nullable(),
})

export const batchSchema = z.object({
  id: z.string(),
  entryId: z.string(),
  entryTitle: z.string(),
  number: z.number().int(),
  state: z.enum(batchStates),
  mode: z.enum(batchModes),
  fileName: z.string(),
  sizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  describedAt: instantSchema
    .nullable()
    .describe(
      'When a schema was given after the file: from then on the run waits to be accepted by a person',
    ),
  createdBy: z.string(),
  progress: z
    .object({
      stage: z.string(),
      stageText: textSchema,
      fraction: z.number(),
      secondsLeft: z.number().nullable(),
    })
    .nullable(),
  format: z.string().nullable(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  tables: z.array(tableSchema),
  leftOut: z
    .array(z.object({ name: z.string(), cause: z.string().describe('A code'), causeText: textSchema }))
    .describe('Files of an archive that are no tables, and why'),
  table: z.string().nullable().describe('The table that was taken in'),
  rows: z.number().int().nullable(),
  refusedRows: z.number().int().nullable(),
  changes: rowChangesSchema.nullable().describe('Null where the rows stand in place of all that were there'),
  refusals: z.array(refusalSchema).describe('The first of them; all are in the report'),
  personalFindings: z.array(z.object({ field: z.string(), kind: z.string(), declared: z.string() })),
  snapshotId: z.string().nullable(),
  failure: z.object({ code: z.string(), message: textSchema }).nullable(),
  waits: textSchema
    .nullable()
    .describe('Why a run that was to go in by itself waits for a person; null otherwise'),
  newer: z
    .object({
      newest: z.number().int().describe('What seenSnapshot has to say for the run to be accepted'),
      count: z.number().int(),
      versions: z
        .array(
          z.object({
            number: z.number().int(),
            mode: z.enum(snapshotModes),
            rows: z.number().int(),
            liveAt: instantSchema,
          }),
        )
        .describe('The newest first, ten at the most'),
      effect: textSchema.describe('What accepting the run does to their rows'),
    })
    .nullable()
    .describe('Versions of the data that came while the run waits; null where there are none'),
  acts: z.array(z.enum(['accept', 'cancel', 'retry', 'take-over'])),
})
export type Batch = z.infer<typeof batchSchema>

export const acceptBatchSchema = z.object({
  table: z.string().max(200).optional().describe('The first table where absent'),
  encoding: z.string().max(40).optional(),
  delimiter: z.string().max(5).optional(),
  columns: z
    .array(
      z.object({
        source: z.string().max(300),
        field: z.string().max(100).nullable(),
        type: z.enum(fieldTypes).optional(),
      }),
    )
    .max(2000)
    .optional()
    .describe('The proposal of the batch where absent'),
  nulls: z
    .array(z.string().max(40))
    .max(20)
    .optional()
    .describe('Where absent: those of the schema that came with the file, or the usual ones'),
  schema: z
    .enum(['apply', 'ignore'])
    .optional()
    .describe('ignore: the types, spellings and constraints of the schema are not applied'),
  seenSnapshot: z
    .number()
    .int()
    .positive()
    .optional()
    .describe(
      'Number of the newest version that was seen. Needed where some came while the run waits; where it is not the newest any more, nothing is accepted',
    ),
})

const entryParams = z.object({ entryId: idSchema })
const batchParams = z.object({ batchId: idSchema })

export const createBatch = route({
  id: 'createBatch',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/batches',
  access: 'session',
  summary: text('上传文件，开始一个汇聚批次', 'Upload a file: begin an ingest run'),
  params: entryParams,
  query: z.object({
    filename: z.string().min(1).max(255).optional().describe('Needed where the body is the file itself'),
    encoding: z.string().max(40).optional(),
    delimiter: z.string().max(5).optional(),
    mode: z
      .enum(batchModes)
      .default('replace')
      .describe(
        'replace: all rows anew; append: more rows; upsert: rows in place of those of the same key, or new; delete: a file of keys whose rows go. The last two need a key; every mode makes a snapshot of its own',
      ),
    accept: z
      .enum(['review', 'auto'])
      .default('review')
      .describe('auto: load without waiting when every field of the entry has its column'),
    batchKey: z
      .string()
      .min(8)
      .max(100)
      .optional()
      .describe(
        'For systems that push: what the sender calls these rows. Sent once more under the same key, as after an answer that was lost, the same rows make no second run but are answered with the first; other rows under it are refused',
      ),
  }),
  body: 'stream',
  answer: batchSchema,
  status: 202,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'too-large',
    'file-unreadable',
    'bad-request',
    'act-not-available',
    'refused-by-law',
    'unsupported-media',
  ],
  since: '0.1',
})
export const listBatches = route({
  id: 'listBatches',
  method: 'GET',
  path: '/api/v1/batches',
  access: 'session',
  summary: text('本单位的汇聚批次', 'Ingest runs of my organisation'),
  query: pageQuery.extend({ entry: idSchema.optional() }),
  answer: pageOf(batchSchema),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.1',
})
export const getBatch = route({
  id: 'getBatch',
  method: 'GET',
  path: '/api/v1/batches/{batchId}',
  access: 'session',
  summary: text('汇聚批次：进度、推断结构、拒收行', 'An ingest run: progress, inferred schema, refused rows'),
  params: batchParams,
  answer: batchSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.1',
})
export const acceptBatch = route({
  id: 'acceptBatch',
  method: 'POST',
  path: '/api/v1/batches/{batchId}/acts/accept',
  access: 'session',
  summary: text('确认结构，开始入库', 'Accept the schema and load'),
  params: batchParams,
  body: acceptBatchSchema,
  answer: batchSchema,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-not-available',
    'changed-meanwhile',
    'content-incomplete',
  ],
  since: '0.1',
})
export const describeBatch = route({
  id: 'describeBatch',
  method: 'POST',
  path: '/api/v1/batches/{batchId}/acts/describe',
  access: 'session',
  summary: text(
    '为批次附上表结构（Frictionless Table Schema 或 Data Package），重新读取文件，由数据管理员确认后入库',
    'Give the file its Table Schema or Data Package, and have it read again; a steward then accepts it',
  ),
  params: batchParams,
  body: z.object({ descriptor: descriptorSchema }),
  answer: batchSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.4',
})
export const takeOverSchema = route({
  id: 'takeOverSchema',
  method: 'POST',
  path: '/api/v1/batches/{batchId}/acts/take-over',
  access: 'session',
  summary: text(
    '将表结构对信息项的说明写入目录编制草稿或者待提交的修订',
    'Write what the schema says of the fields into the draft of the entry, or into its revision',
  ),
  params: batchParams,
  body: z.object({
    table: z.string().max(200).optional().describe('The table taken in, else the first, where absent'),
  }),
  answer: batchSchema,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-not-available',
    'changed-meanwhile',
    'content-incomplete',
    'refused-by-law',
  ],
  since: '0.5',
})
export const cancelBatch = route({
  id: 'cancelBatch',
  method: 'POST',
  path: '/api/v1/batches/{batchId}/acts/cancel',
  access: 'session',
  summary: text('取消批次', 'Cancel'),
  params: batchParams,
  answer: batchSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.1',
})
export const getRefusedRows = route({
  id: 'getRefusedRows',
  method: 'GET',
  path: '/api/v1/batches/{batchId}/refused',
  access: 'session',
  summary: text('下载拒收行报告（CSV）', 'Download the report of refused rows (CSV)'),
  params: batchParams,
  answer: 'stream',
  problems: ['not-signed-in', 'not-found'],
  since: '0.1',
})

export const aggregationRoutes = [
  createBatch,
  listBatches,
  getBatch,
  acceptBatch,
  describeBatch,
  takeOverSchema,
  cancelBatch,
  getRefusedRows,
]
