import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { articleSchema, idSchema, instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { route } from './route.ts'

/**
 * `white-space`: none at both ends of a text, and one blank within. `width`: letters and digits of full width become
 * plain ones. `empty-words`: words that stand for nothing become no value.
 */
export const cleaningSteps = ['white-space', 'width', 'empty-words'] as const

export const processingRunSchema = z.object({
  id: z.string(),
  entryId: idSchema,
  steps: z.array(z.enum(cleaningSteps)),
  changedCells: z.number().int(),
  snapshotId: z.string().describe('The snapshot whose rows were worked on; it stays as it is'),
  batchId: z.string().describe('The run that brings the outcome in as a new snapshot'),
  organisation: organisationSummary.describe('Who did it'),
  at: instantSchema,
  recordId: z.string(),
})
export type ProcessingRun = z.infer<typeof processingRunSchema>

const entryParams = z.object({ entryId: idSchema })

export const cleanEntry = route({
  id: 'cleanEntry',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/cleanings',
  access: 'session',
  summary: text('清洗数据，生成新的快照', 'Clean the data of an entry into a new snapshot'),
  params: entryParams,
  body: z.object({
    steps: z.array(z.enum(cleaningSteps)).min(1).max(cleaningSteps.length),
    emptyWords: z
      .array(z.string().trim().min(1).max(20))
      .max(20)
      .default([])
      .describe('For empty-words: a cell that says nothing but one of these has no value'),
  }),
  answer: processingRunSchema,
  status: 202,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'no-snapshot',
    'act-not-available',
    'refused-by-law',
    'too-large',
  ],
  since: '0.3',
})
export const listProcessingRuns = route({
  id: 'listProcessingRuns',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/cleanings',
  access: 'session',
  summary: text('数据清洗记录', 'Cleanings of an entry'),
  params: entryParams,
  query: pageQuery,
  answer: pageOf(processingRunSchema).extend({
    article: articleSchema,
    mayRun: z.boolean(),
  }),
  problems: ['not-signed-in', 'not-found', 'bad-cursor'],
  since: '0.3',
})

export const processingRoutes = [cleanEntry, listProcessingRuns]
