import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { route } from './route.ts'

/** `testing`: a first check is under way; `broken`: it was connected, and the last check failed. */
export const connectionStates = ['not-connected', 'testing', 'connected', 'broken'] as const
export const checkFailures = [
  'address-not-allowed',
  'unreachable',
  'too-slow',
  'too-large',
  'not-json',
  'refused',
  'no-interface',
] as const

export const systemSchema = z.object({
  id: idSchema,
  organisation: organisationSummary,
  name: z.string(),
  url: z.string().nullable().describe('Only for its own organisation and for the authority'),
  hasToken: z.boolean(),
  limitSeconds: z.number().int().nullable().describe('Data older than this are stale'),
  state: z.enum(connectionStates),
  stale: z.boolean(),
  checkedAt: instantSchema.nullable(),
  okAt: instantSchema.nullable(),
  changedAt: instantSchema.nullable().describe('When the data at the source last changed, as it says itself'),
  failure: z.enum(checkFailures).nullable(),
  entries: z.array(z.object({ entryId: idSchema, title: z.string(), atSource: z.boolean() })),
  createdAt: instantSchema,
})
export type SourceSystem = z.infer<typeof systemSchema>

export const systemDetailSchema = systemSchema.extend({
  checks: z.array(
    z.object({
      at: instantSchema,
      tookMs: z.number().int(),
      ok: z.boolean(),
      failure: z.enum(checkFailures).nullable(),
      status: z.number().int().nullable(),
    }),
  ),
  acts: z.array(z.enum(['check', 'change'])),
})

const systemParams = z.object({ systemId: idSchema })
const address = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine(
    (url) => !URL.canParse(url) || (new URL(url).username === '' && new URL(url).password === ''),
    'No user name or password in the address',
  )
  .nullable()
  .describe('Base address of the interface: GET answers its state, GET /rows/{key} one row')

const content = {
  name: z.string().trim().min(2).max(100),
  url: address,
  token: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[\x21-\x7e]+$/, 'Signs that a header can hold, without spaces')
    .nullable()
    .optional()
    .describe('Sent as a bearer token; never shown again; to be stated anew with another server'),
  limitSeconds: z.number().int().min(10).max(31_622_400).nullable(),
}

export const listSourceSystems = route({
  id: 'listSourceSystems',
  method: 'GET',
  path: '/api/v1/source-systems',
  access: 'session',
  summary: text('信息系统接入台账', 'Inventory of systems and their connection'),
  query: pageQuery.extend({ state: z.enum(connectionStates).optional() }),
  answer: pageOf(systemSchema).extend({
    counts: z.object({
      'not-connected': z.number().int(),
      testing: z.number().int(),
      connected: z.number().int(),
      broken: z.number().int(),
      stale: z.number().int(),
    }),
  }),
  problems: ['not-signed-in', 'not-found', 'bad-cursor'],
  since: '0.2',
})
export const getSourceSystem = route({
  id: 'getSourceSystem',
  method: 'GET',
  path: '/api/v1/source-systems/{systemId}',
  access: 'session',
  summary: text('信息系统及其检测记录', 'A system and what its checks found'),
  params: systemParams,
  answer: systemDetailSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const createSourceSystem = route({
  id: 'createSourceSystem',
  method: 'POST',
  path: '/api/v1/source-systems',
  access: 'session',
  summary: text('登记信息系统', 'Register a system'),
  body: z.object(content),
  answer: systemDetailSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const changeSourceSystem = route({
  id: 'changeSourceSystem',
  method: 'PATCH',
  path: '/api/v1/source-systems/{systemId}',
  access: 'session',
  summary: text('修改信息系统', 'Change a system'),
  params: systemParams,
  body: z.object(content).partial(),
  answer: systemDetailSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const checkSourceSystem = route({
  id: 'checkSourceSystem',
  method: 'POST',
  path: '/api/v1/source-systems/{systemId}/checks',
  access: 'session',
  summary: text('立即检测连接', 'Check the connection now'),
  params: systemParams,
  answer: systemDetailSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})
export const linkSourceEntry = route({
  id: 'linkSourceEntry',
  method: 'POST',
  path: '/api/v1/source-systems/{systemId}/entries',
  access: 'session',
  summary: text('关联目录条目', 'Link an entry to a system'),
  params: systemParams,
  body: z.object({
    entryId: idSchema,
    atSource: z.boolean().describe('The rows stay in the system and are answered from there'),
  }),
  answer: systemDetailSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete', 'act-not-available'],
  since: '0.2',
})

export const connectionRoutes = [
  listSourceSystems,
  getSourceSystem,
  createSourceSystem,
  changeSourceSystem,
  checkSourceSystem,
  linkSourceEntry,
]
