import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { batchModes } from './aggregation.ts'
import { idSchema, instantSchema, textSchema } from './common.ts'
import { route } from './route.ts'

/** Files that the platform fetches by itself, from an address that the provider names. */
export const pullStates = ['waiting', 'ok', 'failing'] as const

export const pullSchema = z.object({
  id: z.string(),
  entryId: z.string(),
  url: z.string(),
  hasToken: z.boolean(),
  everyMinutes: z.number().int(),
  mode: z.enum(batchModes),
  state: z.enum(pullStates),
  failure: textSchema.nullable(),
  askedAt: instantSchema.nullable(),
  changedAt: instantSchema.nullable().describe('When a file came that was not there before'),
  batchId: z.string().nullable().describe('The ingest run of the last file'),
  nextAt: instantSchema,
})
export type Pull = z.infer<typeof pullSchema>

export const createPullSchema = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .describe('Address of the file: http or https, without a password in it'),
  token: z.string().min(1).max(4_000).optional().describe('Sent as Authorization: Bearer; never shown again'),
  everyMinutes: z
    .number()
    .int()
    .min(5)
    .max(366 * 24 * 60),
  mode: z.enum(batchModes).default('replace'),
})

const pullParams = z.object({ pullId: idSchema })
const entryParams = z.object({ entryId: idSchema })

export const createPull = route({
  id: 'createPull',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/pulls',
  access: 'session',
  summary: text('登记定时拉取', 'Have a file fetched on a schedule'),
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
