import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

/** The wording that is signed, as the authority laid it down. */
export const commitmentTextSchema = z.object({
  version: z.number().int(),
  body: z.string(),
  publishedAt: instantSchema,
  publishedBy: organisationSummary.nullable(),
})

export const commitmentSchema = z.object({
  id: z.string(),
  entry: z.object({ id: z.string(), title: z.string() }),
  grantId: z.string().nullable().describe('Null for data that are shared freely'),
  organisation: organisationSummary.nullable(),
  signedBy: z.string(),
  signedAt: instantSchema,
  text: z.object({ version: z.number().int(), body: z.string() }).describe('As it was signed'),
  breach: z.object({ at: instantSchema, reasons: z.string() }).nullable(),
  liftedAt: instantSchema.nullable().describe('The stop was lifted; a new signature is needed'),
  recordId: z.string().describe('Record of the signature in the ledger'),
  canReportBreach: z.boolean(),
  canLift: z.boolean(),
})
export type Commitment = z.infer<typeof commitmentSchema>

const reasonsSchema = z.object({ reasons: z.string().trim().min(1).max(2000) })
const commitmentParams = z.object({ commitmentId: idSchema })

export const getCommitmentText = route({
  id: 'getCommitmentText',
  method: 'GET',
  path: '/api/v1/commitment-text',
  access: 'caller',
  summary: text('现行承诺书', 'The commitment in force'),
  answer: z.object({
    offered: z.boolean().describe('False where the regulation asks for no commitment'),
    article: z.string().nullable(),
    term: textSchema.nullable(),
    current: commitmentTextSchema.nullable().describe('Null until the authority has laid one down'),
    canPublish: z.boolean(),
  }),
  problems: [],
  since: '0.2',
})
export const publishCommitmentText = route({
  id: 'publishCommitmentText',
  method: 'POST',
  path: '/api/v1/commitment-text',
  access: 'session',
  summary: text('发布承诺书的新版本', 'Lay down a new version of the commitment'),
  body: z.object({ body: z.string().trim().min(1).max(20_000) }),
  answer: commitmentTextSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})
export const listCommitments = route({
  id: 'listCommitments',
  method: 'GET',
  path: '/api/v1/commitments',
  access: 'session',
  summary: text('已签署的承诺', 'Commitments that were signed'),
  query: pageQuery.extend({ entry: idSchema.optional(), grant: idSchema.optional() }),
  answer: pageOf(commitmentSchema),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})
export const signCommitment = route({
  id: 'signCommitment',
  method: 'POST',
  path: '/api/v1/commitments',
  access: 'session',
  summary: text('签署承诺', 'Sign the commitment'),
  body: z.object({
    entryId: idSchema,
    grantId: idSchema.nullable().default(null),
    version: z.number().int().min(1).max(2_147_483_647).describe('The version that was read'),
  }),
  answer: commitmentSchema,
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-not-available',
    'changed-meanwhile',
    'refused-by-law',
  ],
  since: '0.2',
})
export const reportBreach = route({
  id: 'reportBreach',
  method: 'POST',
  path: '/api/v1/commitments/{commitmentId}/acts/report-breach',
  access: 'session',
  summary: text('登记违反承诺，停止提供数据', 'Record a breach; delivery stops'),
  params: commitmentParams,
  body: reasonsSchema,
  answer: commitmentSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.2',
})
export const liftBreach = route({
  id: 'liftBreach',
  method: 'POST',
  path: '/api/v1/commitments/{commitmentId}/acts/lift',
  access: 'session',
  summary: text('解除停止，须重新签署', 'Lift the stop; a new signature is needed'),
  params: commitmentParams,
  body: reasonsSchema,
  answer: commitmentSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.2',
})

export const commitmentRoutes = [
  getCommitmentText,
  publishCommitmentText,
  listCommitments,
  signCommitment,
  reportBreach,
  liftBreach,
]
