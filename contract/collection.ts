import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { basisSchema, fieldTypes, sensitivities, subjectTypes } from './catalogue.ts'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

export const planAudiences = ['society', 'below'] as const
export const planStates = ['draft', 'registered', 'ended'] as const

const planFieldSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}]+$/u),
  type: z.enum(fieldTypes),
  sensitivity: z.enum(sensitivities),
  reason: z
    .string()
    .trim()
    .max(500)
    .default('')
    .describe('The duty or service for which this field is needed'),
})
const exceptionSchema = z.object({
  field: z.string().trim().min(1).max(100),
  ground: z.enum(['provision', 'consent']),
  basis: basisSchema.nullable().default(null),
  consent: z.string().trim().max(500).default('').describe('How consent is recorded'),
})

export const planDraftSchema = z.object({
  title: z.string().trim().min(1).max(200),
  purpose: z.string().trim().max(1000).default('').describe('The public duty or service'),
  kind: z.string().trim().max(200).default('').describe('Kind and range of the data'),
  subjectType: z.enum(subjectTypes),
  audience: z.enum(planAudiences).default('society').describe('below: bodies that have to report'),
  addressees: z.array(z.string().min(1).max(60)).max(200).default([]),
  entryId: idSchema.nullable().default(null).describe('The entry of the own catalogue that it serves'),
  procedureBasis: basisSchema
    .nullable()
    .default(null)
    .describe('The provision that sets how it is collected'),
  fields: z.array(planFieldSchema).min(1).max(200),
  exceptions: z.array(exceptionSchema).max(200).default([]),
})

const findingSchema = z.object({
  field: z.string().describe('Empty: the plan as a whole'),
  kind: z.enum(['purpose', 'reason', 'repeat', 'identifier', 'catalogue', 'procedure', 'exception']),
  article: z.string(),
  condition: textSchema,
  remedy: textSchema,
  blocking: z.boolean().describe('False where an exception on record lifts it'),
  offer: z
    .object({
      entryId: z.string(),
      title: z.string(),
      provider: organisationSummary,
      field: z.string(),
      sharingType: z.string(),
      apply: z.string().describe('Page on which a request is prefilled, or the data themselves'),
    })
    .nullable(),
})
export type PlanFinding = z.infer<typeof findingSchema>

export const planSchema = planDraftSchema.extend({
  id: z.string(),
  organisation: organisationSummary,
  addressed: z.array(organisationSummary),
  state: z.enum(planStates),
  version: z.number().int(),
  createdAt: instantSchema,
  registeredAt: instantSchema.nullable(),
  findings: z.array(findingSchema),
  objections: z.array(
    z.object({ organisation: organisationSummary, at: instantSchema, reasons: z.string() }),
  ),
  editable: z.boolean(),
  registrable: z.boolean(),
  objectable: z.boolean(),
})
export type CollectionPlan = z.infer<typeof planSchema>

const planParams = z.object({ planId: idSchema })
const problems = [
  'not-signed-in',
  'not-allowed',
  'not-found',
  'act-not-available',
  'content-incomplete',
  'refused-by-law',
] as const

export const listPlans = route({
  id: 'listPlans',
  method: 'GET',
  path: '/api/v1/collection-plans',
  access: 'session',
  summary: text('数据收集计划', 'Collection plans'),
  query: pageQuery.extend({ scope: z.enum(['own', 'addressed', 'all']).default('own') }),
  answer: pageOf(
    planSchema
      .pick({
        id: true,
        title: true,
        organisation: true,
        audience: true,
        state: true,
        createdAt: true,
        registeredAt: true,
      })
      .extend({ objections: z.number().int() }),
  ).extend({
    articles: z.array(z.string()).describe('Articles that bind collection here; empty where none does'),
    seesAll: z.boolean(),
  }),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})
export const createPlan = route({
  id: 'createPlan',
  method: 'POST',
  path: '/api/v1/collection-plans',
  access: 'session',
  summary: text(
    '拟订收集计划，逐项与共享目录比对',
    'Draft a collection plan; each field is held against the sharing catalogue',
  ),
  body: planDraftSchema,
  answer: planSchema,
  status: 201,
  problems,
  since: '0.2',
})
export const getPlan = route({
  id: 'getPlan',
  method: 'GET',
  path: '/api/v1/collection-plans/{planId}',
  access: 'session',
  summary: text('收集计划及比对结果', 'A plan and what was found'),
  params: planParams,
  answer: planSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const changePlan = route({
  id: 'changePlan',
  method: 'PATCH',
  path: '/api/v1/collection-plans/{planId}',
  access: 'session',
  summary: text('修改收集计划', 'Change a plan'),
  params: planParams,
  body: planDraftSchema.extend({ version: z.number().int().min(1).max(2_147_483_647) }),
  answer: planSchema,
  problems: [...problems, 'changed-meanwhile'],
  since: '0.2',
})
export const registerPlan = route({
  id: 'registerPlan',
  method: 'POST',
  path: '/api/v1/collection-plans/{planId}/acts/register',
  access: 'session',
  summary: text(
    '登记收集计划；可以共享取得的不得收集',
    'Register a plan; what can be had by sharing is refused',
  ),
  params: planParams,
  answer: planSchema,
  problems,
  since: '0.2',
})
export const endPlan = route({
  id: 'endPlan',
  method: 'POST',
  path: '/api/v1/collection-plans/{planId}/acts/end',
  access: 'session',
  summary: text('终止收集计划', 'End a plan'),
  params: planParams,
  answer: planSchema,
  problems,
  since: '0.2',
})
export const objectToPlan = route({
  id: 'objectToPlan',
  method: 'POST',
  path: '/api/v1/collection-plans/{planId}/acts/object',
  access: 'session',
  summary: text('被要求上报的单位提出异议', 'A body that has to report objects'),
  params: planParams,
  body: z.object({ reasons: z.string().trim().min(1).max(2000) }),
  answer: planSchema,
  problems,
  since: '0.2',
})

const dutySchema = z.object({
  element: z.string().describe('Name of the data item'),
  organisation: organisationSummary,
  since: instantSchema,
})
const conflictSchema = z.object({
  id: z.string(),
  element: z.string(),
  holder: organisationSummary,
  claimant: organisationSummary,
  entryId: z.string(),
  entryTitle: z.string(),
  openedAt: instantSchema,
  decision: z.object({ assigned: organisationSummary, reasons: z.string(), at: instantSchema }).nullable(),
})
export const listCollectionDuties = route({
  id: 'listCollectionDuties',
  method: 'GET',
  path: '/api/v1/collection-duties',
  access: 'session',
  summary: text('数据采集职责：一数一源', 'Who collects what: each item by one body'),
  query: pageQuery,
  answer: pageOf(dutySchema).extend({
    article: z.string().nullable(),
    conflicts: z
      .array(conflictSchema)
      .describe('Undecided ones, of all for the authority, else the own ones'),
    decidable: z.boolean(),
  }),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})
export const assignCollectionDuty = route({
  id: 'assignCollectionDuty',
  method: 'POST',
  path: '/api/v1/collection-duties',
  access: 'session',
  summary: text('确定数据项的采集单位', 'Settle which body collects an item'),
  body: z.object({ element: z.string().trim().min(1).max(100), organisationId: z.string().max(60) }),
  answer: dutySchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})
export const decideCollectionConflict = route({
  id: 'decideCollectionConflict',
  method: 'POST',
  path: '/api/v1/collection-duties/conflicts/{conflictId}/acts/decide',
  access: 'session',
  summary: text('裁定采集职责争议', 'Decide between two bodies that claim an item'),
  params: z.object({ conflictId: idSchema }),
  body: z.object({
    assign: z.enum(['holder', 'claimant']),
    reasons: z.string().trim().min(1).max(2000),
  }),
  answer: conflictSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})

export const collectionRoutes = [
  listPlans,
  createPlan,
  getPlan,
  changePlan,
  registerPlan,
  endPlan,
  objectToPlan,
  listCollectionDuties,
  assignCollectionDuty,
  decideCollectionConflict,
]
