import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import {
  civilDateSchema,
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
} from './common.ts'
import { countedQuery } from './figures.ts'
import { knownApplicant } from './registration.ts'
import { route } from './route.ts'
import { actSchema } from './rulebook.ts'

const contentSchema = z.record(z.string().max(60), z.unknown())

/** One act on a case: its content, and the version of the case that the actor has seen. */
export const caseActSchema = z.object({
  content: contentSchema.default({}),
  version: versionSchema.optional(),
})

export const countedDaySchema = z.object({
  on: civilDateSchema,
  working: z.boolean(),
  reason: z.enum(['weekday', 'weekend', 'holiday', 'make-up']),
  name: textSchema.nullable(),
})

export const caseClockSchema = z.object({
  key: z.string(),
  title: textSchema,
  kind: z.enum(['statutory', 'local', 'waiting']),
  article: z.string().nullable(),
  instrument: textSchema.nullable(),
  owner: z.object({ role: textSchema, organisation: organisationSummary.nullable() }),
  startedOn: civilDateSchema,
  dueOn: civilDateSchema.nullable(),
  dueAt: instantSchema.nullable(),
  workingDays: z.number().int().nullable(),
  workingDaysLeft: z.number().int().nullable().describe('Negative when overdue'),
  provisional: z.boolean().describe('The official calendar of that year is not announced yet'),
  extended: z.boolean(),
  running: z.boolean(),
  overdue: z.boolean(),
  stoppedAt: instantSchema.nullable(),
  pausedOn: civilDateSchema.nullable().describe('The day since which the period stands still'),
  days: z.array(countedDaySchema).describe('Each day from start to due date and whether it counts'),
})
export type CaseClock = z.infer<typeof caseClockSchema>

export const caseClockPreviewSchema = z.object({
  key: z.string(),
  title: textSchema,
  kind: z.enum(['statutory', 'local', 'waiting']),
  article: z.string().nullable(),
  instrument: textSchema.nullable(),
  owner: textSchema,
  workingDays: z.number().int().nullable(),
  dueOn: civilDateSchema.nullable().describe('If it started today'),
  provisional: z.boolean(),
})

export const caseEventSchema = z.object({
  sequence: z.number().int(),
  at: instantSchema,
  act: z.string(),
  title: textSchema,
  actor: z
    .object({
      name: z.string(),
      inPlaceOf: z.string().nullable().describe('The colleague who had handed over to them'),
      role: textSchema.nullable(),
      organisation: organisationSummary.nullable(),
    })
    .nullable(),
  content: z.array(z.object({ key: z.string(), title: textSchema, kind: z.string(), value: z.unknown() })),
  article: z.string().nullable(),
  state: z.string(),
  warnings: z.array(textSchema),
  recordId: z.string().nullable(),
})
export type CaseEventView = z.infer<typeof caseEventSchema>

export const caseSummarySchema = z.object({
  id: z.string(),
  number: z.string(),
  procedure: z.object({ key: z.string(), title: textSchema }),
  entry: z
    .object({ id: z.string(), title: z.string() })
    .nullable()
    .describe('Null where the case is about no entry'),
  subject: textSchema.describe(
    'What the case is about: the title of the entry, or the matter in its own words',
  ),
  applicant: z.object({ name: z.string(), organisation: organisationSummary.nullable() }),
  state: z.object({ key: z.string(), title: textSchema, summary: textSchema }),
  outcome: z.enum(['granted', 'refused', 'withdrawn', 'closed']).nullable(),
  waitsForMe: z.boolean(),
  inPlaceOf: z
    .string()
    .nullable()
    .describe('The colleague, away now, in whose place the caller would act on it'),
  version: versionSchema,
  due: z
    .object({
      clock: z.string(),
      kind: z.enum(['statutory', 'local', 'waiting']),
      dueOn: civilDateSchema,
      workingDaysLeft: z.number().int(),
      overdue: z.boolean(),
    })
    .nullable(),
  openedAt: instantSchema,
  updatedAt: instantSchema,
})
export type CaseSummary = z.infer<typeof caseSummarySchema>

export const caseSchema = caseSummarySchema.extend({
  rulebook: z.object({ id: z.string(), version: z.string() }),
  decider: organisationSummary.nullable(),
  provider: organisationSummary.nullable(),
  waitsFor: z.array(z.object({ role: textSchema, organisation: organisationSummary.nullable() })),
  clocks: z.array(caseClockSchema),
  acts: z
    .array(
      actSchema.extend({
        blocked: z
          .object({
            code: z.string(),
            article: z.string().nullable(),
            condition: textSchema,
            remedy: textSchema,
          })
          .nullable(),
        warnings: z.array(textSchema),
      }),
    )
    .describe('Acts of the caller in this state'),
  opening: z.array(z.object({ key: z.string(), title: textSchema, kind: z.string(), value: z.unknown() })),
  events: z.array(caseEventSchema),
  grantId: z.string().nullable(),
  requirements: z
    .string()
    .nullable()
    .optional()
    .describe('Conditions of the entry on the day of the request, for requests'),
  leastData: z
    .array(z.object({ field: z.string().nullable(), question: textSchema }))
    .optional()
    .describe('What a request says nothing about though it asks for it'),
  renewal: z
    .object({
      grantId: z.string(),
      masks: z
        .record(z.string(), maskSchema)
        .describe('Go on in the renewal, unless the decision states masks of its own'),
      rows: rowFilterSchema.describe('Go on likewise'),
      limits: grantLimitsSchema.describe('Go on likewise'),
    })
    .nullable()
    .optional()
    .describe('The grant that the request is to renew'),
  registration: knownApplicant
    .nullable()
    .optional()
    .describe('How the applicant is known, where it registered itself'),
})
export type Case = z.infer<typeof caseSchema>

const grantGrounds = z.object({ reasons: z.string(), basis: z.string() })

export const grantSchema = z.object({
  id: z.string(),
  entry: z.object({ id: z.string(), title: z.string() }),
  caseId: z.string(),
  caseNumber: z.string(),
  organisation: organisationSummary.nullable(),
  userName: z.string().nullable(),
  fields: z.array(z.string()),
  masks: z.record(z.string(), maskSchema).describe('Fields that are not given in clear'),
  rows: rowFilterSchema.describe('Which rows it covers; every row where there is no condition'),
  limits: grantLimitsSchema.describe('Conditions of the decision, beside the limits of the platform'),
  scenario: z.string(),
  article: z.string(),
  validFrom: instantSchema,
  validUntil: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
  revocation: grantGrounds.nullable(),
  suspendedAt: instantSchema.nullable(),
  suspension: grantGrounds.nullable(),
  standing: z.enum(['live', 'suspended', 'expired', 'revoked']),
  renews: z.string().nullable().describe('The grant that this one follows in time'),
  renewedBy: z.string().nullable().describe('The grant by which this one goes on'),
  use: z
    .object({ times: z.number().int(), rows: z.number().int(), lastAt: instantSchema.nullable() })
    .describe('Answered calls and files under it within the last 30 days, and the rows that went out'),
  takenToday: z
    .object({
      rows: z.number().int().describe('Today, by civil days of China'),
      requests: z.number().int().describe('In this minute'),
    })
    .nullable()
    .describe('What was taken of its limits; null where it has none'),
  live: z.boolean(),
  awaits: z
    .object({ since: instantSchema, days: z.number().int() })
    .nullable()
    .describe('The data are held elsewhere and have not been brought in yet: since when they are waited for'),
  canRevoke: z.boolean(),
  canRenew: z.boolean(),
})
export type Grant = z.infer<typeof grantSchema>

const caseParams = z.object({ caseId: idSchema })

export const openCase = route({
  id: 'openCase',
  method: 'POST',
  path: '/api/v1/cases',
  access: 'session',
  summary: text('提出申请、发起办件', 'File a request, open a case'),
  body: z.object({
    procedure: z.string().max(60),
    entryId: idSchema.nullable().default(null).describe('Left out for a matter that is about no entry'),
    content: contentSchema,
  }),
  answer: caseSchema,
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'content-incomplete',
    'refused-by-law',
    'act-not-available',
  ],
  since: '0.1',
})
export const listCases = route({
  id: 'listCases',
  method: 'GET',
  path: '/api/v1/cases',
  access: 'session',
  summary: text(
    '办件：待我办理、我提出的、与本单位有关的',
    'Cases: waiting for me, mine, of my organisation',
  ),
  query: pageQuery.extend({
    box: z.enum(['inbox', 'mine', 'all']).default('inbox'),
    entry: idSchema.optional(),
    open: z.stringbool().optional(),
    ...countedQuery.shape,
  }),
  answer: pageOf(caseSummarySchema),
  problems: ['not-signed-in', 'bad-cursor', 'not-allowed', 'not-found'],
  since: '0.1',
})
export const getCase = route({
  id: 'getCase',
  method: 'GET',
  path: '/api/v1/cases/{caseId}',
  access: 'session',
  summary: text('办件详情：环节、时限、可办操作、经过', 'A case: state, clocks, acts allowed, events'),
  params: caseParams,
  answer: caseSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.1',
})
export const actOnCase = route({
  id: 'actOnCase',
  method: 'POST',
  path: '/api/v1/cases/{caseId}/acts/{act}',
  access: 'session',
  summary: text('办理一项操作', 'Do an act'),
  params: caseParams.extend({ act: z.string().max(60) }),
  body: caseActSchema,
  answer: caseSchema,
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
export const getCaseDocument = route({
  id: 'getCaseDocument',
  method: 'GET',
  path: '/api/v1/cases/{caseId}/events/{sequence}/document',
  access: 'session',
  summary: text(
    '一项操作的文书，可打印保存：答复、理由、承诺',
    'One act as a document to print and keep: a reply, its reasons, an undertaking',
  ),
  params: caseParams.extend({ sequence: z.coerce.number().int().min(1).max(1_000_000) }),
  answer: 'stream',
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const listGrants = route({
  id: 'listGrants',
  method: 'GET',
  path: '/api/v1/grants',
  access: 'session',
  summary: text('使用许可', 'Grants'),
  query: pageQuery.extend({
    entry: idSchema.optional(),
    side: z
      .enum(['held', 'given', 'overseen'])
      .default('held')
      .describe('What I hold; who uses what my body provides; all, for whoever oversees sharing and opening'),
    standing: z.enum(['all', 'current']).default('all').describe('`current`: neither ended nor revoked'),
    provider: z.string().max(60).optional().describe('Only of data that this body provides'),
    holder: z.string().max(60).optional().describe('Only those that this body holds'),
  }),
  answer: pageOf(grantSchema),
  problems: ['not-signed-in', 'bad-cursor', 'not-allowed'],
  since: '0.1',
})
export const getGrant = route({
  id: 'getGrant',
  method: 'GET',
  path: '/api/v1/grants/{grantId}',
  access: 'session',
  summary: text('一项使用许可', 'One grant'),
  params: z.object({ grantId: idSchema }),
  answer: grantSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.1',
})
export const revokeGrant = route({
  id: 'revokeGrant',
  method: 'POST',
  path: '/api/v1/grants/{grantId}/acts/revoke',
  access: 'session',
  summary: text('撤销使用许可（须说明理由和依据）', 'Revoke a grant, with reasons and basis'),
  params: z.object({ grantId: idSchema }),
  body: z.object({ reasons: z.string().trim().min(1).max(2000), basis: z.string().trim().min(1).max(500) }),
  answer: grantSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.1',
})

export const caseRoutes = [
  openCase,
  listCases,
  getCase,
  actOnCase,
  getCaseDocument,
  listGrants,
  getGrant,
  revokeGrant,
]
