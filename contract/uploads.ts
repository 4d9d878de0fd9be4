import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { batchModes, batchSchema } from './aggregation.ts'
import { idSchema, instantSchema } from './common.ts'
import { route } from './route.ts'
import { descriptorSchema } from './table-schema.ts'

/*
 * Files sent in parts by the tus protocol 1.0.0 (https://tus.io): creation, offset (a HEAD request of `getUpload`),
 * append, termination and expiration. What was sent stays when a line breaks or the platform is restarted.
 */

export const uploadSchema = z.object({
  id: z.string(),
  entryId: z.string(),
  fileName: z.string(),
  length: z.number().int().describe('Bytes of the whole file'),
  offset: z.number().int().describe('Bytes that have arrived'),
  createdAt: instantSchema,
  expiresAt: instantSchema.describe('When it is thrown away if it is not finished'),
  batchId: z.string().nullable().describe('The ingest run that it became'),
})

const batchModeSchema = z.enum(batchModes).default('replace').describe('As of a file sent whole')

const uploadParams = z.object({ uploadId: idSchema })

export const createUpload = route({
  id: 'createUpload',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/uploads',
  access: 'session',
  summary: text('开始分段上传（tus 协议）', 'Begin an upload in parts (tus)'),
  params: z.object({ entryId: idSchema }),
  query: z.object({ mode: batchModeSchema }),
  answer: 'stream',
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'bad-request',
    'too-large',
    'act-not-available',
    'refused-by-law',
    'refused-by-platform',
  ],
  since: '0.2',
})
export const getUpload = route({
  id: 'getUpload',
  method: 'GET',
  path: '/api/v1/uploads/{uploadId}',
  access: 'session',
  summary: text('查询已上传的部分（HEAD 为 tus 协议）', 'How much has arrived (HEAD: as tus tells it)'),
  params: uploadParams,
  answer: uploadSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const appendUpload = route({
  id: 'appendUpload',
  method: 'PATCH',
  path: '/api/v1/uploads/{uploadId}',
  access: 'session',
  summary: text('续传一段（tus 协议）', 'Send a part (tus)'),
  params: uploadParams,
  body: 'stream',
  answer: 'stream',
  status: 204,
  problems: [
    'not-signed-in',
    'not-found',
    'bad-request',
    'changed-meanwhile',
    'too-large',
    'unsupported-media',
  ],
  since: '0.2',
})
export const dropUpload = route({
  id: 'dropUpload',
  method: 'DELETE',
  path: '/api/v1/uploads/{uploadId}',
  access: 'session',
  summary: text('放弃上传（tus 协议）', 'Give an upload up (tus)'),
  params: uploadParams,
  answer: 'stream',
  status: 204,
  problems: ['not-signed-in', 'not-found', 'bad-request'],
  since: '0.2',
})
export const finishUpload = route({
  id: 'finishUpload',
  method: 'POST',
  path: '/api/v1/uploads/{uploadId}/acts/finish',
  access: 'session',
  summary: text('上传完毕，开始汇聚批次', 'All has been sent: begin the ingest run'),
  params: uploadParams,
  body: z.object({
    encoding: z.string().max(40).optional(),
    delimiter: z.string().max(5).optional(),
    mode: batchModeSchema,
    accept: z.enum(['review', 'auto']).default('review'),
    descriptor: descriptorSchema
      .optional()
      .describe('What the columns of the file are, where the file itself does not say it'),
  }),
  answer: batchSchema,
  status: 202,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-not-available',
    'changed-meanwhile',
    'file-unreadable',
    'content-incomplete',
    'too-large',
    'refused-by-law',
  ],
  since: '0.2',
})

export const uploadRoutes = [createUpload, getUpload, appendUpload, dropUpload, finishUpload]
