import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { basisSchema } from './catalogue.ts'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

export const publicationCheckSchema = z.object({
  id: z.string(),
  kind: z.string(),
  passed: z.boolean(),
  note: z.string(),
  checkedBy: z.string(),
  organisation: organisationSummary.nullable(),
  checkedAt: instantSchema,
  current: z.boolean().describe('False where the entry has changed since'),
  recordId: z.string(),
})
export type PublicationCheck = z.infer<typeof publicationCheckSchema>

export const filingSchema = z.object({
  id: z.string(),
  number: z.string(),
  entry: z.object({ id: z.string(), title: z.string() }),
  sharingType: z.string(),
  basis: basisSchema.nullable(),
  provider: organisationSummary,
  authority: organisationSummary.describe('With whom it is filed: the authority of the provider’s own level'),
  filedAt: instantSchema,
  article: z.string(),
  recordId: z.string(),
})
export type Filing = z.infer<typeof filingSchema>

export const priorityFieldSchema = z.object({
  key: z.string(),
  term: textSchema,
  article: z.string(),
  open: z.number().int(),
  conditional: z.number().int(),
  notOpened: z.number().int(),
  responsible: organisationSummary.nullable(),
})
export type PriorityField = z.infer<typeof priorityFieldSchema>

const entryParams = z.object({ entryId: idSchema })

export const listPublicationChecks = route({
  id: 'listPublicationChecks',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/publication-checks',
  access: 'session',
  summary: text('发布前审查', 'Checks before publication'),
  params: entryParams,
  answer: z.object({
    article: z.string().nullable(),
    demanded: z.array(z.object({ key: z.string(), term: textSchema })).describe('Empty where none is'),
    checks: z.array(publicationCheckSchema),
    canRecord: z.boolean(),
  }),
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const recordPublicationCheck = route({
  id: 'recordPublicationCheck',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/publication-checks',
  access: 'session',
  summary: text('登记发布前审查的结果', 'Record a check before publication'),
  params: entryParams,
  body: z.object({
    kind: z.string().min(1).max(40),
    passed: z.boolean(),
    note: z.string().trim().max(2000).default(''),
  }),
  answer: publicationCheckSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const listFilings = route({
  id: 'listFilings',
  method: 'GET',
  path: '/api/v1/filings',
  access: 'session',
  summary: text('共享类型备案：向本单位备案的、本单位备案的', 'Filings of restricted types'),
  query: pageQuery.extend({ entry: idSchema.optional() }),
  answer: pageOf(filingSchema),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})
export const listUnfiled = route({
  id: 'listUnfiled',
  method: 'GET',
  path: '/api/v1/filings/missing',
  access: 'session',
  summary: text('应当备案而未备案的条目', 'Entries whose restricted type has not been filed'),
  answer: z.object({
    items: z.array(
      z.object({
        entry: z.object({ id: z.string(), title: z.string() }),
        sharingType: z.string(),
        provider: organisationSummary,
        authority: organisationSummary.nullable().describe('Null where nobody holds the role at that level'),
      }),
    ),
  }),
  problems: ['not-signed-in'],
  since: '0.2',
})
export const fileType = route({
  id: 'fileType',
  method: 'POST',
  path: '/api/v1/filings',
  access: 'session',
  summary: text('备案共享类型', 'File the restricted type of an entry'),
  body: z.object({ entryId: idSchema }),
  answer: filingSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.2',
})
export const listPriorityFields = route({
  id: 'listPriorityFields',
  method: 'GET',
  path: '/api/v1/priority-fields',
  access: 'public',
  summary: text('优先开放领域及其开放情况', 'Fields opened first, and how they stand'),
  answer: z.object({ items: z.array(priorityFieldSchema) }),
  problems: [],
  since: '0.2',
})
export const assignPriorityField = route({
  id: 'assignPriorityField',
  method: 'POST',
  path: '/api/v1/priority-fields/{field}/responsible',
  access: 'session',
  summary: text('确定优先开放领域的责任单位', 'Say who answers for a field'),
  params: z.object({ field: z.string().max(40) }),
  body: z.object({ organisationId: z.string().max(60) }),
  answer: priorityFieldSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})

export const publicationRoutes = [
  listPublicationChecks,
  recordPublicationCheck,
  listFilings,
  listUnfiled,
  fileType,
  listPriorityFields,
  assignPriorityField,
]
