import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { batchStates } from './aggregation.ts'
import { idSchema, instantSchema, textSchema } from './common.ts'
import { route } from './route.ts'
import { timelinessFields } from './ways-in.ts'

/** Messages of sensors that the platform hears from a broker (MQTT) and takes in, in small batches. */
export const streamStates = ['connecting', 'listening', 'failing'] as const
export const streamModes = ['append', 'upsert'] as const

const mappingSchema = z
  .array(
    z.object({
      field: z.string().min(1).max(100),
      path: z
        .string()
        .min(1)
        .max(200)
        .describe(
          'Names within the message with dots between them; $topic and $receivedAt stand for themselves',
        ),
    }),
  )
  .max(2000)
  .default([])
  .describe('Only where a value has another name than its field')

export const streamSchema = z.object({
  id: z.string(),
  entryId: z.string(),
  url: z.string(),
  topic: z.string(),
  user: z.string().nullable(),
  hasPassword: z.boolean(),
  mode: z.enum(streamModes),
  everyMessages: z.number().int(),
  everySeconds: z.number().int(),
  state: z.enum(streamStates),
  failure: textSchema.nullable(),
  heardAt: instantSchema.nullable().describe('When the last message was kept'),
  heard: z.number().int().describe('Messages that were kept since the beginning'),
  malformed: z
    .number()
    .int()
    .describe('Those among them that are no object; they stand in the reports of refused rows'),
  waiting: z.number().int().describe('Messages that are kept and in no batch yet'),
  batchId: z.string().nullable().describe('The ingest run of the last messages'),
  batchState: z.enum(batchStates).nullable().describe('How it stands with that run'),
  ...timelinessFields,
})
export type Stream = z.infer<typeof streamSchema>

export const createStreamSchema = z.object({
  url: z
    .url({ protocol: /^mqtts?$/ })
    .max(500)
    .refine((url) => {
      if (!URL.canParse(url)) return true
      const { username, password, pathname, search, hash } = new URL(url)
      return `${username}${password}${search}${hash}` === '' && ['', '/'].includes(pathname)
    }, 'mqtts://host:port or mqtt://host:port, and nothing else')
    .describe(
      'Address of the broker; mqtt:// without TLS only within the ranges that the installation opens',
    ),
  topic: z
    .string()
    .min(1)
    .max(500)
    .refine((topic) => !topic.includes('\0') && !topic.startsWith('$'), 'A topic filter')
    .describe('Topic or topic filter (with + and #)'),
  user: z.string().trim().min(1).max(200).optional(),
  password: z.string().min(1).max(4_000).optional().describe('Never shown again'),
  mapping: mappingSchema,
  mode: z.enum(streamModes).default('append'),
  everyMessages: z.number().int().min(1).max(50_000).default(1_000),
  everySeconds: z.number().int().min(1).max(86_400).default(60),
})

const entryParams = z.object({ entryId: idSchema })

export const createStream = route({
  id: 'createStream',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/streams',
  access: 'session',
  summary: text('登记消息流接入', 'Have the messages of a broker taken in'),
  params: entryParams,
  body: createStreamSchema,
  answer: streamSchema,
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'content-incomplete',
    'act-not-available',
    'refused-by-law',
    'refused-by-platform',
  ],
  since: '0.3',
})
export const listStreams = route({
  id: 'listStreams',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/streams',
  access: 'session',
  summary: text('条目的消息流', 'What is heard for an entry'),
  params: entryParams,
  answer: z.object({ items: z.array(streamSchema) }),
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.3',
})
export const removeStream = route({
  id: 'removeStream',
  method: 'DELETE',
  path: '/api/v1/streams/{streamId}',
  access: 'session',
  summary: text('停止接入消息流', 'Hear it no more'),
  params: z.object({ streamId: idSchema }),
  answer: z.object({ removed: z.literal(true) }),
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.3',
})

export const streamRoutes = [createStream, listStreams, removeStream]
