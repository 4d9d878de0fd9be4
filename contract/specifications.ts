import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import {
  idSchema,
  instantInput,
  instantSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  textSchema,
} from './common.ts'
import { route } from './route.ts'

/** Properties of an entry that a specification may make obligatory or bind to a list of values. */
export const specifiedKeys = [
  'summary',
  'theme',
  'keywords',
  'updateCycle',
  'securityGrade',
  'sourceSystem',
  'format',
  'sharingMode',
  'openingMode',
  'useRequirements',
  'assessment',
  'sharingConditions',
  'openingConditions',
  'subjectType',
  'sourceClass',
  'businessItems',
  'need',
  'parentItem',
] as const

const itemSchema = z.object({
  key: z
    .union([z.enum(specifiedKeys), z.string().regex(/^extra\.[a-z][a-z0-9-]{0,39}$/)])
    .describe('A property of the entry, or extra.<key> for one that the specification adds'),
  term: z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) }),
  required: z.boolean(),
  form: z.enum(['text', 'number', 'date']).default('text'),
  codes: z.array(z.string().trim().min(1).max(100)).max(200).default([]).describe('Empty: any value'),
  minLength: z.number().int().min(0).max(500).default(0),
})
export type SpecificationItem = z.output<typeof itemSchema>

export const specificationSchema = z.object({
  version: z.number().int(),
  title: z.string(),
  note: z.string(),
  items: z.array(itemSchema),
  cosigners: z.array(organisationSummary),
  publisher: organisationSummary,
  publishedAt: instantSchema,
  effectiveAt: instantSchema,
  inForce: z.boolean(),
  recordId: z.string(),
})
export type Specification = z.infer<typeof specificationSchema>

const ruleSchema = z.object({ article: z.string(), term: textSchema })

export const listSpecifications = route({
  id: 'listSpecifications',
  method: 'GET',
  path: '/api/v1/specifications',
  access: 'caller',
  summary: text('目录编制规范各版本', 'Versions of the cataloguing specification'),
  query: pageQuery,
  answer: pageOf(specificationSchema).extend({
    rule: ruleSchema.nullable().describe('Null where the regulation orders no specification'),
    cosigned: z.boolean(),
    publishable: z.boolean().describe('The caller may publish a version'),
  }),
  problems: ['bad-cursor'],
  since: '0.2',
})
export const publishSpecification = route({
  id: 'publishSpecification',
  method: 'POST',
  path: '/api/v1/specifications',
  access: 'session',
  summary: text('发布目录编制规范的新版本', 'Publish a version of the specification'),
  body: z.object({
    title: z.string().trim().min(1).max(200),
    note: z.string().trim().max(2000).default(''),
    effectiveAt: instantInput().optional().describe('At once where absent'),
    cosigners: z.array(z.string().min(1).max(60)).max(30).default([]),
    items: z.array(itemSchema).min(1).max(100),
  }),
  answer: specificationSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'act-not-available', 'content-incomplete', 'refused-by-law'],
  since: '0.2',
})
export const listEntriesBehind = route({
  id: 'listEntriesBehind',
  method: 'GET',
  path: '/api/v1/specifications/behind',
  access: 'session',
  summary: text('须按现行规范更新的条目', 'Entries to be updated to the version in force'),
  query: pageQuery,
  answer: pageOf(
    z.object({
      entryId: idSchema,
      title: z.string(),
      provider: organisationSummary,
      met: z
        .number()
        .int()
        .nullable()
        .describe('Version that it met; null where it was checked against none'),
      inForce: z.number().int(),
      faults: z.array(z.object({ path: z.string(), message: textSchema })),
    }),
  ),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})

export const specificationRoutes = [listSpecifications, publishSpecification, listEntriesBehind]
