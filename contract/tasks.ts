import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import {
  articleSchema,
  civilDateSchema,
  idSchema,
  instantInput,
  instantSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  textSchema,
} from './common.ts'
import { route } from './route.ts'

export const taskStates = ['short', 'aggregated', 'at-source', 'excepted'] as const
export const taskFaults = ['never-loaded', 'late', 'partial', 'lagging', 'no-interface'] as const
export const taskModes = ['logical', 'physical'] as const
export const taskStages = ['registered', 'connected', 'aggregated', 'shared', 'opened'] as const
export const requirableCycles = ['real-time', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const

const requirementSchema = z.object({
  issuer: z.string(),
  instrument: z.string(),
  on: civilDateSchema,
})

export const taskSchema = z.object({
  entryId: idSchema,
  number: z.string(),
  title: z.string(),
  organisation: organisationSummary,
  article: articleSchema,
  state: z.enum(taskStates),
  faults: z.array(z.enum(taskFaults)),
  cycle: z.string().nullable().describe('The cycle that binds: of a recorded requirement, else of the entry'),
  requirement: requirementSchema.nullable(),
  dueAt: instantSchema
    .nullable()
    .describe('By the cycle that the entry or a requirement names; the regulation sets no date'),
  dueKind: z.literal('local').nullable().describe('Never statutory (非法定): no regulation names a cycle'),
  dueInstrument: textSchema.nullable().describe('On what the date rests'),
  rows: z.number().int().nullable(),
  loadedAt: instantSchema.nullable(),
  source: z
    .object({
      rows: z.number().int(),
      changedAt: instantSchema.nullable(),
      reportedAt: instantSchema,
      measured: z.boolean().describe('Counted at the source by the platform; else its owner reported it'),
    })
    .nullable()
    .describe('What lies at the source'),
  missingRows: z.number().int().nullable(),
  lagSeconds: z.number().int().nullable(),
  mode: z
    .enum(taskModes)
    .nullable()
    .describe(
      'logical: rows stay at their source; physical: on the platform; null where the text knows no modes',
    ),
  heldAt: z.string().nullable().describe('The system at the source that answers for the entry'),
  exceptionCaseId: z.string().nullable(),
})
export type AggregationTask = z.infer<typeof taskSchema>

export const taskDetailSchema = taskSchema.extend({
  stages: z.array(
    z.object({
      stage: z.enum(taskStages),
      at: instantSchema,
      organisation: organisationSummary,
      by: z.string(),
      rows: z.number().int().nullable(),
      source: z.string().nullable(),
      recordId: z.string(),
    }),
  ),
  acts: z.array(z.enum(['require', 'report-source'])),
})

export const coverageSchema = z.object({
  organisation: organisationSummary,
  article: articleSchema,
  catalogued: z.number().int(),
  excepted: z.number().int(),
  due: z.number().int().describe('Catalogued and not excepted'),
  aggregated: z.number().int().describe('Of those due: with data'),
  short: z.number().int().describe('Of those due: never loaded, late, partial or lagging'),
  missing: z.array(z.object({ entryId: idSchema, title: z.string() })).describe('Due and without any data'),
  requests: z.object({
    answered: z.number().int(),
    medianHours: z
      .number()
      .nullable()
      .describe('From filing to the end, of the sharing requests that ended with a yes or a no'),
  }),
  opened: z.number().int().describe('Published entries that are open, with or without request'),
})
export type Coverage = z.infer<typeof coverageSchema>

const flowSchema = z.object({
  entryId: idSchema,
  title: z.string(),
  times: z.number().int(),
  lastAt: instantSchema,
  recordId: z.string().describe('Of the last of them'),
})

const entryParams = z.object({ entryId: idSchema })

export const listAggregationTasks = route({
  id: 'listAggregationTasks',
  method: 'GET',
  path: '/api/v1/aggregation/tasks',
  access: 'session',
  summary: text(
    '汇聚任务：按目录应汇聚的数据与实际',
    'Aggregation tasks: what the catalogue promises and what came',
  ),
  query: pageQuery.extend({
    organisation: z.string().max(60).optional(),
    state: z.enum(taskStates).optional(),
    fault: z.enum(taskFaults).optional(),
  }),
  answer: pageOf(taskSchema).extend({
    counts: z.object({
      short: z.number().int(),
      aggregated: z.number().int(),
      'at-source': z.number().int(),
      excepted: z.number().int(),
    }),
  }),
  problems: ['not-signed-in', 'not-found', 'bad-cursor'],
  since: '0.2',
})
export const getAggregationTask = route({
  id: 'getAggregationTask',
  method: 'GET',
  path: '/api/v1/aggregation/tasks/{entryId}',
  access: 'session',
  summary: text('汇聚任务详情', 'An aggregation task'),
  params: entryParams,
  answer: taskDetailSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const requireAggregationCycle = route({
  id: 'requireAggregationCycle',
  method: 'POST',
  path: '/api/v1/aggregation/tasks/{entryId}/requirement',
  access: 'session',
  summary: text('登记汇聚要求：频次及其出处', 'Record a requirement: the cycle and who ordered it'),
  params: entryParams,
  body: z.object({
    cycle: z.enum(requirableCycles),
    issuer: z.string().trim().min(2).max(200),
    instrument: z.string().trim().min(2).max(300),
    on: civilDateSchema,
  }),
  answer: taskDetailSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const reportAggregationSource = route({
  id: 'reportAggregationSource',
  method: 'POST',
  path: '/api/v1/aggregation/tasks/{entryId}/source',
  access: 'session',
  summary: text('报告源端数据量和更新时间', 'Report what lies at the source'),
  params: entryParams,
  body: z.object({
    rows: z.number().int().min(0).max(1_000_000_000_000),
    changedAt: instantInput({ offset: true }),
  }),
  answer: taskDetailSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete', 'act-not-available'],
  since: '0.2',
})
export const getAggregationCoverage = route({
  id: 'getAggregationCoverage',
  method: 'GET',
  path: '/api/v1/aggregation/coverage',
  access: 'session',
  summary: text('各单位汇聚、共享、开放情况', 'Aggregation, sharing and opening by organisation'),
  answer: z.object({ items: z.array(coverageSchema) }),
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const getAggregationFlows = route({
  id: 'getAggregationFlows',
  method: 'GET',
  path: '/api/v1/aggregation/flows',
  access: 'session',
  summary: text(
    '各单位提供和获取数据情况（按月）',
    'What each organisation supplied and obtained in a month',
  ),
  query: z.object({ month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'YYYY-MM') }),
  answer: z.object({
    month: z.string(),
    items: z.array(
      z.object({
        organisation: organisationSummary,
        supplied: z.array(flowSchema),
        obtained: z.array(flowSchema),
      }),
    ),
  }),
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})

export const taskRoutes = [
  listAggregationTasks,
  getAggregationTask,
  requireAggregationCycle,
  reportAggregationSource,
  getAggregationCoverage,
  getAggregationFlows,
]

/** What the city offers of this room, told with the rulebook. */
export const tasksOffer = z.object({
  article: articleSchema,
  requirement: z.boolean(),
  fullness: z.boolean(),
  stages: z.boolean(),
  flows: z.boolean(),
  coverage: z.boolean(),
  modes: z.boolean(),
  exception: z.object({ procedure: z.string(), term: textSchema }).nullable(),
})
