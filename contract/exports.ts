import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, textSchema } from './common.ts'
import { filterOperators } from './filters.ts'
import { route } from './route.ts'

const params = z.object({ exportId: idSchema })

export const exportStates = ['waiting', 'making', 'ready', 'refused', 'failed'] as const

/** Of CSV files. */
export const csvEncodings = ['utf-8-bom', 'utf-8', 'gb18030'] as const
export type CsvEncoding = (typeof csvEncodings)[number]

export const exportFormats = ['csv', 'xlsx', 'json', 'ndjson', 'geojson', 'parquet'] as const

/** A file that is made in the background, for its owner alone, and kept until it expires. */
export const exportSchema = z.object({
  id: z.string(),
  entry: z.object({ id: z.string(), title: z.string() }),
  grantId: z.string().nullable(),
  scenario: z.string().nullable(),
  format: z.enum(exportFormats),
  fields: z.array(z.string()).nullable().describe('Null until it is known: all that may be seen'),
  state: z.enum(exportStates),
  refusal: z
    .object({ article: z.string().nullable(), condition: textSchema, remedy: textSchema.nullable() })
    .nullable()
    .describe('Why no file was made'),
  rows: z.number().int().nullable(),
  sizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  askedAt: instantSchema,
  readyAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable().describe('A setting of the platform, not of the regulation'),
  recordId: z.string().nullable().describe('Record of the access by which it was made'),
})
export type Export = z.infer<typeof exportSchema>

/** Frictionless data package (v1) of one file. */
export const exportPackageSchema = z.object({
  profile: z.literal('data-package'),
  name: z.string(),
  title: z.string(),
  created: instantSchema,
  snapshot: z.object({ id: z.string() }).describe('Of the entry, from which the file was made'),
  resources: z.array(
    z.object({
      profile: z.enum(['tabular-data-resource', 'data-resource']),
      name: z.string(),
      title: z.string(),
      path: z.string().describe('The name under which the file is given: to be kept beside the descriptor'),
      format: z.enum(exportFormats),
      mediatype: z.string(),
      encoding: z.string().optional(),
      bytes: z.number().int(),
      hash: z.string().describe('sha256: and the digest in hex'),
      schema: z
        .object({
          fields: z.array(
            z.object({
              name: z.string(),
              type: z.string(),
              description: z.string().optional(),
              constraints: z.object({ required: z.literal(true) }).optional(),
            }),
          ),
          missingValues: z.array(z.string()),
          primaryKey: z.array(z.string()).optional().describe('Where the file holds the whole key as it is'),
        })
        .optional(),
    }),
  ),
})

const filter = z.object({
  field: z.string().min(1).max(200),
  operator: z.enum(filterOperators),
  values: z.array(z.string().max(2000)).max(1000).default([]),
})

export const startExport = route({
  id: 'startExport',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/exports',
  access: 'session',
  summary: text(
    '在后台生成文件：先行判定，生成时和领取时再次判定并计入用量，生成后通知',
    'Have a file made in the background: decided now, and again and counted when it is made and when it is collected',
  ),
  params: z.object({ entryId: idSchema }),
  body: z.object({
    format: z.enum(exportFormats).default('csv'),
    encoding: z.enum(csvEncodings).optional().describe('Of a CSV file; utf-8-bom where absent'),
    fields: z.array(z.string().min(1).max(200)).min(1).max(500).optional(),
    where: z.array(filter).max(50).default([]),
    grant: idSchema.optional(),
    scenario: z.string().max(500).optional(),
    snapshot: idSchema.optional(),
  }),
  answer: exportSchema,
  status: 202,
  problems: [
    'not-signed-in',
    'not-found',
    'refused-by-law',
    'no-snapshot',
    'bad-filter',
    'too-many-requests',
    'record-unavailable',
  ],
  since: '0.4',
})
export const listExports = route({
  id: 'listExports',
  method: 'GET',
  path: '/api/v1/exports',
  access: 'session',
  summary: text('本人在后台生成的文件', 'Files that were made for oneself'),
  query: z.object({ grant: idSchema.optional() }),
  answer: z.object({ items: z.array(exportSchema).describe('All of them: nobody has more than ten') }),
  problems: ['not-signed-in'],
  since: '0.4',
})
export const getExport = route({
  id: 'getExport',
  method: 'GET',
  path: '/api/v1/exports/{exportId}',
  access: 'session',
  summary: text('后台文件的进展', 'How a file comes along'),
  params,
  answer: exportSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.4',
})
export const collectExport = route({
  id: 'collectExport',
  method: 'GET',
  path: '/api/v1/exports/{exportId}/file',
  access: 'session',
  summary: text('领取后台生成的文件，可续传（Range、ETag）', 'Collect a file; may be resumed (Range, ETag)'),
  params,
  answer: 'stream',
  problems: [
    'not-signed-in',
    'not-found',
    'refused-by-law',
    'no-snapshot',
    'act-not-available',
    'range-not-there',
    'too-many-requests',
    'record-unavailable',
  ],
  since: '0.4',
})
export const getExportPackage = route({
  id: 'getExportPackage',
  method: 'GET',
  path: '/api/v1/exports/{exportId}/datapackage.json',
  access: 'session',
  summary: text(
    '后台文件的 Frictionless 数据包描述：大小、摘要和各列',
    'A file that was made as a Frictionless data package: its length, digest and columns',
  ),
  params,
  answer: exportPackageSchema,
  problems: ['not-signed-in', 'not-found', 'act-not-available'],
  since: '0.5',
})
export const dropExport = route({
  id: 'dropExport',
  method: 'DELETE',
  path: '/api/v1/exports/{exportId}',
  access: 'session',
  summary: text('取消或者删除后台生成的文件', 'Cancel or delete a file'),
  params,
  answer: z.object({ dropped: z.literal(true) }),
  problems: ['not-signed-in', 'not-found'],
  since: '0.4',
})

export const exportRoutes = [startExport, listExports, getExport, collectExport, getExportPackage, dropExport]
