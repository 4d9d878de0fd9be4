import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { basisSchema } from './catalogue.ts'
import { civilDateSchema, idSchema, instantSchema, organisationSummary, textSchema } from './common.ts'
import { route } from './route.ts'

const typeCount = z.object({
  key: z.string(),
  term: textSchema,
  effect: z.enum(['free', 'by-request', 'closed']),
  count: z.number().int(),
})
const rule = z.object({ article: z.string() }).nullable()

export const openingReport = route({
  id: 'openingReport',
  method: 'GET',
  path: '/api/v1/opening/report',
  access: 'public',
  summary: text('各单位共享、开放类型占比', 'Sharing and opening types of each body’s entries'),
  answer: z.object({
    articles: z.object({ sharing: rule, opening: rule }),
    items: z.array(
      z.object({
        organisation: organisationSummary,
        total: z.number().int(),
        opened: z.number().int().describe('Freely or on application'),
        shared: z.number().int().describe('Freely or on request'),
        sharing: z.array(typeCount),
        opening: z.array(typeCount),
      }),
    ),
  }),
  problems: [],
  since: '0.2',
})
export type OpeningReport = z.infer<typeof openingReport.answer>

export const restrictedEntries = route({
  id: 'restrictedEntries',
  method: 'GET',
  path: '/api/v1/opening/report/{organisationId}',
  access: 'caller',
  summary: text(
    '一个单位类型受限的条目和依据',
    'Entries that a body types stricter than free, each with its basis',
  ),
  params: z.object({ organisationId: z.string().max(60) }),
  answer: z.object({
    organisation: organisationSummary,
    items: z.array(
      z.object({
        entry: z.object({ id: z.string(), number: z.string(), title: z.string() }),
        axis: z.enum(['sharing', 'opening']),
        type: z.object({
          key: z.string(),
          term: textSchema,
          effect: z.enum(['free', 'by-request', 'closed']),
        }),
        basis: basisSchema.nullable(),
        reasons: z.string().nullable(),
        review: textSchema
          .nullable()
          .describe(
            'For the provider and the authority: why the type looks stricter than its assessment supports',
          ),
      }),
    ),
  }),
  problems: ['not-found'],
  since: '0.2',
})

export const unfulfilledOpening = route({
  id: 'unfulfilledOpening',
  method: 'GET',
  path: '/api/v1/opening/unfulfilled',
  access: 'session',
  summary: text('应当主动开放而没有数据的条目', 'Entries typed free to all that have no data'),
  answer: z.object({
    article: z.string().nullable(),
    items: z.array(
      z.object({
        entry: z.object({ id: z.string(), number: z.string(), title: z.string() }),
        provider: organisationSummary,
        publishedAt: instantSchema.nullable(),
        mine: z.boolean(),
      }),
    ),
  }),
  problems: ['not-signed-in'],
  since: '0.2',
})

const assessmentSchema = z.object({
  finding: z.enum(['keep', 'qualifies', 'converted']),
  reasons: z.string(),
  at: instantSchema,
  by: organisationSummary,
})
export const reassessedEntrySchema = z.object({
  entry: z.object({ id: z.string(), number: z.string(), title: z.string() }),
  provider: organisationSummary,
  conditions: z.string(),
  nextOn: civilDateSchema.nullable().describe('By the setting of the city; null where it has set none'),
  due: z.boolean(),
  waitsForConversion: z.boolean().describe('Found fit, and not converted'),
  last: assessmentSchema.nullable(),
  liveGrants: z.number().int(),
  mayAssess: z.boolean(),
  mayConvert: z.boolean().describe('Found fit by somebody else, whose finding the caller may confirm'),
})
export type ReassessedEntry = z.infer<typeof reassessedEntrySchema>

const settingSchema = z.object({
  everyMonths: z.number().int(),
  instrument: z.string(),
  setAt: instantSchema,
})
export const listReassessments = route({
  id: 'listReassessments',
  method: 'GET',
  path: '/api/v1/opening/reassessments',
  access: 'session',
  summary: text('有条件开放条目的定期评估', 'Conditionally opened entries and their next assessment'),
  answer: z.object({
    article: z.string().nullable(),
    setting: settingSchema.nullable(),
    maySet: z.boolean(),
    items: z.array(reassessedEntrySchema),
  }),
  problems: ['not-signed-in'],
  since: '0.2',
})
export const setReassessment = route({
  id: 'setReassessment',
  method: 'POST',
  path: '/api/v1/opening/reassessments/setting',
  access: 'session',
  summary: text('设定评估间隔（非法定，写明文件依据）', 'Set the interval, with the instrument it rests on'),
  body: z.object({
    everyMonths: z.number().int().min(1).max(120),
    instrument: z.string().trim().min(2).max(200),
  }),
  answer: settingSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const assessOpening = route({
  id: 'assessOpening',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/opening-assessments',
  access: 'session',
  summary: text(
    '评估有条件开放的条目：保留条件，或者符合转换条件',
    'Assess a conditional entry: keep its conditions, or found fit to be opened to all',
  ),
  params: z.object({ entryId: idSchema }),
  body: z.object({
    finding: z.enum(['keep', 'qualifies']),
    reasons: z.string().trim().min(1).max(2000),
  }),
  answer: z.object({
    entry: z.object({ id: z.string(), openingType: z.string() }),
    assessment: assessmentSchema,
    recordId: z.string(),
  }),
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})

export const convertOpening = route({
  id: 'convertOpening',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/opening-conversions',
  access: 'session',
  summary: text(
    '确认转为无条件开放（由评估人以外的人员，作为条目的一次修订）',
    'Confirm the opening to all, by somebody else than who assessed it, as a revision of the entry',
  ),
  params: z.object({ entryId: idSchema }),
  body: z.object({ note: z.string().trim().min(1).max(1000) }),
  answer: z.object({ entry: z.object({ id: z.string(), openingType: z.string() }) }),
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-not-available',
    'content-incomplete',
    'refused-by-law',
    'changed-meanwhile',
  ],
  since: '0.3',
})

const groundSchema = z.object({
  id: z.string(),
  trigger: z.object({ key: z.string(), term: textSchema }),
  document: z.string(),
  note: z.string(),
  dated: civilDateSchema,
  at: instantSchema,
  by: organisationSummary,
  recordId: z.string(),
  usedAt: instantSchema.nullable().describe('When a change of the opening type was published on it'),
})
const groundsAnswer = z.object({
  article: z.string(),
  triggers: z.array(z.object({ key: z.string(), term: textSchema })),
  mayState: z.boolean(),
  items: z.array(groundSchema),
})
export const listOpeningGrounds = route({
  id: 'listOpeningGrounds',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/opening-grounds',
  access: 'session',
  summary: text('不予开放条目转为开放的依据', 'Grounds on which an entry that is not open may be opened'),
  params: z.object({ entryId: idSchema }),
  answer: groundsAnswer,
  problems: ['not-signed-in', 'not-found'],
  since: '0.3',
})
export const stateOpeningGround = route({
  id: 'stateOpeningGround',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/opening-grounds',
  access: 'session',
  summary: text(
    '登记依法处理的记录或者权利人的同意',
    'Put the processing, or the consent of the rights holders, on record',
  ),
  params: z.object({ entryId: idSchema }),
  body: z.object({
    trigger: z.string().max(40),
    document: z.string().trim().min(2).max(200).describe('Name and number of the record or of the consent'),
    note: z.string().trim().max(2000).default(''),
    dated: civilDateSchema,
  }),
  answer: groundsAnswer,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.3',
})

export const openingReportRoutes = [
  openingReport,
  restrictedEntries,
  unfulfilledOpening,
  listReassessments,
  setReassessment,
  assessOpening,
  convertOpening,
  listOpeningGrounds,
  stateOpeningGround,
]
