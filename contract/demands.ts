import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { route } from './route.ts'

export const demandAnswers = ['will-open', 'is-open', 'on-application', 'not-open', 'no-such-data'] as const

export const demandSchema = z.object({
  id: z.string(),
  title: z.string(),
  detail: z.string(),
  addressee: organisationSummary.nullable(),
  standing: z.enum(['open', 'answered']),
  backers: z.number().int().describe('How many people have said so, the first one included'),
  filedAt: instantSchema,
  answer: z
    .object({
      kind: z.enum(demandAnswers),
      text: z.string(),
      entry: z.object({ id: z.string(), title: z.string() }).nullable(),
      by: organisationSummary,
      at: instantSchema,
    })
    .nullable(),
  backed: z.boolean().describe('By the caller'),
  mayAnswer: z.boolean(),
  mayRefer: z.boolean().describe('The caller may say who holds the data'),
})
export type DemandView = z.infer<typeof demandSchema>

export const listDemands = route({
  id: 'listDemands',
  method: 'GET',
  path: '/api/v1/demands',
  access: 'caller',
  summary: text('社会提出的数据需求和答复', 'Demands for data not yet open, and their answers'),
  query: pageQuery.extend({
    box: z.enum(['all', 'to-answer', 'mine']).default('all'),
    standing: z.enum(['open', 'answered']).optional(),
  }),
  answer: pageOf(demandSchema).extend({ offered: z.boolean(), article: z.string().nullable() }),
  problems: ['bad-cursor'],
  since: '0.2',
})
export const fileDemand = route({
  id: 'fileDemand',
  method: 'POST',
  path: '/api/v1/demands',
  access: 'session',
  summary: text(
    '提出数据需求；已有同样需求的，计入其中',
    'State a demand; a like one is counted with the first',
  ),
  body: z.object({
    title: z.string().trim().min(2).max(100),
    detail: z.string().trim().max(2000).default(''),
    organisation: z.string().max(60).optional().describe('Who holds the data, where that is known'),
  }),
  answer: demandSchema,
  status: 201,
  problems: ['not-signed-in', 'not-found', 'content-incomplete'],
  since: '0.2',
})
const demandParams = z.object({ demandId: idSchema })
export const backDemand = route({
  id: 'backDemand',
  method: 'POST',
  path: '/api/v1/demands/{demandId}/acts/back',
  access: 'session',
  summary: text('附议', 'Back a demand'),
  params: demandParams,
  answer: demandSchema,
  problems: ['not-signed-in', 'not-found', 'act-not-available'],
  since: '0.2',
})
export const referDemand = route({
  id: 'referDemand',
  method: 'POST',
  path: '/api/v1/demands/{demandId}/acts/refer',
  access: 'session',
  summary: text('转交持有数据的单位', 'Refer a demand to whoever holds the data'),
  params: demandParams,
  body: z.object({ organisation: z.string().min(1).max(60) }),
  answer: demandSchema,
  problems: ['not-signed-in', 'not-found', 'not-allowed', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})
export const answerDemand = route({
  id: 'answerDemand',
  method: 'POST',
  path: '/api/v1/demands/{demandId}/acts/answer',
  access: 'session',
  summary: text('答复数据需求（公开）', 'Answer a demand in public'),
  params: demandParams,
  body: z.object({
    kind: z.enum(demandAnswers),
    text: z.string().trim().min(1).max(2000),
    entryId: idSchema.optional(),
  }),
  answer: demandSchema,
  problems: ['not-signed-in', 'not-found', 'not-allowed', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})

export const demandRoutes = [listDemands, fileDemand, backDemand, referDemand, answerDemand]
