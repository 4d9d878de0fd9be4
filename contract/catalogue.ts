import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { caseActSchema, caseClockPreviewSchema, caseSchema } from './cases.ts'
import {
  grantLimitsSchema,
  idSchema,
  instantSchema,
  maskSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  rowFilterSchema,
  textSchema,
  versionSchema,
  watermarkSchema,
} from './common.ts'
import { connectionStates } from './connections.ts'
import { route } from './route.ts'
import { contentFieldSchema } from './rulebook.ts'

export const fieldTypes = [
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'time',
  'instant',
  'credit-code',
  'identity-number',
  'division-code',
  'phone',
  'longitude',
  'latitude',
  'geometry',
] as const
export const sensitivities = ['public', 'internal', 'personal', 'sensitive'] as const
export const updateCycles = [
  'real-time',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'yearly',
  'irregular',
] as const
/** General data grades of GB/T 43697-2024, with important and core data above them. */
export const securityGrades = [
  'general-1',
  'general-2',
  'general-3',
  'general-4',
  'important',
  'core',
] as const

/**
 * What a field may be called. No table can hold control characters, nor names that begin as the lake's own columns do; a
 * name with a quotation mark or a backslash may be read back from a record as another one (nodejs/node#63785).
 */
export const fieldName = /^[^_\p{Cc}"\\][^\p{Cc}"\\]*$/u

export const fieldSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(fieldName)
    .describe('Name of the information item, kept verbatim'),
  type: z.enum(fieldTypes),
  meaning: z.string().trim().max(500).default(''),
  unit: z.string().trim().max(50).default(''),
  sensitivity: z.enum(sensitivities),
  key: z.boolean().default(false).describe('Part of what identifies a row'),
  required: z.boolean().default(false),
  selfCollected: z.boolean().optional().describe('The provider collects it from people or bodies itself'),
})
export type EntryField = z.infer<typeof fieldSchema>

export const basisSchema = z.object({
  rank: z.string().min(1).max(60),
  instrument: z.string().trim().min(1).max(200),
  article: z.string().trim().min(1).max(100),
})
export type BasisView = z.infer<typeof basisSchema>

/** On whom or what the data are: it tells which identifier they have to carry. */
export const subjectTypes = ['natural-person', 'organisation', 'geospatial', 'other'] as const

/** What an entry states besides what every catalogue asks for. */
const statedSchema = z.object({
  subjectType: z.enum(subjectTypes).nullable().default(null),
  sourceClass: z.string().max(40).nullable().default(null).describe('Key of a source class of the rulebook'),
  businessItems: z.array(idSchema).max(20).default([]).describe('Pieces of business that the data answer to'),
  need: z.string().trim().max(1000).default('').describe('The need for which it was catalogued'),
  parentItem: z.string().trim().max(200).default('').describe('Item of the national or city catalogue'),
  extra: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), z.string().trim().max(500))
    .refine((extra) => Object.keys(extra).length <= 50)
    .default({})
    .describe('What the specification in force asks for besides'),
})
/** What an entry states that was written before it was asked. */
export const blankStatements = () => statedSchema.parse({})

const typingSchema = z.object({
  type: z
    .string()
    .max(40)
    .describe('Key of a type of the rulebook; empty where the rulebook lets an entry be without one'),
  conditions: z.string().trim().max(2000).default(''),
  reasons: z.string().trim().max(2000).optional(),
  basis: basisSchema.nullable().default(null),
  onlyFor: z
    .array(z.string().max(60))
    .max(500)
    .optional()
    .describe('Always refused: a type is for all whom it names. Taken so that the refusal can say why'),
  exceptFor: z.array(z.string().max(60)).max(500).optional().describe('Always refused, as `onlyFor`'),
})

export const entryDraftSchema = z.object({
  title: z.string().trim().min(1).max(200),
  summary: z.string().trim().max(4000).default(''),
  part: z
    .string()
    .max(40)
    .optional()
    .describe('Part of the catalogue; the first of the rulebook where absent'),
  theme: z.string().max(40).default('other'),
  keywords: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  fields: z.array(fieldSchema).max(500).default([]),
  sharing: typingSchema.optional().describe('The rulebook’s default type where absent'),
  opening: typingSchema.optional(),
  updateCycle: z.enum(updateCycles).nullable().default(null),
  securityGrade: z.enum(securityGrades).nullable().default(null),
  sourceSystem: z.string().trim().max(200).default(''),
  format: z.string().trim().max(100).default(''),
  sharingMode: z
    .string()
    .trim()
    .max(200)
    .default('')
    .describe('How the data are shared: interface, file, database'),
  openingMode: z.string().trim().max(200).default(''),
  useRequirements: z.string().trim().max(2000).default(''),
  assessment: z
    .object({
      contains: z.string().trim().max(1000).default(''),
      personalInformation: z.boolean(),
      conclusion: z.string().trim().max(1000).default(''),
    })
    .nullable()
    .default(null)
    .describe('The recorded assessment on which the types rest'),
  ownCollection: z
    .string()
    .trim()
    .max(1000)
    .default('')
    .describe('How the provider collects these data itself, where they look like data that it has received'),
  sourceGrantId: idSchema
    .nullable()
    .default(null)
    .describe('A grant through which the data were received, where they were'),
  ...statedSchema.shape,
  priorityField: z
    .string()
    .max(40)
    .nullable()
    .default(null)
    .describe('Field whose data are opened first, where the regulation names such fields'),
  documentClass: z
    .string()
    .max(40)
    .nullable()
    .default(null)
    .describe(
      'Class of documents that the rows stand for, where the regulation gives them the force of paper',
    ),
  price: z
    .number()
    .nullable()
    .default(null)
    .describe('Always refused: data of the catalogue have no price. Taken so that the refusal can say why'),
})
export type EntryDraft = z.input<typeof entryDraftSchema>

export const snapshotModes = ['replace', 'append', 'upsert', 'delete', 'restore'] as const

export const snapshotSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  mode: z
    .enum(snapshotModes)
    .describe(
      'How its rows met those before: all anew, more, in place of others, fewer; an earlier version again',
    ),
  changes: z
    .object({ added: z.number().int(), replaced: z.number().int(), removed: z.number().int() })
    .nullable()
    .describe('Null where all rows are anew'),
  liveAt: instantSchema,
  rows: z.number().int(),
  refusedRows: z.number().int(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  fileName: z.string(),
  live: z.boolean(),
  quality: z.number().nullable().describe('Score from 0 to 100'),
  recordId: z.string().nullable(),
  pinned: z.object({ at: z.string(), note: z.string() }).nullable().describe('Kept by the provider'),
  cited: z.boolean().describe('A version that was cited is kept'),
  destroyedAt: instantSchema.nullable().describe('Its rows are gone since then; what it was stands here'),
  destructionRecord: z.string().nullable(),
})
export type SnapshotView = z.infer<typeof snapshotSchema>

export const entryStatuses = [
  'draft',
  'submitted',
  'returned',
  'confirmed',
  'published',
  'withdrawn',
] as const

export const entrySummarySchema = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  summary: z.string(),
  provider: organisationSummary,
  theme: z.string(),
  part: z.string().describe('Part of the catalogue in which it stands'),
  status: z.string().describe('State of its cataloguing case'),
  sharingType: z.string(),
  openingType: z.string(),
  updateCycle: z.enum(updateCycles).nullable(),
  rows: z.number().int().nullable(),
  liveAt: instantSchema.nullable(),
  heldAt: z
    .string()
    .nullable()
    .describe(
      'The system of the provider where the rows lie; null where they are on the platform or nowhere',
    ),
  updatedAt: instantSchema,
})
export type EntrySummary = z.infer<typeof entrySummarySchema>

export const entrySchema = entrySummarySchema.extend({
  keywords: z.array(z.string()),
  fields: z.array(fieldSchema),
  sharing: typingSchema,
  opening: typingSchema,
  securityGrade: z.enum(securityGrades).nullable(),
  sourceSystem: z.string(),
  format: z.string(),
  sharingMode: z.string(),
  openingMode: z.string(),
  useRequirements: z.string(),
  assessment: z
    .object({
      contains: z.string(),
      personalInformation: z.boolean(),
      conclusion: z.string(),
      assessor: z.string().nullable().describe('For the provider and whoever checks the catalogue'),
      assessedAt: instantSchema.nullable().describe('Null where it was recorded before this was kept'),
    })
    .nullable(),
  ownCollection: z.string(),
  sourceGrantId: z.string().nullable(),
  subjectType: z.enum(subjectTypes).nullable(),
  sourceClass: z.string().nullable(),
  businessItems: z.array(z.string()),
  need: z.string(),
  parentItem: z.string(),
  extra: z.record(z.string(), z.string()),
  priorityField: z.string().nullable(),
  documentClass: z.string().nullable(),
  version: z.number().int().describe('To be named by the next change'),
  createdAt: instantSchema,
  publishedAt: instantSchema.nullable(),
  snapshot: snapshotSchema.nullable(),
  quality: z
    .object({
      score: z.number(),
      completeness: z.number(),
      validity: z.number(),
      timeliness: z.number().nullable(),
      fields: z.array(
        z.object({
          field: z.string(),
          nulls: z.number(),
          distinct: z.number(),
        }),
      ),
    })
    .nullable(),
  connection: z
    .object({
      system: z.string(),
      state: z.enum(connectionStates),
      stale: z.boolean().describe('Older at the source than the update cycle allows; not statutory'),
      changedAt: instantSchema.nullable().describe('When the data at the source last changed'),
    })
    .nullable()
    .describe('The system at the source that is connected for the entry'),
  freshness: z.object({ dueBefore: instantSchema.nullable(), late: z.boolean() }).nullable(),
  liveGrants: z.number().int(),
  decisions: z
    .array(
      z.object({
        about: z.enum(['sharing-type', 'responsible-body']),
        value: textSchema,
        reference: z.string(),
        article: z.string(),
        caseId: z.string(),
        caseNumber: z.string(),
        decidedAt: instantSchema,
      }),
    )
    .describe('Decisions of a body above the provider that hold for the entry'),
  citation: textSchema.describe('How to name the source'),
  catalogueCase: caseSchema
    .nullable()
    .describe('For the provider and the authority: the cataloguing case and the acts allowed'),
  editable: z.boolean(),
  uploadable: z.boolean(),
})
export type Entry = z.infer<typeof entrySchema>

/** What opening a procedure would meet: who decides, the steps, the clocks if they began today, the form. */
export const requestPreviewSchema = z.object({
  procedure: z.string(),
  title: textSchema,
  possible: z.boolean(),
  obstacle: z
    .object({ article: z.string().nullable(), condition: textSchema, remedy: textSchema })
    .nullable(),
  decider: organisationSummary.nullable(),
  steps: z.array(
    z.object({
      title: textSchema,
      by: textSchema,
      article: z.string().nullable(),
      clock: caseClockPreviewSchema.nullable(),
    }),
  ),
  clocks: z.array(caseClockPreviewSchema),
  content: z.array(contentFieldSchema),
  articles: z.array(z.string()),
  requirements: z
    .string()
    .nullable()
    .describe('Conditions that the entry states; they are copied into the request'),
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.enum(fieldTypes),
      meaning: z.string(),
      sensitivity: z.enum(sensitivities),
      mask: maskSchema,
    }),
  ),
})
export type RequestPreview = z.infer<typeof requestPreviewSchema>

/** Before applying: what the caller can have now, and what a request would meet. */
export const accessPlanSchema = z.object({
  now: z
    .object({
      basis: z.enum(['open', 'shared', 'granted', 'own']),
      article: z.string(),
      grantId: z.string().nullable(),
      scenario: z.string().nullable(),
      needsScenario: z.boolean().describe('A duty or scenario must be named with each use'),
      validUntil: instantSchema.nullable(),
      fields: z.array(z.object({ name: z.string(), mask: maskSchema })),
      rows: rowFilterSchema.describe('Which rows; every row where there is no condition'),
      limits: grantLimitsSchema.describe('Of the grant'),
      watermark: z
        .array(watermarkSchema)
        .describe('What a delivery carries to be traced by; nothing where it has no receiver'),
    })
    .nullable(),
  refusal: z.object({ article: z.string().nullable(), condition: textSchema, remedy: textSchema }).nullable(),
  request: requestPreviewSchema.nullable(),
})
export type AccessPlan = z.infer<typeof accessPlanSchema>

const entryParams = z.object({ entryId: idSchema })

const rangesSchema = z
  .array(z.tuple([z.number().int(), z.number().int()]))
  .describe('From and to, in UTF-16 units of the text')
/** Where an entry has what was asked for, so that it can be marked. */
export const marksSchema = z.object({
  title: rangesSchema,
  summary: rangesSchema,
  provider: z.object({ zh: rangesSchema, en: rangesSchema }),
  fields: z
    .array(z.object({ name: z.string(), ranges: rangesSchema }))
    .describe('Fields whose names have it; at most six'),
})
export type Marks = z.infer<typeof marksSchema>

export const foundEntrySchema = entrySummarySchema.extend({
  marks: marksSchema.nullable().describe('Null where no words were asked for'),
})
export type FoundEntry = z.infer<typeof foundEntrySchema>

export const suggestionSchema = z.object({
  kind: z.enum(['entry', 'organisation', 'word']),
  text: textSchema.describe('`en` is empty for a word of the catalogue that exists in Chinese only'),
  id: z.string().nullable().describe('Of the entry or the organisation; null for a word'),
})
export type Suggestion = z.infer<typeof suggestionSchema>
const facet = z.array(z.object({ key: z.string(), title: textSchema, count: z.number().int() }))

export const listEntries = route({
  id: 'listEntries',
  method: 'GET',
  path: '/api/v1/entries',
  access: 'caller',
  summary: text('检索目录条目', 'Search the catalogue'),
  query: pageQuery.extend({
    q: z.string().max(200).optional(),
    organisation: z.string().max(60).optional(),
    theme: z.string().max(40).optional(),
    priority: z.string().max(40).optional().describe('Field whose data are opened first'),
    sharing: z.string().max(40).optional(),
    opening: z.string().max(40).optional(),
    status: z.enum(entryStatuses).optional(),
    scope: z
      .enum(['published', 'mine', 'to-confirm'])
      .default('published')
      .describe('mine: of my organisation, any state'),
    sort: z
      .enum(['relevance', 'updated', 'newest', 'title'])
      .optional()
      .describe('updated: by the newest data; newest: by the last change of the entry'),
  }),
  answer: pageOf(foundEntrySchema).extend({
    total: z.number().int(),
    exact: z
      .boolean()
      .describe('False where more was found than is counted: total and the counts of facets are the least'),
    partly: z
      .boolean()
      .describe('No entry has all that was asked for; listed are those that have some of it'),
    facets: z.object({ organisation: facet, theme: facet, sharing: facet, opening: facet }),
  }),
  problems: ['bad-cursor'],
  since: '0.1',
})
export const suggestEntries = route({
  id: 'suggestEntries',
  method: 'GET',
  path: '/api/v1/entry-suggestions',
  access: 'public',
  summary: text('检索联想', 'What somebody who types may mean'),
  query: z.object({ q: z.string().max(100) }),
  answer: z.object({ items: z.array(suggestionSchema) }),
  problems: ['too-many-requests'],
  since: '0.3',
})
export const createEntry = route({
  id: 'createEntry',
  method: 'POST',
  path: '/api/v1/entries',
  access: 'session',
  summary: text('登记目录条目（草稿）', 'Draft a catalogue entry'),
  body: entryDraftSchema,
  answer: entrySchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'content-incomplete', 'refused-by-law'],
  since: '0.1',
})
export const getEntry = route({
  id: 'getEntry',
  method: 'GET',
  path: '/api/v1/entries/{entryId}',
  access: 'caller',
  summary: text('目录条目', 'One entry'),
  params: entryParams,
  answer: entrySchema,
  problems: ['not-found'],
  since: '0.1',
})
export const changeEntry = route({
  id: 'changeEntry',
  method: 'PATCH',
  path: '/api/v1/entries/{entryId}',
  access: 'session',
  summary: text('修改草稿', 'Change a draft'),
  params: entryParams,
  body: entryDraftSchema.partial().extend({ version: versionSchema }),
  answer: entrySchema,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'changed-meanwhile',
    'content-incomplete',
    'act-not-available',
    'refused-by-law',
  ],
  since: '0.1',
})
export const actOnEntry = route({
  id: 'actOnEntry',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/acts/{act}',
  access: 'session',
  summary: text('对目录条目办理一项操作：提交、确认、退回、发布……', 'Submit, confirm, return, publish …'),
  params: entryParams.extend({ act: z.string().max(60) }),
  body: caseActSchema,
  answer: entrySchema,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-unknown',
    'act-not-available',
    'changed-meanwhile',
    'content-incomplete',
    'refused-by-law',
  ],
  since: '0.1',
})
export const getAccessPlan = route({
  id: 'getAccessPlan',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/access-plan',
  access: 'caller',
  summary: text(
    '申请前须知：现在可得什么、申请须经哪些环节',
    'Before you apply: what you can have now and what a request would meet',
  ),
  params: entryParams,
  answer: accessPlanSchema,
  problems: ['not-found'],
  since: '0.1',
})
export const listSnapshots = route({
  id: 'listSnapshots',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/snapshots',
  access: 'caller',
  summary: text('数据快照', 'Snapshots'),
  params: entryParams,
  query: pageQuery,
  answer: pageOf(snapshotSchema),
  problems: ['not-found', 'bad-cursor'],
  since: '0.1',
})

export const catalogueRoutes = [
  listEntries,
  suggestEntries,
  createEntry,
  getEntry,
  changeEntry,
  actOnEntry,
  getAccessPlan,
  listSnapshots,
]
