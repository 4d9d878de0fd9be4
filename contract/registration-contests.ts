import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { applicantKinds } from './registration.ts'
import { route } from './route.ts'

export const contestOutcomes = ['released', 'kept'] as const
export type ContestOutcome = (typeof contestOutcomes)[number]

const decision = z
  .object({ outcome: z.enum(contestOutcomes), reasons: z.string(), at: instantSchema })
  .nullable()
  .describe('Null as long as no administrator has decided')

export const contestSchema = z.object({
  id: z.string(),
  kind: z.enum(applicantKinds),
  filedAt: instantSchema,
  name: z.string().describe('Who contests it, as they call themselves'),
  contact: z.string().nullable().describe('How they are reached; null once it was decided'),
  statement: z.string(),
  contested: z.object({
    person: z.object({ id: z.string(), name: z.string() }),
    organisation: organisationSummary.nullable(),
    registeredAt: instantSchema,
    checkedBy: z.enum(['form', 'service']),
  }),
  decision,
})
export type Contest = z.infer<typeof contestSchema>

export const fileContest = route({
  id: 'fileContest',
  method: 'POST',
  path: '/api/v1/registration-contests',
  access: 'caller',
  summary: text(
    '对以本人或者本单位号码办理的注册提出异议；不需要账号，号码不保存',
    'Contest a registration under one’s own number or code; needs no account, and the number is not kept',
  ),
  body: z.object({
    kind: z.enum(applicantKinds),
    number: z.string().max(40).describe('Identity number (GB 11643) or credit code (GB 32100)'),
    name: z.string().trim().min(2).max(120).describe('Of the person, or of the organisation'),
    contact: z.string().trim().min(5).max(120).describe('Telephone or e-mail address'),
    statement: z.string().trim().min(5).max(2000).describe('Why the registration is not one’s own'),
  }),
  answer: z.object({ id: z.string(), filedAt: instantSchema }),
  status: 201,
  problems: ['content-incomplete', 'act-not-available', 'too-many-requests'],
  since: '0.5',
})
export const getContest = route({
  id: 'getContest',
  method: 'GET',
  path: '/api/v1/registration-contests/{contestId}',
  access: 'public',
  summary: text('按受理编号查询异议的处理结果', 'What became of a contest, by the number it was given'),
  params: z.object({ contestId: idSchema }),
  answer: z.object({ filedAt: instantSchema, decision }),
  problems: ['not-found'],
  since: '0.5',
})
export const listContests = route({
  id: 'listContests',
  method: 'GET',
  path: '/api/v1/registration-contests',
  access: 'admin',
  bySignIn: true,
  summary: text('注册异议，待处理的在前', 'Contested registrations, those that wait first'),
  query: pageQuery,
  answer: pageOf(contestSchema),
  problems: ['not-signed-in', 'not-allowed', 'bad-cursor'],
  since: '0.5',
})
export const decideContest = route({
  id: 'decideContest',
  method: 'POST',
  path: '/api/v1/registration-contests/{contestId}/decision',
  access: 'admin',
  bySignIn: true,
  summary: text(
    '处理注册异议：解除注册（账号停用，号码可以重新注册），或者维持',
    'Decide: release the registration (its account is closed, the number is free), or keep it',
  ),
  params: z.object({ contestId: idSchema }),
  body: z.object({ outcome: z.enum(contestOutcomes), reasons: z.string().trim().min(1).max(2000) }),
  answer: contestSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.5',
})

export const contestRoutes = [fileContest, getContest, listContests, decideContest]
