import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { entryStatuses } from './catalogue.ts'
import { articleSchema, idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

export const largestSheetBytes = 10 * 1024 * 1024
/** Entries of one sheet, and lines of its fields. */
export const mostSheetEntries = 2_000
export const mostSheetFields = 30_000
/** Entries that are handed in by one call. */
export const handedInAtOnce = 50

/** `previewed`: nothing is written yet. */
export const bulkEditStates = ['previewed', 'applied', 'undone'] as const
/**
 * What becomes of an entry of the sheet. `change`: would be changed; `same`: says what the catalogue says; `refused`:
 * left out, with the reasons; `applied`; `conflict`: changed by somebody else before it was applied; `handed-in`;
 * `undone`; `kept`: not undone, as it was changed or handed in since.
 */
export const bulkEditOutcomes = [
  'change',
  'same',
  'refused',
  'applied',
  'conflict',
  'handed-in',
  'undone',
  'kept',
] as const
export type BulkEditOutcome = (typeof bulkEditOutcomes)[number]

export const bulkEditSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  state: z.enum(bulkEditStates),
  by: z.string(),
  createdAt: instantSchema,
  appliedAt: instantSchema.nullable(),
  appliedBy: z.string().nullable(),
  undoneAt: instantSchema.nullable(),
  undoneBy: z.string().nullable(),
  counts: z.record(z.enum(bulkEditOutcomes), z.number().int()).describe('Entries of the sheet, by outcome'),
  acts: z.array(z.enum(['apply', 'undo', 'hand-in'])),
})
export type BulkEdit = z.infer<typeof bulkEditSchema>

export const bulkEditLineSchema = z.object({
  line: z.number().int().describe('In the sheet'),
  entryId: z.string().nullable().describe('Null where the organisation has no such entry'),
  title: z.string(),
  outcome: z.enum(bulkEditOutcomes),
  changes: z.array(z.object({ place: textSchema, before: z.string(), after: z.string() })),
  errors: z.array(
    z.object({
      sheet: textSchema,
      line: z.number().int(),
      column: z.string().describe('Heading of the column; empty where the whole line is meant'),
      message: textSchema,
      article: articleSchema.nullable().describe('Null where a rule of the platform says so'),
    }),
  ),
})
export type BulkEditLine = z.infer<typeof bulkEditLineSchema>

const shared = { access: 'session', since: '0.5' } as const
const params = z.object({ bulkEditId: idSchema })
const problems = ['not-signed-in', 'not-allowed', 'not-found'] as const

export const getBulkEditSheet = route({
  ...shared,
  id: 'getBulkEditSheet',
  method: 'GET',
  path: '/api/v1/bulk-edit-sheet',
  summary: text('下载本单位目录表格（XLSX）', 'The organisation’s entries and fields as a workbook'),
  query: z.object({
    theme: z.string().max(40).optional(),
    status: z.enum(entryStatuses).optional(),
  }),
  answer: 'stream',
  problems: [...problems, 'too-large'],
})
export const previewBulkEdit = route({
  ...shared,
  id: 'previewBulkEdit',
  method: 'POST',
  path: '/api/v1/bulk-edits',
  summary: text('上传改好的目录表格，预览变更', 'Upload the edited workbook and see what it would change'),
  query: z.object({
    filename: z.string().min(1).max(255).optional().describe('Needed where the body is the file itself'),
  }),
  body: 'stream',
  answer: bulkEditSchema,
  status: 201,
  problems: [...problems, 'too-large', 'file-unreadable', 'content-incomplete', 'bad-request'],
})
export const listBulkEdits = route({
  ...shared,
  id: 'listBulkEdits',
  method: 'GET',
  path: '/api/v1/bulk-edits',
  summary: text('本单位的批量编辑', 'Bulk edits of the organisation'),
  query: pageQuery,
  answer: pageOf(bulkEditSchema),
  problems: [...problems, 'bad-cursor'],
})
export const getBulkEdit = route({
  ...shared,
  id: 'getBulkEdit',
  method: 'GET',
  path: '/api/v1/bulk-edits/{bulkEditId}',
  summary: text('一次批量编辑', 'One bulk edit'),
  params,
  answer: bulkEditSchema,
  problems,
})
export const listBulkEditLines = route({
  ...shared,
  id: 'listBulkEditLines',
  method: 'GET',
  path: '/api/v1/bulk-edits/{bulkEditId}/lines',
  summary: text('批量编辑涉及的条目：逐格变更和问题', 'Its entries: what changes by cell, and what is amiss'),
  params,
  query: pageQuery.extend({ outcome: z.enum(bulkEditOutcomes).optional() }),
  answer: pageOf(bulkEditLineSchema),
  problems: [...problems, 'bad-cursor'],
})
export const applyBulkEdit = route({
  ...shared,
  id: 'applyBulkEdit',
  method: 'POST',
  path: '/api/v1/bulk-edits/{bulkEditId}/application',
  summary: text('将变更写入草稿或者待提交的修订', 'Write the changes into drafts and revisions'),
  params,
  answer: bulkEditSchema,
  problems: [...problems, 'act-not-available'],
})
export const undoBulkEdit = route({
  ...shared,
  id: 'undoBulkEdit',
  method: 'POST',
  path: '/api/v1/bulk-edits/{bulkEditId}/undoing',
  summary: text('撤销已写入的批量编辑', 'Put everything back as it was'),
  params,
  body: z.object({
    partly: z
      .boolean()
      .default(false)
      .describe('Also where some entries were changed since: those stay as they are'),
  }),
  answer: bulkEditSchema,
  problems: [...problems, 'act-not-available', 'changed-meanwhile'],
})
export const handInBulkEdit = route({
  ...shared,
  id: 'handInBulkEdit',
  method: 'POST',
  path: '/api/v1/bulk-edits/{bulkEditId}/handing-in',
  summary: text(
    '提交批量编辑的条目，按编目程序确认',
    'Hand the changed entries in, to be confirmed by the cataloguing procedure',
  ),
  params,
  body: z.object({
    note: z.string().trim().max(1000).default(''),
    after: z.number().int().min(-1).max(1_000_000).default(-1).describe('As the call before has answered'),
  }),
  answer: bulkEditSchema.extend({
    next: z.number().int().nullable().describe('Where to go on; null when all were tried'),
  }),
  problems: [...problems, 'act-not-available'],
})

export const bulkEditRoutes = [
  getBulkEditSheet,
  previewBulkEdit,
  listBulkEdits,
  getBulkEdit,
  listBulkEditLines,
  applyBulkEdit,
  undoBulkEdit,
  handInBulkEdit,
]
