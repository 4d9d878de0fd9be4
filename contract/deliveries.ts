import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema, organisationSummary } from './common.ts'
import { route } from './route.ts'

export const deliverySchema = z.object({
  foundBy: z
    .enum(['mark', 'digest', 'rows', 'pseudonyms'])
    .describe('The mark or digest of the whole file; the forms in which its rows stand; its pseudonyms'),
  evidence: z
    .object({
      carriers: z.number().int().describe('Different values in the file that say something of a receiver'),
      agreeing: z.number().int().describe('How many of them say it of this one'),
      surety: z
        .number()
        .int()
        .describe('The chance that anybody is named wrongly is below one in ten to this power'),
    })
    .nullable()
    .describe('Null where the file was known as a whole'),
  entry: z.object({ id: z.string(), title: z.string() }),
  receiver: z.object({ organisation: organisationSummary.nullable(), name: z.string().nullable() }),
  grantId: z.string().nullable(),
  agreement: z.object({ id: z.string(), number: z.string() }).nullable(),
  scenario: z.string().nullable(),
  fields: z.array(z.string()),
  at: instantSchema,
  recordId: z.string(),
  signs: z
    .object({ mark: z.string().nullable(), hand: z.string().nullable() })
    .nullable()
    .describe(
      'Of the file and of its receiver; the record has their SHA-256. Told to the data authority alone',
    ),
})
export type DeliveryView = z.infer<typeof deliverySchema>

export const receiverSchema = z.object({
  entry: z.object({ id: z.string(), title: z.string() }),
  receiver: z.object({ organisation: organisationSummary.nullable(), name: z.string().nullable() }),
  grantId: z.string().nullable(),
  files: z.number().int().describe('Files with these columns that were handed over'),
  lastAt: instantSchema,
})
export type ReceiverView = z.infer<typeof receiverSchema>

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
    reason: z
      .enum(['no-carriers', 'too-few-carriers', 'no-match'])
      .nullable()
      .describe(
        'Why nobody is named: nothing in the file could; too little of it; what there is, is nobody’s',
      ),
    carriers: z.number().int().describe('Different values that could have said something'),
    receivers: z
      .array(receiverSchema)
      .describe('Where nobody is named: who was handed all these columns, the last first; at most twenty'),
  }),
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'too-large', 'file-unreadable'],
  since: '0.2',
})

export const deliveryRoutes = [traceFile]
