import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { civilDateSchema, idSchema, instantSchema, textSchema, versionSchema } from './common.ts'
import { powers } from './identity.ts'
import { problemSchema } from './problems.ts'
import { route } from './route.ts'

/** How many cases one act may be done on at a time, and how many replies a body keeps. */
export const mostTogether = 50
export const mostReplies = 200

export const savedReplySchema = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  procedure: z.string().nullable().describe('Key of the procedure it is for; null for all'),
  keptBy: z.string(),
  changedAt: instantSchema,
})
export type SavedReply = z.infer<typeof savedReplySchema>

const replyInput = z.object({
  title: z.string().trim().min(1).max(80),
  body: z.string().trim().min(1).max(2000),
  procedure: z.string().max(60).nullable().default(null),
})

const replyList = z.object({
  items: z.array(savedReplySchema).max(mostReplies),
  canKeep: z.boolean().describe('The caller may add, change and remove them'),
})

export const listSavedReplies = route({
  id: 'listSavedReplies',
  method: 'GET',
  path: '/api/v1/saved-replies',
  access: 'session',
  summary: text('本单位的常用答复', 'Replies that one’s organisation keeps'),
  query: z.object({ procedure: z.string().max(60).optional() }),
  answer: replyList,
  problems: ['not-signed-in', 'not-allowed'],
  since: '0.3',
})
export const keepReply = route({
  id: 'keepReply',
  method: 'POST',
  path: '/api/v1/saved-replies',
  access: 'session',
  summary: text('保存一条常用答复', 'Keep a reply'),
  body: replyInput,
  answer: replyList,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'content-incomplete', 'act-not-available'],
  since: '0.3',
})
export const changeReply = route({
  id: 'changeReply',
  method: 'PATCH',
  path: '/api/v1/saved-replies/{replyId}',
  access: 'session',
  summary: text('修改常用答复', 'Change a kept reply'),
  params: z.object({ replyId: idSchema }),
  body: replyInput,
  answer: replyList,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.3',
})
export const removeReply = route({
  id: 'removeReply',
  method: 'DELETE',
  path: '/api/v1/saved-replies/{replyId}',
  access: 'session',
  summary: text('删除常用答复', 'Remove a kept reply'),
  params: z.object({ replyId: idSchema }),
  answer: replyList,
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.3',
})

export const actTogether = route({
  id: 'actTogether',
  method: 'POST',
  path: '/api/v1/case-acts',
  access: 'session',
  summary: text(
    '对多个办件办理同一项操作：逐件作出，逐件答复结果',
    'One act on several cases: each is decided by itself and answered by itself',
  ),
  body: z.object({
    procedure: z.string().max(60),
    act: z.string().max(60),
    content: z.record(z.string().max(60), z.unknown()).default({}),
    cases: z
      .array(z.object({ id: idSchema, version: versionSchema }))
      .min(1)
      .max(mostTogether),
  }),
  answer: z.object({
    items: z.array(
      z.object({
        caseId: z.string(),
        number: z.string().nullable(),
        done: z.boolean(),
        state: z.object({ key: z.string(), title: textSchema }).nullable(),
        problem: problemSchema.nullable().describe('Why it was not done'),
      }),
    ),
    done: z.number().int(),
    recordId: z.string(),
  }),
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-unknown',
    'act-not-available',
    'content-incomplete',
  ],
  since: '0.3',
})

const colleagueSchema = z.object({
  id: z.string(),
  name: z.string(),
  powers: z.array(z.enum(powers)),
})

export const handOverSchema = z.object({
  id: z.string(),
  from: colleagueSchema.pick({ id: true, name: true }),
  to: colleagueSchema.pick({ id: true, name: true }),
  fromOn: civilDateSchema,
  untilOn: civilDateSchema,
  note: z.string(),
  standing: z.enum(['coming', 'active', 'over', 'ended']),
  canEnd: z.boolean(),
  recordId: z.string(),
})
export type HandOver = z.infer<typeof handOverSchema>

const handOvers = z.object({
  items: z.array(handOverSchema).describe('Those of the caller’s organisation: newest first, at most 200'),
  colleagues: z.array(colleagueSchema).describe('To whom the caller can hand over'),
  canHandOver: z.boolean(),
})
export type HandOvers = z.infer<typeof handOvers>

export const listHandOvers = route({
  id: 'listHandOvers',
  method: 'GET',
  path: '/api/v1/hand-overs',
  access: 'session',
  summary: text('本单位的工作交接', 'Hand-overs within one’s organisation'),
  answer: handOvers,
  problems: ['not-signed-in', 'not-allowed'],
  since: '0.3',
})
export const handOver = route({
  id: 'handOver',
  method: 'POST',
  path: '/api/v1/hand-overs',
  access: 'session',
  summary: text('外出期间将办件交由同事代办', 'Hand one’s cases over to a colleague while away'),
  body: z.object({
    fromUserId: z.string().max(100).optional().describe('For somebody else: by an administrator only'),
    toUserId: z.string().max(100),
    fromOn: civilDateSchema,
    untilOn: civilDateSchema,
    note: z.string().trim().max(300).default(''),
  }),
  answer: handOvers,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete', 'act-not-available'],
  since: '0.3',
})
export const endHandOver = route({
  id: 'endHandOver',
  method: 'POST',
  path: '/api/v1/hand-overs/{handOverId}/acts/end',
  access: 'session',
  summary: text('提前结束交接', 'End a hand-over early'),
  params: z.object({ handOverId: idSchema }),
  answer: handOvers,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.3',
})

export const deskRoutes = [
  listSavedReplies,
  keepReply,
  changeReply,
  removeReply,
  actTogether,
  listHandOvers,
  handOver,
  endHandOver,
]
