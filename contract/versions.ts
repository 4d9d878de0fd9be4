import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { snapshotSchema } from './catalogue.ts'
import { idSchema, instantSchema, textSchema } from './common.ts'
import { route } from './route.ts'

const entryParams = z.object({ entryId: idSchema })
const versionParams = entryParams.extend({ snapshotId: idSchema })
const actProblems = ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'bad-request'] as const

/** What keeps a version, in a sentence of whoever wants it kept. */
export const noteSchema = z.string().trim().min(1).max(300)

export const getVersion = route({
  id: 'getVersion',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/snapshots/{number}',
  access: 'caller',
  summary: text('一个版本及其引用格式', 'One version, and how to cite it'),
  params: entryParams.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) }),
  answer: z.object({
    version: snapshotSchema,
    citation: textSchema.describe('GB/T 7714; with address and hash'),
    path: z.string().describe('Where the version stands for good'),
  }),
  problems: ['not-found'],
  since: '0.1',
})
export const citeVersion = route({
  id: 'citeVersion',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/snapshots/{snapshotId}/acts/cite',
  access: 'session',
  summary: text('引用一个版本：此后一直保存', 'Cite a version: it is kept from then on'),
  params: versionParams,
  answer: snapshotSchema,
  problems: ['not-signed-in', 'not-found', 'act-not-available'],
  since: '0.1',
})
export const pinVersion = route({
  id: 'pinVersion',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/snapshots/{snapshotId}/acts/pin',
  access: 'session',
  summary: text('保留一个版本', 'Pin a version'),
  params: versionParams,
  body: z.object({ note: noteSchema }),
  answer: snapshotSchema,
  problems: actProblems,
  since: '0.1',
})
export const unpinVersion = route({
  id: 'unpinVersion',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/snapshots/{snapshotId}/acts/unpin',
  access: 'session',
  summary: text('不再保留一个版本', 'Pin a version no longer'),
  params: versionParams,
  answer: snapshotSchema,
  problems: actProblems,
  since: '0.1',
})
export const restoreVersion = route({
  id: 'restoreVersion',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/snapshots/{snapshotId}/acts/restore',
  access: 'session',
  summary: text('恢复为较早的版本，形成新版本', 'Roll back: a new version that equals an earlier one'),
  params: versionParams,
  body: z.object({ note: noteSchema }),
  answer: snapshotSchema,
  problems: actProblems,
  since: '0.1',
})

export const retentionSchema = z.object({
  keepDays: z
    .number()
    .int()
    .min(1)
    .max(36_500)
    .describe('Days for which a version is kept after it became live'),
  keepLeast: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .describe('So many of the newest are kept whatever their age'),
})
const shownRetention = z.object({
  rule: retentionSchema.nullable().describe('Null: every version is kept'),
  setAt: instantSchema.nullable(),
  recordId: z.string().nullable(),
})
export const getRetention = route({
  id: 'getRetention',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/retention',
  access: 'caller',
  summary: text('版本保存规则（非法定）', 'How long versions are kept (not statutory)'),
  params: entryParams,
  answer: shownRetention,
  problems: ['not-found'],
  since: '0.1',
})
export const setRetention = route({
  id: 'setRetention',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/retention',
  access: 'session',
  summary: text('设定或者取消版本保存规则', 'Set or end the rule for how long versions are kept'),
  params: entryParams,
  body: z.object({ rule: retentionSchema.nullable() }),
  answer: shownRetention,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'bad-request'],
  since: '0.1',
})

export const versionRoutes = [
  getVersion,
  citeVersion,
  pinVersion,
  unpinVersion,
  restoreVersion,
  getRetention,
  setRetention,
]
