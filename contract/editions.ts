import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { entrySummarySchema } from './catalogue.ts'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

const changeSchema = z.object({
  entryId: z.string(),
  number: z.string(),
  title: z.string(),
  provider: organisationSummary,
  sharingType: z.string(),
  openingType: z.string(),
  changed: z.array(z.string()).describe('Names of the properties that differ'),
})

export const editionSchema = z.object({
  id: z.string(),
  catalogue: z.string(),
  number: z.number().int().describe('Counts from 1 within its catalogue and publisher'),
  scope: z.enum(['city', 'organisation']),
  publisher: organisationSummary,
  publishedAt: instantSchema,
  note: z.string(),
  entries: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  withdrawn: z.number().int(),
  recordId: z.string(),
})
export type Edition = z.infer<typeof editionSchema>

export const localTargetSchema = z
  .object({
    months: z.number().int(),
    instrument: z.string(),
    statutory: z.literal(false).describe('Never the regulation’s: the city’s own target'),
    setAt: instantSchema,
  })
  .describe('A target that the city has set itself (非法定)')

const catalogueSchema = z.object({
  key: z.string(),
  term: textSchema,
  article: z.string(),
  entries: z.number().int(),
  latest: editionSchema.nullable(),
})

const catalogueParams = z.object({ catalogue: z.string().max(40) })
const editionParams = z.object({ editionId: idSchema })

export const listCatalogues = route({
  id: 'listCatalogues',
  method: 'GET',
  path: '/api/v1/catalogues',
  access: 'caller',
  summary: text('本市各类目录及其最新一期', 'The catalogues of the city, each with its latest edition'),
  answer: z.object({
    items: z.array(catalogueSchema),
    article: z.string().nullable(),
    releases: z
      .object({ article: z.string(), term: textSchema, target: localTargetSchema.nullable() })
      .nullable(),
    review: z
      .object({ article: z.string(), term: textSchema, target: localTargetSchema.nullable() })
      .nullable(),
    publishable: z.boolean().describe('The caller may publish editions of the city'),
    releasable: z.boolean().describe('The caller may publish releases of their own body'),
  }),
  problems: [],
  since: '0.2',
})
export const listCatalogueEntries = route({
  id: 'listCatalogueEntries',
  method: 'GET',
  path: '/api/v1/catalogues/{catalogue}/entries',
  access: 'caller',
  summary: text('目录现有条目', 'What a catalogue holds now'),
  params: catalogueParams,
  query: pageQuery.extend({
    organisation: z.string().max(60).optional(),
    level: z.enum(['city', 'district']).optional(),
  }),
  answer: pageOf(entrySummarySchema).extend({ total: z.number().int() }),
  problems: ['not-found', 'bad-cursor'],
  since: '0.2',
})
export const listEditions = route({
  id: 'listEditions',
  method: 'GET',
  path: '/api/v1/catalogues/{catalogue}/editions',
  access: 'caller',
  summary: text('目录各期', 'Editions of a catalogue'),
  params: catalogueParams,
  query: pageQuery.extend({
    organisation: z
      .string()
      .max(60)
      .optional()
      .describe('Releases of this body instead of the city’s editions'),
  }),
  answer: pageOf(editionSchema),
  problems: ['not-found', 'bad-cursor'],
  since: '0.2',
})
export const publishEdition = route({
  id: 'publishEdition',
  method: 'POST',
  path: '/api/v1/catalogues/{catalogue}/editions',
  access: 'session',
  summary: text('发布一期目录', 'Publish an edition'),
  params: catalogueParams,
  body: z.object({
    scope: z.enum(['city', 'organisation']).default('city'),
    note: z.string().trim().max(1000).default(''),
    publishWaiting: z
      .boolean()
      .default(false)
      .describe('Publish the entries that wait for publication with it'),
  }),
  answer: editionSchema.extend({
    left: z
      .array(z.object({ entryId: z.string(), title: z.string(), condition: textSchema }))
      .describe('Entries that waited and could not be published, with the reason'),
  }),
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})
export const getEdition = route({
  id: 'getEdition',
  method: 'GET',
  path: '/api/v1/editions/{editionId}',
  access: 'caller',
  summary: text('一期目录与上一期的差异', 'An edition and what differs from the one before'),
  params: editionParams,
  answer: editionSchema.extend({
    previous: z.number().int().nullable(),
    differences: z.object({
      added: z.array(changeSchema),
      changed: z.array(changeSchema),
      withdrawn: z.array(changeSchema),
    }),
  }),
  problems: ['not-found'],
  since: '0.2',
})
export const exportEdition = route({
  id: 'exportEdition',
  method: 'GET',
  path: '/api/v1/editions/{editionId}/export',
  access: 'caller',
  summary: text('导出一期目录（JSON、CSV）', 'Export an edition'),
  params: editionParams,
  query: z.object({ format: z.enum(['json', 'csv']).default('json') }),
  answer: 'stream',
  problems: ['not-found'],
  since: '0.2',
})
export const listEntryVersions = route({
  id: 'listEntryVersions',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/versions',
  access: 'caller',
  summary: text('条目的历次版本及其差异', 'Published versions of an entry, each with what it changed'),
  params: z.object({ entryId: idSchema }),
  query: pageQuery,
  answer: pageOf(
    z.object({
      number: z.number().int(),
      publishedAt: instantSchema,
      note: z.string(),
      by: z.string().nullable(),
      changes: z.array(
        z.object({ property: z.string(), before: z.unknown().nullable(), after: z.unknown().nullable() }),
      ),
    }),
  ),
  problems: ['not-found', 'bad-cursor'],
  since: '0.2',
})
export const getEntryStanding = route({
  id: 'getEntryStanding',
  method: 'GET',
  path: '/api/v1/entries/{entryId}/standing',
  access: 'caller',
  summary: text(
    '条目所符合的规范版本、所在期次和复核情况',
    'Which specification, edition and review an entry stands under',
  ),
  params: z.object({ entryId: idSchema }),
  answer: z.object({
    specification: z
      .object({ article: z.string(), met: z.number().int().nullable(), inForce: z.number().int() })
      .nullable(),
    edition: z
      .object({ catalogue: z.string(), number: z.number().int(), publishedAt: instantSchema })
      .nullable(),
    review: z
      .object({
        article: z.string(),
        lastAt: instantSchema.nullable(),
        lastBy: z.string().nullable(),
        target: localTargetSchema.nullable(),
        dueOn: z.string().nullable(),
        overdue: z.boolean(),
        reviewable: z.boolean(),
      })
      .nullable(),
    businessItems: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  problems: ['not-found'],
  since: '0.2',
})

export const setLocalTarget = route({
  id: 'setLocalTarget',
  method: 'POST',
  path: '/api/v1/local-targets',
  access: 'session',
  summary: text(
    '设定本市目标（非法定）：复核、发布的间隔',
    'Set a target of the city (not statutory): intervals of review and release',
  ),
  body: z.object({
    key: z.enum(['review', 'release']),
    months: z.number().int().min(1).max(120),
    instrument: z.string().trim().min(1).max(200).describe('The document that sets it'),
  }),
  answer: localTargetSchema,
  problems: ['not-signed-in', 'not-allowed', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})
const dueSchema = z.object({
  subject: z.string().describe('Id of the entry or of the body'),
  title: z.string(),
  organisation: organisationSummary,
  lastAt: instantSchema,
  dueOn: z.string(),
})
export const listDue = route({
  id: 'listDue',
  method: 'GET',
  path: '/api/v1/local-targets/due',
  access: 'session',
  summary: text('超过本市间隔（非法定）的条目和单位', 'What is past an interval of the city (not statutory)'),
  query: pageQuery.extend({ key: z.enum(['review', 'release']) }),
  answer: pageOf(dueSchema).extend({ target: localTargetSchema.nullable() }),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})
export const reviewEntry = route({
  id: 'reviewEntry',
  method: 'POST',
  path: '/api/v1/entries/{entryId}/reviews',
  access: 'session',
  summary: text('复核条目，确认现有内容和类型', 'Review an entry: what it says still holds'),
  params: z.object({ entryId: idSchema }),
  body: z.object({ note: z.string().trim().min(1).max(1000) }),
  answer: z.object({ at: instantSchema, by: z.string(), recordId: z.string() }),
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.2',
})

export const editionRoutes = [
  listCatalogues,
  listCatalogueEntries,
  listEditions,
  publishEdition,
  getEdition,
  exportEdition,
  listEntryVersions,
  getEntryStanding,
  setLocalTarget,
  listDue,
  reviewEntry,
]
