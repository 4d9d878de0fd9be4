import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { route } from './route.ts'

export const useAboutMeSchema = z.object({
  recordId: z.string(),
  at: instantSchema,
  user: organisationSummary.nullable().describe('Null where a private person used the data'),
  entry: z.object({ id: z.string(), title: z.string() }).nullable(),
  fields: z.array(z.string()),
  scenario: z.string().nullable(),
  article: z.string().nullable(),
})
export type UseAboutMe = z.infer<typeof useAboutMeSchema>

export const listUsesAboutMe = route({
  id: 'listUsesAboutMe',
  method: 'GET',
  path: '/api/v1/records/about-me',
  access: 'session',
  summary: text(
    '本人数据的使用记录：谁按本人的身份证号码查询过数据',
    'Who looked up data under the caller’s own identity number',
  ),
  articles: ['SZ-20.1'],
  query: pageQuery,
  answer: pageOf(useAboutMeSchema),
  problems: ['not-signed-in', 'not-found', 'refused-by-platform', 'bad-cursor'],
  since: '0.4',
})

export const subjectRoutes = [listUsesAboutMe]
