import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { entryDraftSchema, entrySummarySchema } from './catalogue.ts'
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

const faultSchema = z.object({ path: z.string(), message: textSchema })
export const participantParts = ['organisation', 'regulator', 'association'] as const

const roundSchema = z.object({
  id: z.string(),
  kind: z.string(),
  term: textSchema,
  article: z.string(),
  title: z.string(),
  sector: z.string(),
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  opener: organisationSummary,
  target: z
    .object({ dueOn: civilDateSchema, instrument: z.string(), statutory: z.literal(false) })
    .nullable()
    .describe('Until when the city wants it, by its own instrument (非法定)'),
})
export type Round = z.infer<typeof roundSchema>

const progressSchema = z.object({
  organisation: organisationSummary,
  part: z.enum(participantParts),
  ready: z.number().int().describe('Handed in and waiting for the authority'),
  returned: z.number().int().describe('Failed the check, or sent back'),
  published: z.number().int(),
  entries: z.array(
    z.object({
      entryId: z.string(),
      title: z.string(),
      state: z.enum(['ready', 'returned', 'published']),
      faults: z.array(faultSchema),
    }),
  ),
})
const proposalSchema = z.object({
  id: z.string(),
  title: z.string(),
  need: z.string(),
  proposer: organisationSummary,
  provider: organisationSummary,
  confirmedBy: z.array(organisationSummary.extend({ at: instantSchema })),
  entryId: z.string().nullable(),
  confirmable: z.boolean(),
  draftable: z.boolean(),
})

const roundParams = z.object({ roundId: idSchema })
const proposalParams = roundParams.extend({ proposalId: idSchema })
const roundView = roundSchema.extend({
  progress: z.array(progressSchema),
  proposals: z.array(proposalSchema),
  part: z.enum(participantParts).nullable().describe('The caller’s own part'),
  closable: z.boolean(),
})
const roundProblems = [
  'not-signed-in',
  'not-allowed',
  'not-found',
  'act-not-available',
  'content-incomplete',
] as const

export const listRounds = route({
  id: 'listRounds',
  method: 'GET',
  path: '/api/v1/rounds',
  access: 'session',
  summary: text('目录编制任务', 'Compiling rounds'),
  query: pageQuery,
  answer: pageOf(roundSchema).extend({
    kinds: z.array(
      z.object({
        key: z.string(),
        term: textSchema,
        article: z.string(),
        bySector: z.boolean(),
        bodies: z.array(organisationSummary).describe('Bodies that can be given the task'),
      }),
    ),
    openable: z.boolean(),
  }),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})
export const openRound = route({
  id: 'openRound',
  method: 'POST',
  path: '/api/v1/rounds',
  access: 'session',
  summary: text('部署目录编制任务', 'Open a compiling round'),
  body: z.object({
    kind: z.string().max(40),
    title: z.string().trim().min(1).max(200),
    sector: z.string().trim().max(100).default(''),
    participants: z
      .array(z.object({ organisationId: z.string().max(60), part: z.enum(participantParts) }))
      .min(1)
      .max(300),
    target: z
      .object({ dueOn: civilDateSchema, instrument: z.string().trim().min(1).max(200) })
      .nullable()
      .default(null),
  }),
  answer: roundView,
  status: 201,
  problems: roundProblems,
  since: '0.2',
})
export const getRound = route({
  id: 'getRound',
  method: 'GET',
  path: '/api/v1/rounds/{roundId}',
  access: 'session',
  summary: text('编制任务的进展', 'Progress of a round, by body'),
  params: roundParams,
  answer: roundView,
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const closeRound = route({
  id: 'closeRound',
  method: 'POST',
  path: '/api/v1/rounds/{roundId}/acts/close',
  access: 'session',
  summary: text('结束编制任务', 'Close a round'),
  params: roundParams,
  answer: roundView,
  problems: roundProblems,
  since: '0.2',
})
export const proposeEntry = route({
  id: 'proposeEntry',
  method: 'POST',
  path: '/api/v1/rounds/{roundId}/proposals',
  access: 'session',
  summary: text('提出应编入目录的数据及其需求', 'Propose data to be catalogued, with the need for them'),
  params: roundParams,
  body: z.object({
    title: z.string().trim().min(1).max(200),
    need: z.string().trim().min(1).max(1000),
    providerId: z.string().max(60),
  }),
  answer: roundView,
  status: 201,
  problems: roundProblems,
  since: '0.2',
})
export const confirmProposal = route({
  id: 'confirmProposal',
  method: 'POST',
  path: '/api/v1/rounds/{roundId}/proposals/{proposalId}/acts/confirm',
  access: 'session',
  summary: text('确认编目提议', 'Confirm a proposal'),
  params: proposalParams,
  answer: roundView,
  problems: roundProblems,
  since: '0.2',
})
export const draftProposal = route({
  id: 'draftProposal',
  method: 'POST',
  path: '/api/v1/rounds/{roundId}/proposals/{proposalId}/acts/draft',
  access: 'session',
  summary: text('按已确认的提议起草目录条目', 'Draft the entry of a confirmed proposal'),
  params: proposalParams,
  answer: roundView,
  problems: [...roundProblems, 'refused-by-law'],
  since: '0.2',
})
export const submitEntries = route({
  id: 'submitEntries',
  method: 'POST',
  path: '/api/v1/entry-submissions',
  access: 'session',
  summary: text(
    '成批提交条目；不合规范的退回并写明缺项',
    'Hand in many entries; what fails is returned with its faults',
  ),
  body: z.object({
    entryIds: z.array(idSchema).min(1).max(200),
    roundId: idSchema.optional(),
  }),
  answer: z.object({
    ready: z.number().int(),
    returned: z.number().int(),
    items: z.array(
      z.object({
        entryId: z.string(),
        title: z.string(),
        submitted: z.boolean(),
        condition: textSchema.nullable(),
        article: z.string().nullable(),
        faults: z.array(faultSchema),
      }),
    ),
  }),
  problems: roundProblems,
  since: '0.2',
})
export const importEntries = route({
  id: 'importEntries',
  method: 'POST',
  path: '/api/v1/entry-imports',
  access: 'session',
  summary: text('成批登记条目草稿', 'Draft many entries at once'),
  body: z.object({ entries: z.array(entryDraftSchema).min(1).max(100) }),
  answer: z.object({
    drafted: z.number().int(),
    items: z.array(
      z.object({
        title: z.string(),
        entryId: z.string().nullable(),
        condition: textSchema.nullable(),
        article: z.string().nullable(),
      }),
    ),
  }),
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'content-incomplete', 'refused-by-law'],
  since: '0.2',
})

const businessSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['power', 'service', 'function']),
  basis: z.string(),
  version: z.number().int(),
  updatedAt: instantSchema,
  entries: z.number().int().describe('Published entries that answer to it'),
})
export type BusinessItem = z.infer<typeof businessSchema>
const businessBody = z.object({
  name: z.string().trim().min(1).max(200),
  kind: z.enum(['power', 'service', 'function']),
  basis: z.string().trim().max(300).default(''),
})
const bodyParams = z.object({ organisationId: z.string().max(60) })

export const listBusinessItems = route({
  id: 'listBusinessItems',
  method: 'GET',
  path: '/api/v1/organisations/{organisationId}/business-items',
  access: 'caller',
  summary: text('单位的业务事项', 'Pieces of business of a body'),
  params: bodyParams,
  query: pageQuery,
  answer: pageOf(businessSchema).extend({
    article: z.string().nullable().describe('Null where the regulation binds no entry to business'),
    editable: z.boolean(),
  }),
  problems: ['not-found', 'bad-cursor'],
  since: '0.2',
})
export const createBusinessItem = route({
  id: 'createBusinessItem',
  method: 'POST',
  path: '/api/v1/business-items',
  access: 'session',
  summary: text('登记业务事项', 'Register a piece of business'),
  body: businessBody,
  answer: businessSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})
export const changeBusinessItem = route({
  id: 'changeBusinessItem',
  method: 'PATCH',
  path: '/api/v1/business-items/{itemId}',
  access: 'session',
  summary: text(
    '变更业务事项；提醒调整有关条目',
    'Change a piece of business; linked entries are to be looked at',
  ),
  params: z.object({ itemId: idSchema }),
  body: businessBody.partial().extend({ version: z.number().int().min(1) }),
  answer: businessSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'changed-meanwhile', 'content-incomplete'],
  since: '0.2',
})
export const listResources = route({
  id: 'listResources',
  method: 'GET',
  path: '/api/v1/organisations/{organisationId}/resources',
  access: 'caller',
  summary: text('单位的数据资源及其对应的业务', 'Data of a body, set against its business'),
  params: bodyParams,
  query: pageQuery,
  answer: pageOf(
    entrySummarySchema.extend({ business: z.array(z.object({ id: z.string(), name: z.string() })) }),
  ).extend({ article: z.string().nullable() }),
  problems: ['not-found', 'bad-cursor'],
  since: '0.2',
})

const obtainedSchema = z.object({
  id: z.string(),
  organisation: organisationSummary,
  sourceClass: z.string(),
  sourceTerm: textSchema,
  title: z.string(),
  reference: z.string(),
  deliveredOn: civilDateSchema,
  ageDays: z.number().int(),
  entryId: z.string().nullable(),
  closedAt: instantSchema.nullable(),
  linkable: z.boolean(),
})
export const listObtained = route({
  id: 'listObtained',
  method: 'GET',
  path: '/api/v1/obtained-data',
  access: 'session',
  summary: text('受托形成、采购取得而待编目的数据', 'Data obtained from others that are to be catalogued'),
  query: pageQuery,
  answer: pageOf(obtainedSchema).extend({
    article: z.string().nullable(),
    classes: z.array(z.object({ key: z.string(), term: textSchema, obtained: z.boolean() })),
  }),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})
export const recordObtained = route({
  id: 'recordObtained',
  method: 'POST',
  path: '/api/v1/obtained-data',
  access: 'session',
  summary: text('登记交付：受托或者采购的数据', 'Record a delivery under an entrustment or a purchase'),
  body: z.object({
    organisationId: z.string().max(60).optional().describe('The own body where absent'),
    sourceClass: z.string().max(40),
    title: z.string().trim().min(1).max(200),
    reference: z.string().trim().min(1).max(200).describe('Contract or purchase file'),
    deliveredOn: civilDateSchema,
  }),
  answer: obtainedSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})
export const linkObtained = route({
  id: 'linkObtained',
  method: 'POST',
  path: '/api/v1/obtained-data/{obtainedId}/acts/link',
  access: 'session',
  summary: text('以目录条目办结编目任务', 'Close the task with the entry that catalogues the data'),
  params: z.object({ obtainedId: idSchema }),
  body: z.object({ entryId: idSchema }),
  answer: obtainedSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})

export const roundRoutes = [
  listRounds,
  openRound,
  getRound,
  closeRound,
  proposeEntry,
  confirmProposal,
  draftProposal,
  submitEntries,
  importEntries,
  listBusinessItems,
  createBusinessItem,
  changeBusinessItem,
  listResources,
  listObtained,
  recordObtained,
  linkObtained,
]
