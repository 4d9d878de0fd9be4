import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { articleSchema, idSchema, instantSchema, pageOf, pageQuery } from './common.ts'
import { route } from './route.ts'

export const erasureSchema = z.object({
  recordId: z.string(),
  reason: z.string(),
  article: z.string().nullable().describe('Null where it rests on no article of the regulation (非法定)'),
  proposedBy: z.string().describe('Name of the person'),
  proposedAt: instantSchema,
  confirmedBy: z.string().nullable(),
  confirmedAt: instantSchema.nullable().describe('Null as long as the erasure is only proposed'),
})
export type Erasure = z.infer<typeof erasureSchema>

const params = z.object({ recordId: idSchema })

export const proposeErasure = route({
  id: 'proposeErasure',
  method: 'POST',
  path: '/api/v1/records/{recordId}/erasure',
  access: 'session',
  summary: text(
    '提出删除一条留痕的内容（须由另一人确认；证明仍然有效）',
    'Propose to erase the content of a record; somebody else confirms it, and every proof stays valid',
  ),
  params,
  body: z.object({ reason: z.string().trim().min(4).max(500), article: articleSchema.optional() }),
  answer: erasureSchema,
  status: 201,
  problems: ['not-signed-in', 'not-found', 'not-allowed', 'act-not-available', 'content-incomplete'],
  since: '0.1',
})
export const confirmErasure = route({
  id: 'confirmErasure',
  method: 'POST',
  path: '/api/v1/records/{recordId}/erasure/confirm',
  access: 'session',
  summary: text('确认删除一条留痕的内容', 'Confirm the erasure of a record’s content'),
  params,
  answer: erasureSchema,
  problems: ['not-signed-in', 'not-found', 'not-allowed', 'act-not-available'],
  since: '0.1',
})
export const listErasures = route({
  id: 'listErasures',
  method: 'GET',
  path: '/api/v1/records/erasures',
  access: 'session',
  summary: text('留痕内容的删除：待确认和已删除', 'Erasures of records’ content, proposed and carried out'),
  query: pageQuery,
  answer: pageOf(erasureSchema),
  problems: ['not-signed-in', 'not-allowed', 'bad-cursor'],
  since: '0.1',
})

export const erasureRoutes = [proposeErasure, confirmErasure, listErasures]
