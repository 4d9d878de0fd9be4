import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import {
  civilDateSchema,
  idSchema,
  instantSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  textSchema,
} from './common.ts'
import { receiptSchema } from './ledger.ts'
import { route } from './route.ts'
import { contentFieldSchema } from './rulebook.ts'

const clauseText = z.string().trim().min(1).max(4000)

export const agreementModelSchema = z.object({
  version: z.number().int(),
  inForceOn: civilDateSchema,
  inForce: z.boolean(),
  clauses: z.array(z.object({ key: z.string(), title: textSchema, text: z.string() })),
  bodies: z.array(organisationSummary).describe('Bodies that took part in making it'),
  keptBy: organisationSummary,
  note: z.string(),
  madeAt: instantSchema,
})
export type AgreementModelView = z.infer<typeof agreementModelSchema>

export const agreementTaskSchema = z.object({
  id: z.string(),
  agreement: z.object({ id: z.string(), number: z.string(), entryTitle: z.string() }),
  kind: z.enum(['feedback', 'measure', 'disposal']),
  subject: z.string(),
  article: z.string().nullable(),
  dueOn: civilDateSchema.nullable(),
  openedAt: instantSchema,
  missed: z.boolean(),
  filedAt: instantSchema.nullable(),
  content: z.array(z.object({ key: z.string(), text: z.string() })),
  asks: z
    .array(z.object({ key: z.string(), optional: z.boolean() }))
    .describe('What the caller has to state; empty where it is not theirs to file'),
  recordId: z.string().nullable(),
})
export type AgreementTaskView = z.infer<typeof agreementTaskSchema>

const signatureSchema = z.object({
  organisation: organisationSummary.nullable(),
  name: z.string(),
  inPlaceOf: z.string().nullable().describe('The colleague in whose place it was signed'),
  at: instantSchema,
  recordId: z.string().nullable().describe('Record of the signature, with the digest of what was signed'),
})

export const agreementSummarySchema = z.object({
  id: z.string(),
  number: z.string(),
  name: textSchema,
  entry: z.object({ id: z.string(), title: z.string() }),
  user: z.object({ name: z.string(), organisation: organisationSummary.nullable() }),
  authority: organisationSummary,
  provider: organisationSummary,
  standing: z.enum(['offered', 'superseded', 'lapsed', 'in-force', 'expired', 'ended']),
  untilOn: civilDateSchema,
  copy: z
    .object({ deliveredAt: instantSchema, openedAt: instantSchema.nullable() })
    .nullable()
    .describe('Copy to the provider'),
  missedTasks: z.number().int(),
  createdAt: instantSchema,
})
export type AgreementSummary = z.infer<typeof agreementSummarySchema>

export const agreementSchema = agreementSummarySchema.extend({
  caseId: z.string(),
  grantId: z.string().nullable(),
  article: z.string(),
  matters: z.array(
    z.object({ key: z.string(), title: textSchema, article: z.string().nullable(), value: z.unknown() }),
  ),
  standingClauses: z.array(z.object({ article: z.string(), clause: textSchema })),
  modelVersion: z.number().int().nullable(),
  deviations: z
    .array(z.object({ key: z.string(), title: textSchema, model: z.string(), agreed: z.string() }))
    .describe('Where it departs from the model text from which it was drawn up'),
  signatures: z.object({ authority: signatureSchema, user: signatureSchema.nullable() }),
  termsSha256: z.string().nullable().describe('Of the terms, which both sides sign'),
  sha256: z.string().nullable().describe('Of the signed text'),
  recordId: z.string().nullable(),
  ending: z.object({ ground: textSchema.nullable(), reasons: z.string(), at: instantSchema }).nullable(),
  tasks: z.array(agreementTaskSchema),
  endings: z
    .array(z.object({ key: z.string(), term: textSchema, article: z.string() }))
    .describe('Grounds on which the caller may end it now; empty where they may not'),
  order: z
    .array(contentFieldSchema)
    .describe('What an order to correct has to state, where the caller may give one; else empty'),
})
export type AgreementView = z.infer<typeof agreementSchema>

export const listAgreementModels = route({
  id: 'listAgreementModels',
  method: 'GET',
  path: '/api/v1/agreement-models',
  access: 'caller',
  summary: text('协议示范文本各版本', 'Versions of the model text'),
  answer: z.object({
    items: z.array(agreementModelSchema),
    asks: z
      .array(z.object({ key: z.string(), title: textSchema }))
      .describe('Clauses of a new version, where the caller may publish one'),
  }),
  problems: [],
  since: '0.2',
})
export const publishAgreementModel = route({
  id: 'publishAgreementModel',
  method: 'POST',
  path: '/api/v1/agreement-models',
  access: 'session',
  summary: text('发布协议示范文本新版本', 'Publish a version of the model text'),
  body: z.object({
    clauses: z.record(z.string().max(60), clauseText).refine((given) => Object.keys(given).length <= 30),
    bodies: z.array(z.string().min(1).max(60)).min(1).max(30).describe('Departments that took part'),
    inForceOn: civilDateSchema,
    note: z.string().trim().max(1000).default(''),
  }),
  answer: agreementModelSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'content-incomplete', 'changed-meanwhile'],
  since: '0.2',
})
export const getCaseAgreement = route({
  id: 'getCaseAgreement',
  method: 'GET',
  path: '/api/v1/cases/{caseId}/agreement',
  access: 'session',
  summary: text('办件的协议：草稿与已提出的文本', 'The agreement of a case: its draft and what was offered'),
  params: z.object({ caseId: idSchema }),
  answer: z.object({
    draft: z
      .object({
        act: z.string(),
        content: z.record(z.string(), z.unknown()),
        modelVersion: z.number().int().nullable(),
      })
      .nullable()
      .describe('What the form of the offering act starts from, for whoever may offer'),
    agreement: agreementSchema.nullable(),
  }),
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const listAgreements = route({
  id: 'listAgreements',
  method: 'GET',
  path: '/api/v1/agreements',
  access: 'session',
  summary: text(
    '协议：我方的、本部门签署的、抄送本单位的',
    'Agreements: held, concluded, received as a copy',
  ),
  query: pageQuery.extend({ box: z.enum(['held', 'concluded', 'copies']).default('held') }),
  answer: pageOf(agreementSummarySchema),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})
const agreementParams = z.object({ agreementId: idSchema })
export const getAgreement = route({
  id: 'getAgreement',
  method: 'GET',
  path: '/api/v1/agreements/{agreementId}',
  access: 'session',
  summary: text('一份协议', 'One agreement'),
  params: agreementParams,
  answer: agreementSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const getAgreementDocument = route({
  id: 'getAgreementDocument',
  method: 'GET',
  path: '/api/v1/agreements/{agreementId}/document',
  access: 'session',
  summary: text(
    '已签署的文本，逐字节与留痕中的摘要一致',
    'The signed text, byte for byte as its digest was recorded',
  ),
  params: agreementParams,
  answer: 'stream',
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const getAgreementPaper = route({
  id: 'getAgreementPaper',
  method: 'GET',
  path: '/api/v1/agreements/{agreementId}/document.pdf',
  access: 'session',
  summary: text(
    '协议（PDF）：七项内容、固定条款、双方电子签名；未签订的标为草案',
    'The agreement (PDF): matters, standing clauses, both signatures; a draft until both have signed',
  ),
  params: agreementParams,
  query: z.object({ language: z.enum(['zh', 'en', 'both']).default('both') }),
  answer: 'stream',
  problems: ['not-signed-in', 'not-found', 'too-large', 'too-many-requests'],
  since: '0.3',
})
export const getAgreementReceipts = route({
  id: 'getAgreementReceipts',
  method: 'GET',
  path: '/api/v1/agreements/{agreementId}/receipts',
  access: 'session',
  summary: text('双方签名的留痕回执，可独立核验', 'Receipts of both signatures, to be verified by anybody'),
  params: agreementParams,
  answer: z.object({
    items: z.array(z.object({ side: z.enum(['authority', 'user']), receipt: receiptSchema })),
  }),
  problems: ['not-signed-in', 'not-found', 'record-unavailable'],
  since: '0.3',
})
export const endAgreement = route({
  id: 'endAgreement',
  method: 'POST',
  path: '/api/v1/agreements/{agreementId}/acts/end',
  access: 'session',
  summary: text('依约定事由终止协议并关闭访问', 'End an agreement on one of its grounds; access closes'),
  params: agreementParams,
  body: z.object({ ground: z.string().min(1).max(60), reasons: z.string().trim().min(1).max(2000) }),
  answer: agreementSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})
export const orderCorrection = route({
  id: 'orderCorrection',
  method: 'POST',
  path: '/api/v1/agreements/{agreementId}/acts/order-correction',
  access: 'session',
  summary: text('责令限期改正违反协议的行为', 'Order to correct a breach of the agreement'),
  params: agreementParams,
  body: z.object({ content: z.record(z.string().max(60), z.unknown()) }),
  answer: z.object({ caseId: z.string(), number: z.string() }),
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'refused-by-law',
    'content-incomplete',
    'act-not-available',
  ],
  since: '0.2',
})
export const listAgreementTasks = route({
  id: 'listAgreementTasks',
  method: 'GET',
  path: '/api/v1/agreement-tasks',
  access: 'session',
  summary: text('协议待办：反馈、措施确认、数据处置', 'Open tasks under agreements'),
  query: z.object({
    side: z.enum(['held', 'concluded']).default('held'),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  answer: z.object({ items: z.array(agreementTaskSchema) }),
  problems: ['not-signed-in'],
  since: '0.2',
})
export const fileAgreementTask = route({
  id: 'fileAgreementTask',
  method: 'POST',
  path: '/api/v1/agreement-tasks/{taskId}/acts/file',
  access: 'session',
  summary: text('填报反馈、措施落实情况或者处置情况', 'File feedback, evidence of a measure, or of disposal'),
  params: z.object({ taskId: idSchema }),
  body: z.object({
    content: z
      .record(z.string().max(40), z.string().max(4000))
      .refine((given) => Object.keys(given).length <= 10),
  }),
  answer: agreementTaskSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})

export const agreementRoutes = [
  listAgreementModels,
  publishAgreementModel,
  getCaseAgreement,
  listAgreements,
  getAgreement,
  getAgreementDocument,
  getAgreementPaper,
  getAgreementReceipts,
  endAgreement,
  orderCorrection,
  listAgreementTasks,
  fileAgreementTask,
]
