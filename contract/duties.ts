import { isCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import {
  civilDateSchema,
  idSchema,
  instantSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  textSchema,
} from './common.ts'
import { route } from './route.ts'

/** Largest file of evidence, in bytes. */
export const largestEvidenceBytes = 5 * 1024 * 1024

export const dutyStates = ['late', 'due-soon', 'open', 'on-file'] as const

const ownerSchema = z.object({
  organisation: organisationSummary,
  assigned: z.boolean().describe('Named by the authority; otherwise the bearer that the text names by kind'),
  state: z.enum(dutyStates),
  nextDueOn: civilDateSchema.nullable(),
  evidenceCount: z.number().int(),
  lastEvidenceAt: instantSchema.nullable(),
})
export type DutyOwner = z.infer<typeof ownerSchema>

const targetSchema = z
  .object({
    firstDueOn: civilDateSchema,
    everyMonths: z.number().int().nullable(),
    instrument: textSchema,
  })
  .describe('The city’s own target (非法定): no text of a regulation sets these dates')
export type DutyTarget = z.infer<typeof targetSchema>

export const dutySummarySchema = z.object({
  id: z.string().describe('Id of the obligation, such as CQ-4.2-b'),
  title: textSchema,
  modality: z.enum(['order', 'may', 'encourage', 'explore', 'declare']),
  capability: z.string(),
  bearers: z.array(textSchema).describe('As the text names them'),
  cadence: textSchema.nullable().describe('The text’s own word for how often; it has no number'),
  state: z.enum(dutyStates),
  owners: z.array(ownerSchema),
  target: targetSchema.nullable(),
})
export type DutySummary = z.infer<typeof dutySummarySchema>

const evidenceSchema = z.object({
  id: z.string(),
  organisation: organisationSummary.nullable(),
  at: instantSchema,
  by: z.string(),
  note: z.string(),
  forDueOn: civilDateSchema.nullable(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
})
export type DutyEvidence = z.infer<typeof evidenceSchema>

const eventSchema = z.object({
  at: instantSchema,
  act: z.enum(['owners', 'target', 'target-ended', 'evidence']),
  by: z.string(),
  organisation: organisationSummary.nullable(),
  note: z.string(),
  recordId: z.string(),
})
export type DutyEvent = z.infer<typeof eventSchema>

export const dutySchema = dutySummarySchema.extend({
  obligation: textSchema.describe('What the text orders, in our own words'),
  evidenceWanted: z.string().nullable(),
  evidence: z.array(evidenceSchema),
  history: z.array(eventSchema),
  allowed: z.object({ manage: z.boolean(), addEvidence: z.boolean() }),
})
export type Duty = z.infer<typeof dutySchema>

const dutyParams = z.object({ obligation: z.string().max(40) })

export const listDuties = route({
  id: 'listDuties',
  method: 'GET',
  path: '/api/v1/duties',
  access: 'session',
  summary: text('职责台账', 'The register of duties'),
  query: pageQuery.extend({
    box: z
      .enum(['mine', 'all'])
      .default('mine')
      .describe('mine: those of the caller’s organisation; all: every duty, for the data authority'),
    state: z.enum(dutyStates).optional(),
  }),
  answer: pageOf(dutySummarySchema).extend({
    counts: z.record(z.enum(dutyStates), z.number().int()),
  }),
  problems: ['not-signed-in', 'not-allowed', 'bad-cursor'],
  since: '0.2',
})
export const getDuty = route({
  id: 'getDuty',
  method: 'GET',
  path: '/api/v1/duties/{obligation}',
  access: 'session',
  summary: text('一项职责：责任单位、材料、办理历史', 'One duty: owners, evidence, history'),
  params: dutyParams,
  answer: dutySchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const assignDuty = route({
  id: 'assignDuty',
  method: 'POST',
  path: '/api/v1/duties/{obligation}/owners',
  access: 'session',
  summary: text('指定责任单位', 'Name the owners of a duty'),
  params: dutyParams,
  body: z.object({
    organisationIds: z
      .array(z.string().max(100))
      .max(200)
      .describe('All owners from now on; empty: the bearers by kind again'),
    note: z.string().trim().max(500).default(''),
  }),
  answer: dutySchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const setDutyTarget = route({
  id: 'setDutyTarget',
  method: 'POST',
  path: '/api/v1/duties/{obligation}/target',
  access: 'session',
  summary: text('设定本市目标日期（非法定）', 'Set the city’s own target date (not statutory)'),
  params: dutyParams,
  body: z.object({
    firstDueOn: civilDateSchema.refine((value) => isCivilDate(value)),
    everyMonths: z.number().int().min(1).max(120).nullable(),
    instrument: z.object({
      zh: z.string().trim().min(4).max(200),
      en: z.string().trim().min(4).max(300),
    }),
  }),
  answer: dutySchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete', 'refused-by-law'],
  since: '0.2',
})
export const endDutyTarget = route({
  id: 'endDutyTarget',
  method: 'DELETE',
  path: '/api/v1/duties/{obligation}/target',
  access: 'session',
  summary: text('取消本市目标日期', 'Take the city’s own target back'),
  params: dutyParams,
  answer: dutySchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.2',
})
export const addDutyEvidence = route({
  id: 'addDutyEvidence',
  method: 'POST',
  path: '/api/v1/duties/{obligation}/evidence',
  access: 'session',
  summary: text('上传履职材料', 'Add a file as evidence'),
  params: dutyParams,
  query: z.object({
    filename: z.string().min(1).max(255).optional().describe('Needed where the body is the file itself'),
    note: z.string().trim().min(1).max(500),
  }),
  body: 'stream',
  answer: dutySchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'too-large', 'file-unreadable', 'bad-request'],
  since: '0.2',
})
export const getDutyEvidence = route({
  id: 'getDutyEvidence',
  method: 'GET',
  path: '/api/v1/duties/{obligation}/evidence/{evidenceId}',
  access: 'session',
  summary: text('下载履职材料', 'Download a file of evidence'),
  params: dutyParams.extend({ evidenceId: idSchema }),
  answer: 'stream',
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})

export const dutyRoutes = [
  listDuties,
  getDuty,
  assignDuty,
  setDutyTarget,
  endDutyTarget,
  addDutyEvidence,
  getDutyEvidence,
]
