import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import {
  articleSchema,
  idSchema,
  instantSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  textSchema,
} from './common.ts'
import { route } from './route.ts'

const part = (most: number) => z.string().trim().min(2).max(most)

const words = {
  meaning: part(5000).describe('What the data say, and how they came about'),
  source: part(1000).describe('From which business or observation they come'),
  limits: part(3000).describe('For what they are not good enough'),
  contact: part(200).describe('Whom to ask, by office and not by person'),
}

export const explanationSchema = z.object({
  ...words,
  organisation: organisationSummary,
  at: instantSchema,
  recordId: z.string(),
})
export type Explanation = z.infer<typeof explanationSchema>

const entryParams = z.object({ entryId: idSchema })

export const getExplanation = route({
  id: 'getExplanation',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/explanation',
  access: 'caller',
  summary: text('开放数据的解读', 'The explanation of opened data'),
  params: entryParams,
  answer: z.object({
    term: textSchema,
    article: articleSchema,
    explanation: explanationSchema.nullable(),
    mayExplain: z.boolean(),
  }),
  problems: ['not-found'],
  since: '0.3',
})
export const explainEntry = route({
  id: 'explainEntry',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/explanation',
  access: 'session',
  summary: text('解读本单位开放的数据', 'Explain data that one’s body opens'),
  params: entryParams,
  body: z.object(words),
  answer: explanationSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete', 'act-not-available'],
  since: '0.3',
})
export const listUnexplained = route({
  id: 'listUnexplained',
  method: 'GET',
  path: '/api/v1/unexplained-entries',
  access: 'session',
  summary: text('已开放、尚未解读的条目', 'Opened entries without an explanation'),
  query: pageQuery,
  answer: pageOf(
    z.object({ entryId: idSchema, title: z.string(), organisation: organisationSummary }),
  ).extend({ article: articleSchema, total: z.number().int() }),
  problems: ['not-signed-in', 'not-found', 'bad-cursor'],
  since: '0.3',
})

export const explanationRoutes = [getExplanation, explainEntry, listUnexplained]
