import { isCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { updateCycles } from './catalogue.ts'
import {
  civilDateSchema,
  idSchema,
  instantSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  textSchema,
} from './common.ts'
import { route } from './route.ts'

const year = z.coerce.number().int().min(2000).max(2100)
const listKey = z.string().min(1).max(60)

export const openingLineSchema = z.object({
  entryId: z.string(),
  number: z.string(),
  title: z.string(),
  provider: organisationSummary,
  type: z.object({ key: z.string(), term: textSchema }),
  format: z.string(),
  updateCycle: z.enum(updateCycles).nullable(),
  planned: z
    .object({ on: civilDateSchema, type: z.object({ key: z.string(), term: textSchema }) })
    .nullable()
    .describe('On a yearly list: when and how it is to be opened'),
  outcome: z
    .object({ opened: z.boolean(), reason: z.string().nullable() })
    .nullable()
    .describe('What has become of a planned line so far'),
})
export type OpeningLineView = z.infer<typeof openingLineSchema>

export const openingChangeSchema = z.object({
  entryId: z.string(),
  title: z.string(),
  change: z.enum(['added', 'removed', 'retyped', 'replanned']),
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string(),
})

const listTitle = z.object({ key: z.string(), name: textSchema, article: z.string(), yearly: z.boolean() })

export const openingListSummarySchema = z.object({
  id: z.string(),
  list: listTitle,
  owner: organisationSummary,
  year: z.number().int().nullable(),
  edition: z.number().int(),
  kind: z.enum(['list', 'plan']),
  note: z.string(),
  publishedAt: instantSchema,
  lines: z.number().int(),
  changes: z.number().int(),
  newest: z.boolean(),
})
export type OpeningListSummary = z.infer<typeof openingListSummarySchema>

export const openingListSchema = openingListSummarySchema.extend({
  items: z.array(openingLineSchema),
  changeLog: z.array(openingChangeSchema),
  editions: z.array(z.object({ id: z.string(), edition: z.number().int(), publishedAt: instantSchema })),
  recordId: z.string(),
  mayState: z.boolean().describe('The caller may say why a line was not opened'),
})
export type OpeningListView = z.infer<typeof openingListSchema>

export const listOpeningLists = route({
  id: 'listOpeningLists',
  method: 'GET',
  path: '/api/v1/opening-lists',
  access: 'public',
  summary: text(
    '开放清单、开放目录：各单位最新一版',
    'Opening lists and open catalogues: the newest of each body',
  ),
  query: pageQuery.extend({
    list: listKey.optional(),
    owner: z.string().max(60).optional(),
    year: year.optional(),
  }),
  answer: pageOf(openingListSummarySchema).extend({ lists: z.array(listTitle) }),
  problems: ['bad-cursor'],
  since: '0.2',
})
const listParams = z.object({ listId: idSchema })
export const getOpeningList = route({
  id: 'getOpeningList',
  method: 'GET',
  path: '/api/v1/opening-lists/{listId}',
  access: 'caller',
  summary: text('一版清单：条目、变更及其理由', 'One edition: lines, changes and their reasons'),
  params: listParams,
  answer: openingListSchema,
  problems: ['not-found'],
  since: '0.2',
})
export const exportOpeningList = route({
  id: 'exportOpeningList',
  method: 'GET',
  path: '/api/v1/opening-lists/{listId}/export',
  access: 'public',
  summary: text('以机器可读格式取得一版清单', 'One edition in a machine-readable form'),
  params: listParams,
  query: z.object({ format: z.enum(['json', 'csv']).default('json') }),
  answer: 'stream',
  problems: ['not-found'],
  since: '0.2',
})
export const draftOpeningList = route({
  id: 'draftOpeningList',
  method: 'GET',
  path: '/api/v1/opening-list-draft',
  access: 'session',
  summary: text('编制清单：可以列入的条目和上一版', 'Composing a list: what can be on it, and what was'),
  query: z.object({ list: listKey.optional(), year: year.optional() }),
  answer: z.object({
    lists: z.array(listTitle).describe('Those that the caller publishes'),
    chosen: listTitle.nullable(),
    scope: z.enum(['organisation', 'level']).nullable(),
    year: z.number().int().nullable(),
    needsReasons: z.boolean(),
    types: z
      .array(z.object({ key: z.string(), term: textSchema }))
      .describe('Ways in which a line can be planned'),
    candidates: z.array(
      z.object({
        entryId: z.string(),
        number: z.string(),
        title: z.string(),
        type: z.object({ key: z.string(), term: textSchema }),
        obstacle: textSchema.nullable(),
        demands: z.number().int().describe('How many people have asked for it to be opened'),
        before: z
          .object({
            typeKey: z.string(),
            plannedOn: civilDateSchema.nullable(),
            plannedType: z.string().nullable(),
          })
          .nullable()
          .describe('As it stands on the newest edition'),
      }),
    ),
    removed: z
      .array(z.object({ entryId: z.string(), title: z.string() }))
      .describe('On the newest edition, and no longer to be listed'),
  }),
  problems: ['not-signed-in', 'not-found', 'not-allowed'],
  since: '0.2',
})
export const publishOpeningList = route({
  id: 'publishOpeningList',
  method: 'POST',
  path: '/api/v1/opening-lists',
  access: 'session',
  summary: text('发布一版清单', 'Publish an edition'),
  body: z.object({
    list: listKey,
    year: year.optional(),
    kind: z.enum(['list', 'plan']).default('list'),
    note: z.string().trim().max(1000).default(''),
    lines: z
      .array(
        z.object({
          entryId: idSchema,
          plannedOn: civilDateSchema.refine(isCivilDate).optional(),
          plannedType: z.string().max(40).optional(),
        }),
      )
      .max(5000)
      .default([]),
    reasons: z
      .record(z.string().max(60), z.string().trim().max(1000))
      .default({})
      .describe('Reason of each change, by the entry'),
  }),
  answer: openingListSchema,
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'content-incomplete',
    'refused-by-law',
    'changed-meanwhile',
  ],
  since: '0.2',
})
export const stateOutcome = route({
  id: 'stateOutcome',
  method: 'POST',
  path: '/api/v1/opening-lists/{listId}/lines/{entryId}/outcome',
  access: 'session',
  summary: text('说明列入清单的条目未开放的理由', 'Say why a planned line was not opened'),
  params: listParams.extend({ entryId: idSchema }),
  body: z.object({ reason: z.string().trim().min(1).max(1000) }),
  answer: openingListSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.2',
})

const overviewSchema = z.object({
  list: listTitle,
  year: z.number().int().nullable(),
  items: z.array(
    z.object({
      organisation: organisationSummary,
      published: z
        .object({
          id: z.string(),
          publishedAt: instantSchema,
          lines: z.number().int(),
          opened: z.number().int(),
          notOpened: z.number().int(),
        })
        .nullable(),
    }),
  ),
  mayRemind: z.boolean(),
})
export const openingOverview = route({
  id: 'openingOverview',
  method: 'GET',
  path: '/api/v1/opening-overview',
  access: 'caller',
  summary: text(
    '哪些单位已经发布清单、各项是否开放',
    'Which bodies have published their list, and what became of it',
  ),
  query: z.object({ list: listKey, year: year.optional() }),
  answer: overviewSchema,
  problems: ['not-found'],
  since: '0.2',
})
export const remindOfList = route({
  id: 'remindOfList',
  method: 'POST',
  path: '/api/v1/opening-overview/remind',
  access: 'session',
  summary: text('提醒尚未发布清单的单位', 'Remind the bodies that have published none'),
  body: z.object({ list: listKey, year: year.optional() }),
  answer: z.object({ reminded: z.array(organisationSummary) }),
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})

export const openingListRoutes = [
  listOpeningLists,
  getOpeningList,
  exportOpeningList,
  draftOpeningList,
  publishOpeningList,
  stateOutcome,
  openingOverview,
  remindOfList,
]
