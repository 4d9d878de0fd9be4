import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { requestPreviewSchema } from './catalogue.ts'
import { idSchema } from './common.ts'
import { route } from './route.ts'

export const previewOpening = route({
  id: 'previewOpening',
  method: 'GET',
  path: '/api/v1/procedures/{procedure}/opening',
  access: 'caller',
  summary: text(
    '发起前须知：由谁办理、经哪些环节、须填写什么',
    'Before opening a case: who deals with it, its steps, and what has to be stated',
  ),
  params: z.object({ procedure: z.string().max(60) }),
  query: z.object({ entry: idSchema.optional() }),
  answer: requestPreviewSchema,
  problems: ['not-found'],
  since: '0.2',
})

export const openingRoutes = [previewOpening]
