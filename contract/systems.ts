import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { entrySummarySchema } from './catalogue.ts'
import { instantInput, instantSchema, organisationSummary, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

export const systemKeys = ['sharing', 'opening'] as const

export const maintenanceSchema = z.object({
  id: z.string(),
  system: z.enum(systemKeys),
  from: instantSchema,
  until: instantSchema,
  note: z.string(),
  by: organisationSummary.nullable(),
})

export const systemSchema = z.object({
  key: z.enum(systemKeys),
  term: textSchema,
  article: z.string(),
  admitted: z.boolean().describe('Whether the caller may enter'),
  entries: z.number().int(),
  runBy: organisationSummary.nullable(),
  availability: z
    .object({ share: z.number(), since: instantSchema })
    .nullable()
    .describe('Share of the beats that were due in the last 30 days, announced maintenance left out'),
  maintenance: z.array(maintenanceSchema).describe('The newest twenty'),
  canMaintain: z.boolean(),
})
export type System = z.infer<typeof systemSchema>

const systemParams = z.object({ system: z.enum(systemKeys) })

export const listSystems = route({
  id: 'listSystems',
  method: 'GET',
  path: '/api/v1/systems',
  access: 'caller',
  summary: text('共享、开放两个系统及其运行情况', 'The two systems, sharing and opening, and how they run'),
  answer: z.object({ items: z.array(systemSchema) }),
  problems: [],
  since: '0.2',
})
export const listSystemEntries = route({
  id: 'listSystemEntries',
  method: 'GET',
  path: '/api/v1/systems/{system}/entries',
  access: 'caller',
  summary: text('进入系统：系统所列的目录', 'Enter a system: the entries that it offers'),
  params: systemParams,
  query: pageQuery.extend({
    q: z.string().max(200).optional(),
    withoutData: z.stringbool().optional().describe('Only entries that are listed and have no data yet'),
  }),
  answer: pageOf(entrySummarySchema).extend({
    total: z.number().int(),
    withoutData: z.number().int().nullable().describe('For the authority: entries listed without data'),
  }),
  problems: ['bad-cursor', 'not-found', 'refused-by-law', 'not-allowed'],
  since: '0.2',
})
export const announceMaintenance = route({
  id: 'announceMaintenance',
  method: 'POST',
  path: '/api/v1/systems/{system}/maintenance',
  access: 'session',
  summary: text('登记维护', 'Record maintenance'),
  params: systemParams,
  body: z.object({
    from: instantInput(),
    until: instantInput(),
    note: z.string().trim().min(1).max(1000),
  }),
  answer: maintenanceSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})

export const systemRoutes = [listSystems, listSystemEntries, announceMaintenance]
