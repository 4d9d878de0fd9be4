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
    '评估有条件开放的条目：保留、符合转换条件或者转为无条件开放',
    'Assess a conditional entry: keep, found fit, or convert',
  ),
  params: z.object({ entryId: idSchema }),
  body: z.object({
    finding: z.enum(['keep', 'qualifies', 'converted']),
    reasons: z.string().trim().min(1).max(2000),
  }),
  answer: z.object({
    entry: z.object({ id: z.string(), openingType: z.string() }),
    assessment: assessmentSchema,
    recordId: z.string(),
    told: z.number().int().describe('Applicants and users who were told'),
  }),
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})

export const openingReportRoutes = [
  openingReport,
  restrictedEntries,
  unfulfilledOpening,
  listReassessments,
  setReassessment,
  assessOpening,
]
