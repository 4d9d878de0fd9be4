import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, textSchema } from './common.ts'
import { route } from './route.ts'

export const baseIdentifiers = ['identity-number', 'credit-code', 'division-code'] as const

const baseSchema = z.object({
  key: z.string(),
  term: textSchema,
  article: z.string(),
  identifier: z.enum(baseIdentifiers).nullable().describe('Kind of field by which records are joined'),
  named: z.boolean().describe('Named by the regulation; false for one that the city has added'),
  lead: organisationSummary.nullable(),
  entries: z.number().int(),
})
const sourceSchema = z.object({
  entryId: z.string(),
  title: z.string(),
  provider: organisationSummary,
  keyField: z.string(),
  reference: z.boolean().describe('The register against which the others are counted'),
  rows: z.number().int().nullable(),
  liveAt: instantSchema.nullable(),
  dueBefore: instantSchema.nullable(),
  late: z.boolean(),
  coverage: z
    .object({
      keys: z.number().int().describe('Different keys in the reference'),
      here: z.number().int().describe('Different keys in this entry'),
      matched: z.number().int().describe('Keys that both hold'),
      share: z.number().describe('Matched among the keys of the reference, 0 to 1'),
    })
    .nullable()
    .describe(
      'Null until both have data; where their keys are not public, for those who build or lead the base only',
    ),
  detachable: z.boolean(),
})
const baseView = baseSchema.extend({
  sources: z.array(sourceSchema),
  leadable: z.boolean(),
  attachable: z.boolean(),
  checkable: z.boolean(),
})
export type Base = z.infer<typeof baseView>

const baseParams = z.object({ baseKey: z.string().max(40) })
const problems = [
  'not-signed-in',
  'not-allowed',
  'not-found',
  'act-not-available',
  'content-incomplete',
] as const

export const listBases = route({
  id: 'listBases',
  method: 'GET',
  path: '/api/v1/bases',
  access: 'caller',
  summary: text('基础数据库', 'Base databases'),
  answer: z.object({
    items: z.array(baseSchema).describe('Empty where the regulation orders none'),
    addable: z.boolean(),
  }),
  problems: [],
  since: '0.2',
})
export const getBase = route({
  id: 'getBase',
  method: 'GET',
  path: '/api/v1/bases/{baseKey}',
  access: 'caller',
  summary: text('基础数据库的牵头单位、来源和覆盖情况', 'Lead, sources and coverage of a base database'),
  params: baseParams,
  answer: baseView,
  problems: ['not-found'],
  since: '0.2',
})
export const addBase = route({
  id: 'addBase',
  method: 'POST',
  path: '/api/v1/bases',
  access: 'session',
  summary: text('增设基础数据库', 'Add a base database'),
  body: z.object({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      .max(40),
    term: z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) }),
    identifier: z.enum(baseIdentifiers).nullable(),
  }),
  answer: baseView,
  status: 201,
  problems,
  since: '0.2',
})
export const setBaseLead = route({
  id: 'setBaseLead',
  method: 'POST',
  path: '/api/v1/bases/{baseKey}/acts/lead',
  access: 'session',
  summary: text('确定牵头单位', 'Settle the lead department'),
  params: baseParams,
  body: z.object({ organisationId: z.string().max(60) }),
  answer: baseView,
  problems,
  since: '0.2',
})
export const attachToBase = route({
  id: 'attachToBase',
  method: 'POST',
  path: '/api/v1/bases/{baseKey}/acts/attach',
  access: 'session',
  summary: text('将目录条目列为基础数据库的来源', 'Map an entry to a base database'),
  params: baseParams,
  body: z.object({ entryId: idSchema, keyField: z.string().min(1).max(100) }),
  answer: baseView,
  problems,
  since: '0.2',
})
export const detachFromBase = route({
  id: 'detachFromBase',
  method: 'POST',
  path: '/api/v1/bases/{baseKey}/acts/detach',
  access: 'session',
  summary: text('取消来源', 'Take an entry out of a base database'),
  params: baseParams,
  body: z.object({ entryId: idSchema }),
  answer: baseView,
  problems,
  since: '0.2',
})
export const checkAgainstBase = route({
  id: 'checkAgainstBase',
  method: 'POST',
  path: '/api/v1/bases/{baseKey}/checks',
  access: 'session',
  summary: text('以基础数据库核对一份清单', 'Check a list of one’s own against a base database'),
  params: baseParams,
  body: z.object({
    rows: z
      .array(
        z.object({
          key: z.string().trim().max(100).default(''),
          name: z.string().trim().max(200).default(''),
        }),
      )
      .min(1)
      .max(200),
    nameField: z.string().max(100).optional().describe('Field of the reference that holds the names'),
    grant: idSchema.optional(),
    scenario: z.string().max(500).optional(),
  }),
  answer: z.object({
    reference: z.object({ entryId: z.string(), title: z.string(), keyField: z.string() }),
    matched: z.number().int(),
    proposed: z.number().int(),
    unmatched: z.number().int(),
    rows: z.array(
      z.object({
        row: z.number().int().describe('From 1, as they were sent'),
        state: z.enum(['matched', 'proposed', 'unmatched']),
        key: z.string().nullable().describe('Proposed by the name, where exactly one has it'),
      }),
    ),
    recordId: z.string(),
  }),
  problems: [...problems, 'refused-by-law', 'no-snapshot', 'record-unavailable', 'bad-filter'],
  since: '0.2',
})

export const baseRoutes = [
  listBases,
  getBase,
  addBase,
  setBaseLead,
  attachToBase,
  detachFromBase,
  checkAgainstBase,
]
