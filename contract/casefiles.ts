import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary } from './common.ts'
import { route } from './route.ts'

/** Largest attachment, in bytes, and how many a case may have. */
export const largestAttachmentBytes = 10 * 1024 * 1024
export const mostAttachments = 30
/** What one applicant may have attached in all requests of theirs that are still open, in bytes. */
export const mostAttachedBytes = 200 * 1024 * 1024
export const mostComments = 300

/** `side`: colleagues of whoever wrote it, for their own deliberation; `all`: every party to the case. */
export const audiences = ['side', 'all'] as const

const authorSchema = z.object({ name: z.string(), organisation: organisationSummary.nullable() })

export const caseAttachmentSchema = z.object({
  id: z.string(),
  at: instantSchema,
  by: authorSchema,
  audience: z.enum(audiences),
  note: z.string(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  recordId: z.string(),
})
export type CaseAttachment = z.infer<typeof caseAttachmentSchema>

export const caseCommentSchema = z.object({
  id: z.string(),
  at: instantSchema,
  by: authorSchema,
  audience: z.enum(audiences),
  body: z.string(),
  recordId: z.string(),
})
export type CaseComment = z.infer<typeof caseCommentSchema>

export const casePapersSchema = z.object({
  attachments: z.array(caseAttachmentSchema).max(mostAttachments),
  comments: z.array(caseCommentSchema).max(mostComments),
  canAdd: z.boolean().describe('The caller is a party and the case has not ended'),
})
export type CasePapers = z.infer<typeof casePapersSchema>

const params = z.object({ caseId: idSchema })
const audience = z.enum(audiences)

export const getCaseFile = route({
  id: 'getCaseFile',
  method: 'GET',
  path: '/api/v1/cases/{caseId}/file.pdf',
  access: 'session',
  summary: text(
    '办件档案（PDF）：申请、时限、经过、决定、附件清单和留痕回执',
    'The case as a file (PDF): request, clocks, course, decision, attachments and receipts',
  ),
  params,
  query: z.object({
    language: z
      .enum(['zh', 'en', 'both'])
      .optional()
      .describe('Where left out: the language that Accept-Language prefers'),
  }),
  answer: 'stream',
  problems: ['not-signed-in', 'not-found', 'too-large', 'too-many-requests'],
  since: '0.3',
})
export const getCasePapers = route({
  id: 'getCasePapers',
  method: 'GET',
  path: '/api/v1/cases/{caseId}/papers',
  access: 'session',
  summary: text('办件的附件和意见', 'Attachments and comments of a case'),
  params,
  answer: casePapersSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.3',
})
export const addCaseAttachment = route({
  id: 'addCaseAttachment',
  method: 'POST',
  path: '/api/v1/cases/{caseId}/attachments',
  access: 'session',
  summary: text('为办件添加附件', 'Attach a file to a case'),
  params,
  query: z.object({
    filename: z.string().min(1).max(255).optional().describe('Needed where the body is the file itself'),
    note: z.string().trim().max(500).default(''),
    audience: audience.default('all'),
  }),
  body: 'stream',
  answer: casePapersSchema,
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-not-available',
    'too-large',
    'file-unreadable',
    'bad-request',
  ],
  since: '0.3',
})
export const getCaseAttachment = route({
  id: 'getCaseAttachment',
  method: 'GET',
  path: '/api/v1/cases/{caseId}/attachments/{attachmentId}',
  access: 'session',
  summary: text('下载办件附件', 'Download an attachment'),
  params: params.extend({ attachmentId: idSchema }),
  answer: 'stream',
  problems: ['not-signed-in', 'not-found'],
  since: '0.3',
})
export const addCaseComment = route({
  id: 'addCaseComment',
  method: 'POST',
  path: '/api/v1/cases/{caseId}/comments',
  access: 'session',
  summary: text(
    '为办件写意见：供本方内部讨论，或者各方可见',
    'Comment on a case: for one’s own side, or for every party',
  ),
  params,
  body: z.object({ body: z.string().trim().min(1).max(2000), audience: audience.default('side') }),
  answer: casePapersSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.3',
})

export const casefileRoutes = [
  getCaseFile,
  getCasePapers,
  addCaseAttachment,
  getCaseAttachment,
  addCaseComment,
]
