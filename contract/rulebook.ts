import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { articleSchema, civilDateSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'
import { tasksOffer } from './tasks.ts'

export const articleSummarySchema = z.object({
  id: z.string(),
  number: z.number().int(),
  title: textSchema,
  summary: textSchema,
})
export type ArticleSummary = z.infer<typeof articleSummarySchema>

const termSchema = z.object({ key: z.string(), term: textSchema })

export const accessTypeSchema = termSchema.extend({
  summary: textSchema,
  article: z.string(),
  instrument: textSchema
    .nullable()
    .describe('Set where the article names no such class: the city has it by this instrument (非法定)'),
  effect: z.enum(['free', 'by-request', 'closed']),
  procedure: z.string().nullable(),
  demandsConditions: z.object({ article: z.string() }).nullable(),
  demandsReasons: z.object({ article: z.string() }).nullable(),
  demandsBasis: z.object({ article: z.string(), ranks: z.array(z.string()) }).nullable(),
})
export type AccessType = z.infer<typeof accessTypeSchema>

export const contentFieldSchema = z.object({
  key: z.string(),
  kind: z.enum([
    'text',
    'basis',
    'fields',
    'masks',
    'rows',
    'limits',
    'date',
    'choice',
    'organisation',
    'entry',
    'undertaking',
  ]),
  title: textSchema,
  help: textSchema.nullable(),
  required: z.boolean(),
  article: z.string().nullable(),
  minLength: z.number().int().nullable(),
  maxLength: z.number().int().nullable(),
  choices: z.array(termSchema).nullable(),
  ranks: z.array(termSchema).nullable().describe('For a legal basis: the ranks that are accepted'),
})
export type ContentField = z.infer<typeof contentFieldSchema>

export const actSchema = z.object({
  key: z.string(),
  title: textSchema,
  summary: textSchema,
  article: z.string().nullable(),
  tone: z.enum(['primary', 'danger', 'default']),
  by: z.array(z.string()),
  from: z.array(z.string()),
  to: z.string().nullable(),
  content: z.array(contentFieldSchema),
  together: z.boolean().describe('May be done on several cases at a time'),
})
export type ActSummary = z.infer<typeof actSchema>

export const clockRuleSchema = z.object({
  key: z.string(),
  title: textSchema,
  kind: z.enum(['statutory', 'local', 'waiting']),
  workingDays: z.number().int().nullable(),
  article: z.string().nullable(),
  instrument: textSchema.nullable(),
  owner: z.string(),
})

export const procedureSchema = z.object({
  key: z.string(),
  title: textSchema,
  summary: textSchema,
  articles: z.array(z.string()),
  about: z.enum(['entry', 'matter']),
  opensHere: z.boolean().describe('Opened by POST /api/v1/cases; otherwise the room has a door of its own'),
  roles: z.array(termSchema),
  states: z.array(
    z.object({
      key: z.string(),
      title: textSchema,
      summary: textSchema,
      waitsFor: z.array(z.string()),
      outcome: z.string().nullable(),
    }),
  ),
  acts: z.array(actSchema),
  clocks: z.array(clockRuleSchema),
})
export type ProcedureView = z.infer<typeof procedureSchema>

/** What surrounds a delivery in this city; empty where its regulation orders nothing. */
const assuranceSchema = z.object({
  filing: z.boolean().describe('Restricted sharing types are filed'),
  checks: z.boolean().describe('Checks are recorded before an entry is opened'),
  systems: z.boolean(),
  explanations: z.boolean().describe('Opened data are explained by those who open them'),
  subjects: z
    .object({ term: textSchema, article: z.string() })
    .nullable()
    .describe('A person sees who looked up data about them'),
  processing: z.boolean().describe('Technical work on the data is given to one body'),
  citation: z.string().nullable().describe('Article that has results name the source of their data'),
  proofs: z.boolean().describe('A proof of a downloaded file can be had'),
  documentClasses: z.array(termSchema),
  certificates: z.boolean().describe('Electronic certificates are checked and accepted by every department'),
  priorityFields: z.array(termSchema),
})

export const rulebookSchema = z.object({
  assurance: assuranceSchema,
  id: z.string(),
  version: z.string(),
  city: textSchema,
  regulation: textSchema,
  inForceOn: civilDateSchema,
  prefix: z.string(),
  chip: textSchema.describe('Mark before an article number on the article chip'),
  roles: z.array(termSchema),
  matching: z
    .object({ term: textSchema, procedure: z.string() })
    .nullable()
    .describe('The list of supply and demand, where the regulation orders one'),
  catalogue: z.object({
    name: textSchema,
    parts: z.array(termSchema.extend({ article: z.string() })),
    sharingTypes: z.array(accessTypeSchema),
    openingTypes: z.array(accessTypeSchema),
    defaultSharingType: z.string().nullable(),
    untyped: z
      .object({ sharing: textSchema.nullable(), opening: textSchema.nullable() })
      .describe('What is shown where an entry is without a type on that axis'),
    basisRanks: z.array(termSchema),
    requiredContent: z.array(termSchema.extend({ article: z.string() })),
  }),
  opening: z
    .object({
      agreement: z.object({ name: textSchema, article: z.string(), procedure: z.string() }).nullable(),
      results: z.boolean(),
      demands: z.boolean(),
      lists: z.boolean(),
      reassessment: z.boolean(),
      reopening: z.boolean().describe('What is not open is opened on stated grounds only'),
    })
    .describe('What the regulation orders about opened data; null where its text has nothing'),
  connections: z.object({ article: z.string(), atSource: z.boolean() }).nullable(),
  tasks: tasksOffer.nullable().describe('What it orders about aggregation; null where its text has nothing'),
})
export type RulebookView = z.infer<typeof rulebookSchema>

export const getRulebook = route({
  id: 'getRulebook',
  method: 'GET',
  path: '/api/v1/rulebook',
  access: 'public',
  summary: text('本市适用的条例及其用语', 'The regulation in force here and its vocabulary'),
  answer: rulebookSchema,
  problems: [],
  since: '0.1',
})
export const listArticles = route({
  id: 'listArticles',
  method: 'GET',
  path: '/api/v1/rulebook/articles',
  access: 'public',
  summary: text('逐条摘要', 'Summaries of the articles'),
  answer: z.object({ items: z.array(articleSummarySchema) }),
  problems: [],
  since: '0.1',
})
export const getArticle = route({
  id: 'getArticle',
  method: 'GET',
  path: '/api/v1/rulebook/articles/{article}',
  access: 'public',
  summary: text(
    '一条摘要；也接受义务编号，如 CQ-26.1-a',
    'Summary of one article; an obligation id is accepted too',
  ),
  params: z.object({ article: articleSchema }),
  answer: articleSummarySchema,
  problems: ['not-found'],
  since: '0.1',
})
export const listProcedures = route({
  id: 'listProcedures',
  method: 'GET',
  path: '/api/v1/rulebook/procedures',
  access: 'public',
  summary: text('办事程序：环节、操作、时限', 'Procedures: states, acts, clocks'),
  answer: z.object({ items: z.array(procedureSchema) }),
  problems: [],
  since: '0.1',
})

const coverageStates = ['proven', 'built', 'tracked', 'stated', 'open'] as const
const countsSchema = z
  .object({
    proven: z.number().int(),
    built: z.number().int(),
    tracked: z.number().int(),
    stated: z.number().int(),
    open: z.number().int(),
  })
  .describe(
    'proven: a scenario that names it ran and passed; built: rulebook or contract name it, no scenario proves it; tracked: an organisation’s duty in the register of duties; stated: a definition or a formal clause, nothing to build by itself; open: not yet',
  )
export type CoverageCounts = z.infer<typeof countsSchema>

export const obligationSchema = z.object({
  id: z.string(),
  title: textSchema.describe('In Chinese the term an official would use'),
  kind: z.enum(['function', 'rule', 'duty', 'term', 'formal']),
  modality: z
    .enum(['order', 'may', 'encourage', 'explore', 'declare'])
    .describe('Only what the text orders can be breached'),
  capability: z.string(),
  bearers: z.array(textSchema),
  bearerNamed: z.boolean().describe('False where the sentence names nobody'),
  orders: textSchema.describe('What the text orders, in our own words'),
  reading: z.string().nullable().describe('Where the text is open: the reading taken here (English)'),
  periodWorkingDays: z.number().int().nullable().describe('Null where the text has no number'),
  state: z.enum(coverageStates),
  metBy: z.array(
    z.object({
      kind: z.enum(['procedure', 'catalogue', 'use', 'room', 'route', 'duty']),
      key: z.string(),
      title: textSchema,
    }),
  ),
  proofs: z.array(z.object({ file: z.string(), title: z.string() })),
})
export type ObligationView = z.infer<typeof obligationSchema>

export const listObligations = route({
  id: 'listObligations',
  method: 'GET',
  path: '/api/v1/rulebook/obligations',
  access: 'public',
  summary: text(
    '逐项义务：状态、落实之处、验证',
    'Every obligation by itself: its state, how it is met, its proof',
  ),
  query: pageQuery.extend({
    article: articleSchema.optional().describe('Only those of one article'),
    state: z.enum(coverageStates).optional(),
  }),
  answer: pageOf(obligationSchema),
  problems: ['bad-cursor'],
  since: '0.2',
})
export const getCoverage = route({
  id: 'getCoverage',
  method: 'GET',
  path: '/api/v1/rulebook/coverage',
  access: 'public',
  summary: text('条例的落实情况', 'How the regulation stands in this software'),
  answer: z.object({
    ranOn: civilDateSchema.nullable().describe('Day of the last complete run of the scenarios'),
    all: countsSchema,
    articles: z.array(z.object({ number: z.number().int(), counts: countsSchema })),
    capabilities: z.array(z.object({ key: z.string(), counts: countsSchema })),
  }),
  problems: [],
  since: '0.2',
})
export type CoverageView = z.infer<typeof getCoverage.answer>

export const listRulebookVersions = route({
  id: 'listRulebookVersions',
  method: 'GET',
  path: '/api/v1/rulebook/versions',
  access: 'caller',
  summary: text(
    '条例规则的历次版本及确认',
    'Versions of the rulebook, and who took note of what they amended',
  ),
  answer: z.object({
    items: z.array(
      z.object({
        rulebook: z.string(),
        version: z.string(),
        since: instantSchema,
        amended: z.array(z.number().int()).describe('Numbers of the articles whose values it changed'),
        acknowledgedBy: z.string().nullable().describe('The officer, for callers who have signed in'),
        note: z.string(),
      }),
    ),
  }),
  problems: [],
  since: '0.2',
})

export const rulebookRoutes = [
  getRulebook,
  listArticles,
  getArticle,
  listProcedures,
  listObligations,
  getCoverage,
  listRulebookVersions,
]
