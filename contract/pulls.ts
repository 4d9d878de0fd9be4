import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { batchModes, batchStates } from './aggregation.ts'
import { idSchema, instantSchema, textSchema } from './common.ts'
import { databaseName, isDatabaseAddress, sourceTableSchema } from './connections.ts'
import { route } from './route.ts'
import { timelinessFields } from './ways-in.ts'

/** Files and tables that the platform reads by itself, from an address that the provider names. */
export const pullKinds = ['file', 'table'] as const
export const pullStates = ['waiting', 'ok', 'failing'] as const

export const pullSchema = z.object({
  id: z.string(),
  entryId: z.string(),
  kind: z.enum(pullKinds),
  url: z.string(),
  user: z.string().nullable().describe('Of a database: as whom the platform signs in'),
  table: sourceTableSchema.pick({ schema: true, name: true }).nullable(),
  risingColumn: z.string().nullable().describe('Null: the whole table is read each time'),
  readUpTo: z.string().nullable().describe('Value of the rising column up to which rows are live'),
  hasToken: z.boolean(),
  everyMinutes: z.number().int(),
  mode: z.enum(batchModes),
  state: z.enum(pullStates),
  failure: textSchema.nullable().describe('Why the last reading gave nothing, or not all'),
  askedAt: instantSchema.nullable(),
  changedAt: instantSchema.nullable().describe('When rows came that were not there before'),
  batchId: z.string().nullable().describe('The ingest run of the last reading'),
  batchState: z.enum(batchStates).nullable().describe('How it stands with that run'),
  nextAt: instantSchema,
  ...timelinessFields,
})
export type Pull = z.infer<typeof pullSchema>

export const createPullSchema = z.object({
  url: z
    .url({ protocol: /^(?:https?|postgresql|postgres|mysql|mariadb)$/ })
    .max(2_000)
    .refine(isDatabaseAddress, 'A database as postgresql:// or mysql://host:port/database')
    .describe(
      'Address of a file (http, https), or of a database: postgresql:// or mysql://host:port/database, with ?sslmode=verify-full for TLS; without a password in it',
    ),
  token: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .describe('Sent as Authorization: Bearer, or the password of the database; never shown again'),
  user: z.string().trim().min(1).max(80).optional().describe('Of a database: as whom to sign in'),
  table: sourceTableSchema
    .omit({ changedColumn: true })
    .optional()
    .describe('Needed with a database, only there'),
  risingColumn: databaseName
    .optional()
    .describe(
      'Of a table: a column of numbers or times that only rises. The first reading takes all rows in place of those that are there, later ones those whose value has risen since, by mode append or upsert. Without it the whole table is read each time',
    ),
  everyMinutes: z
    .number()
    .int()
    .min(5)
    .max(366 * 24 * 60),
  mode: z.enum(batchModes).default('replace').describe('How rows meet those that are live'),
})

const pullParams = z.object({ pullId: idSchema })
const entryParams = z.object({ entryId: idSchema })

export const createPull = route({
  id: 'createPull',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/pulls',
  access: 'session',
  summary: text('登记定时拉取', 'Have a file or a table read on a schedule'),
  params: entryParams,
  body: createPullSchema,
  answer: pullSchema,
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'content-incomplete',
    'act-not-available',
    'refused-by-law',
    'refused-by-platform',
  ],
  since: '0.2',
})
export const listPulls = route({
  id: 'listPulls',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/pulls',
  access: 'session',
  summary: text('条目的定时拉取', 'What is fetched for an entry on a schedule'),
  params: entryParams,
  answer: z.object({ items: z.array(pullSchema) }),
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})
export const runPull = route({
  id: 'runPull',
  method: 'POST',
  path: '/api/v1/pulls/{pullId}/acts/run',
  access: 'session',
  summary: text('立即拉取', 'Fetch it now'),
  params: pullParams,
  query: z.object({
    reading: z
      .enum(['due', 'whole'])
      .default('due')
      .describe('whole: a table that is read by a rising column is read from its beginning once more'),
  }),
  answer: pullSchema,
  status: 202,
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})
export const removePull = route({
  id: 'removePull',
  method: 'DELETE',
  path: '/api/v1/pulls/{pullId}',
  access: 'session',
  summary: text('停止定时拉取', 'Fetch it no more'),
  params: pullParams,
  answer: z.object({ removed: z.literal(true) }),
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})

export const pullRoutes = [createPull, listPulls, runPull, removePull]
