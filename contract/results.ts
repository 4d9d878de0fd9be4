import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

export const resultSchema = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.object({ key: z.string(), term: textSchema }),
  summary: z.string(),
  url: z.string().nullable(),
  naming: z.string().describe('How the result names its sources'),
  sources: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      title: z.string(),
      citation: textSchema.describe('A text by which the source can be named'),
    }),
  ),
  by: z.object({
    name: z.string().describe('Empty for a person, but for that person and for those who check the result'),
    organisation: organisationSummary.nullable(),
  }),
  standing: z.enum(['registered', 'shown', 'declined']),
  reasons: z.string().nullable(),
  registeredAt: instantSchema,
  recordId: z.string(),
  mayCheck: z.boolean(),
})
export type ResultView = z.infer<typeof resultSchema>

export const listResults = route({
  id: 'listResults',
  method: 'GET',
  path: '/api/v1/results',
  access: 'caller',
  summary: text('利用公共数据形成的成果', 'Results made with public data'),
  query: pageQuery.extend({
    entry: idSchema.optional(),
    box: z
      .enum(['shown', 'mine', 'to-check', 'of-our-data'])
      .default('shown')
      .describe('of-our-data: made with data of my organisation'),
  }),
  answer: pageOf(resultSchema).extend({
    kinds: z.array(z.object({ key: z.string(), term: textSchema })),
    total: z.number().int().nullable().describe('Of one entry: how many results made with it are shown'),
  }),
  problems: ['bad-cursor', 'not-signed-in', 'not-allowed'],
  since: '0.2',
})
export const registerResult = route({
  id: 'registerResult',
  method: 'POST',
  path: '/api/v1/results',
  access: 'session',
  summary: text('登记成果并注明数据来源', 'Register a result with its sources'),
  body: z.object({
    title: z.string().trim().min(1).max(200),
    kind: z.string().min(1).max(60),
    summary: z.string().trim().max(2000).default(''),
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
    naming: z.string().trim().max(2000).default(''),
    entryIds: z.array(idSchema).max(50).default([]),
  }),
  answer: resultSchema,
  status: 201,
  problems: ['not-signed-in', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const checkResult = route({
  id: 'checkResult',
  method: 'POST',
  path: '/api/v1/results/{resultId}/acts/check',
  access: 'session',
  summary: text('核对登记的成果：展示或者不予展示', 'Check a registered result: show it or decline'),
  params: z.object({ resultId: idSchema }),
  body: z.object({ show: z.boolean(), reasons: z.string().trim().max(1000).default('') }),
  answer: resultSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})

export const resultRoutes = [listResults, registerResult, checkResult]
