import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema, organisationSummary } from './common.ts'
import { route } from './route.ts'

export const deliverySchema = z.object({
  foundBy: z.enum(['mark', 'digest']),
  entry: z.object({ id: z.string(), title: z.string() }),
  receiver: z.object({ organisation: organisationSummary.nullable(), name: z.string().nullable() }),
  grantId: z.string().nullable(),
  agreement: z.object({ id: z.string(), number: z.string() }).nullable(),
  scenario: z.string().nullable(),
  fields: z.array(z.string()),
  at: instantSchema,
  recordId: z.string(),
})
export type DeliveryView = z.infer<typeof deliverySchema>

export const traceFile = route({
  id: 'traceFile',
  method: 'POST',
  path: '/api/v1/deliveries/trace',
  access: 'session',
  summary: text('查验文件的接收方标记', 'Trace a file to whom it was handed over'),
  query: z.object({ filename: z.string().max(255).default('file') }),
  body: 'stream',
  answer: z.object({
    sha256: z.string(),
    mark: z.string().nullable().describe('As read from the file'),
    delivery: deliverySchema.nullable(),
  }),
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'too-large', 'file-unreadable'],
  since: '0.2',
})

export const deliveryRoutes = [traceFile]
