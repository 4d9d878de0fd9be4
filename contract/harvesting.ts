import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import {
  articleSchema,
  idSchema,
  instantSchema,
  organisationSummary,
  pageOf,
  pageQuery,
  textSchema,
  versionSchema,
} from './common.ts'
import { route } from './route.ts'

/** `ckan`: Action API v3; `dcat`: RDF in Turtle, JSON-LD or RDF/XML; `tiaoli`: another platform of this kind. */
export const harvestKinds = ['ckan', 'dcat', 'tiaoli'] as const
/** `try` reads and compares, and changes nothing. */
export const harvestModes = ['try', 'real'] as const
/** `held-back`: so much would have gone that nothing was done. */
export const harvestStates = ['waiting', 'reading', 'writing', 'done', 'held-back', 'failed'] as const
/** `not-admitted`: every entry would meet the same refusal, which the run then tells. */
export const harvestFailures = [
  'address-not-allowed',
  'unreachable',
  'too-slow',
  'too-large',
  'refused',
  'malformed',
  'paging-loop',
  'too-many',
  'source-changed',
  'not-admitted',
  'internal',
] as const
/**
 * How a remote entry and its counterpart stand: `same`; `differs`: the source says otherwise and the counterpart has
 * left the harvester's hands; `gone`: the source has it no more; `left`: kept on by the department's decision.
 */
export const harvestedStates = ['same', 'differs', 'gone', 'left'] as const
/** Why something of the source has no counterpart. */
export const withoutReasons = ['no-id', 'no-title', 'not-an-entry', 'repeated', 'refused'] as const
/** What an entry of the catalogue has no place for, or what the source did not say in a form that is known. */
export const lostParts = ['resources', 'theme', 'keywords', 'fields', 'field-type', 'cut', 'markup'] as const

const counts = z.object({
  pages: z.number().int(),
  read: z.number().int(),
  added: z.number().int(),
  changed: z.number().int().describe('Drafts that nobody has worked on: written anew'),
  differing: z.number().int().describe('Left to the department to decide'),
  withdrawn: z
    .number()
    .int()
    .describe('No longer at the source; the counterpart stays until somebody decides'),
  same: z.number().int(),
  without: z.number().int().describe('Read, but without counterpart'),
})
export type HarvestCounts = z.infer<typeof counts>

const example = z.object({ remoteId: z.string(), title: z.string() })
export const parityReportSchema = z.object({
  groups: z
    .array(
      z.object({
        name: z.string().describe('As the source names it; empty where it names nobody'),
        remote: z.number().int(),
        here: z.number().int(),
      }),
    )
    .describe('By organisation or group of the source, the largest first'),
  without: z
    .array(example.extend({ reason: z.enum(withoutReasons), detail: z.string() }))
    .describe('Entries of the source that have no counterpart, each with the reason; at most 200'),
  lost: z
    .array(z.object({ part: z.enum(lostParts), entries: z.number().int() }))
    .describe('What does not come along, and of how many entries'),
})
export type ParityReport = z.infer<typeof parityReportSchema>

export const harvestRunSchema = z.object({
  id: idSchema,
  mode: z.enum(harvestModes),
  state: z.enum(harvestStates),
  askedBy: z.string().nullable().describe('Null where it was due by the schedule'),
  createdAt: instantSchema,
  endedAt: instantSchema.nullable(),
  counts,
  failure: z.enum(harvestFailures).nullable(),
  failedAt: z.string().nullable().describe('Address of the page at which it failed'),
  refusal: z
    .object({
      article: articleSchema.nullable().describe('Null where no article says so'),
      condition: textSchema,
      remedy: textSchema.nullable(),
    })
    .nullable()
    .describe('Why no entry can be taken in; what was written before stays'),
  examples: z.object({
    added: z.array(example),
    changed: z.array(example),
    withdrawn: z.array(example),
  }),
  parity: parityReportSchema,
})
export type HarvestRun = z.infer<typeof harvestRunSchema>

export const harvestSourceSchema = z.object({
  id: idSchema,
  organisation: organisationSummary.describe('Whose entries they become'),
  name: z.string(),
  kind: z.enum(harvestKinds),
  url: z.string(),
  everyHours: z.number().int().nullable().describe('Null: only when somebody asks (not statutory)'),
  mostWithdrawnPercent: z.number().int(),
  enabled: z.boolean(),
  tried: z.boolean().describe('Tried since its address was last changed'),
  version: versionSchema,
  registeredBy: z
    .string()
    .describe(
      'Who is in charge of runs by the schedule: who registered it, or brought it in when that one had left',
    ),
  counterparts: z.number().int(),
  toDecide: z.number().int().describe('Differences that wait for the department'),
  lastRun: harvestRunSchema.nullable(),
  nextRunAt: instantSchema.nullable(),
  createdAt: instantSchema,
})
export type HarvestSource = z.infer<typeof harvestSourceSchema>

export const harvestedEntrySchema = z.object({
  remoteId: z.string(),
  title: z.string(),
  state: z.enum(harvestedStates),
  entryId: idSchema,
  number: z.string(),
  status: z.string(),
  published: z.boolean(),
  differences: z
    .array(z.object({ part: z.string(), before: z.string(), after: z.string() }))
    .describe('What the source says now, against what was taken from it'),
  seenAt: instantSchema,
})
export type HarvestedEntry = z.infer<typeof harvestedEntrySchema>

const address = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine(
    (url) => !URL.canParse(url) || (new URL(url).username === '' && new URL(url).password === ''),
    'No user name or password in the address',
  )
  .describe('Of the CKAN site, of the first page of the catalogue in RDF, or of the other platform')

const content = {
  name: z.string().trim().min(2).max(100),
  kind: z.enum(harvestKinds),
  url: address,
  everyHours: z.number().int().min(1).max(8784).nullable(),
  mostWithdrawnPercent: z.number().int().min(0).max(100).default(20),
}

const sourceParams = z.object({ sourceId: idSchema })
const shared = { access: 'session', since: '0.4' } as const
const problems = ['not-signed-in', 'not-allowed', 'not-found'] as const

export const listHarvestSources = route({
  ...shared,
  id: 'listHarvestSources',
  method: 'GET',
  path: '/api/v1/harvest-sources',
  summary: text('外部目录来源', 'Catalogues of others that are read'),
  query: pageQuery,
  answer: pageOf(harvestSourceSchema),
  problems: [...problems, 'bad-cursor'],
})
export const createHarvestSource = route({
  ...shared,
  id: 'createHarvestSource',
  method: 'POST',
  path: '/api/v1/harvest-sources',
  summary: text('登记外部目录来源', 'Register a catalogue to be read'),
  body: z.object({
    ...content,
    organisationId: z.string().max(60).optional().describe('Administrators name whose entries they become'),
  }),
  answer: harvestSourceSchema,
  status: 201,
  problems: [...problems, 'content-incomplete'],
})
export const getHarvestSource = route({
  ...shared,
  id: 'getHarvestSource',
  method: 'GET',
  path: '/api/v1/harvest-sources/{sourceId}',
  summary: text('外部目录来源及其历次采集', 'A source with its last runs'),
  params: sourceParams,
  answer: harvestSourceSchema.extend({
    runs: z.array(harvestRunSchema).describe('The last twenty, the newest first'),
    acts: z.array(z.enum(['change', 'run', 'decide'])),
  }),
  problems,
})
export const changeHarvestSource = route({
  ...shared,
  id: 'changeHarvestSource',
  method: 'PATCH',
  path: '/api/v1/harvest-sources/{sourceId}',
  summary: text('修改、停用或恢复来源', 'Change a source, switch it off or on'),
  params: sourceParams,
  body: z.object({
    name: content.name.optional(),
    kind: content.kind.optional(),
    url: address.optional(),
    everyHours: content.everyHours.optional(),
    mostWithdrawnPercent: z.number().int().min(0).max(100).optional(),
    enabled: z.boolean().optional(),
    version: versionSchema,
  }),
  answer: harvestSourceSchema,
  problems: [...problems, 'content-incomplete', 'changed-meanwhile'],
})
export const startHarvest = route({
  ...shared,
  id: 'startHarvest',
  method: 'POST',
  path: '/api/v1/harvest-sources/{sourceId}/runs',
  summary: text('试采集或者正式采集', 'Try a source, or take its entries in'),
  params: sourceParams,
  body: z.object({
    mode: z.enum(harvestModes),
    acceptWithdrawals: z
      .boolean()
      .default(false)
      .describe('However many entries are gone: the answer to a run that was held back'),
  }),
  answer: harvestRunSchema,
  status: 202,
  problems: [...problems, 'act-not-available', 'content-incomplete'],
})
export const getHarvestRun = route({
  ...shared,
  id: 'getHarvestRun',
  method: 'GET',
  path: '/api/v1/harvest-sources/{sourceId}/runs/{runId}',
  summary: text('一次采集的结果和对账', 'What a run found, and how both catalogues compare'),
  params: sourceParams.extend({ runId: idSchema }),
  answer: harvestRunSchema,
  problems,
})
export const listHarvested = route({
  ...shared,
  id: 'listHarvested',
  method: 'GET',
  path: '/api/v1/harvest-sources/{sourceId}/entries',
  summary: text('采集所得条目及差异', 'Entries that came from a source, and where they differ'),
  params: sourceParams,
  query: pageQuery.extend({ state: z.enum(harvestedStates).optional() }),
  answer: pageOf(harvestedEntrySchema),
  problems: [...problems, 'bad-cursor'],
})
export const decideHarvested = route({
  ...shared,
  id: 'decideHarvested',
  method: 'POST',
  path: '/api/v1/harvest-sources/{sourceId}/entries/{entryId}/decisions',
  summary: text(
    '处理差异：采用来源内容或者保留本条目',
    'Take what the source says, or keep the entry as it is',
  ),
  params: sourceParams.extend({ entryId: idSchema }),
  body: z.object({
    decision: z
      .enum(['take', 'keep'])
      .describe('take: into the draft, or into a change that still has to be handed in'),
  }),
  answer: harvestedEntrySchema,
  problems: [...problems, 'act-not-available', 'changed-meanwhile', 'content-incomplete', 'refused-by-law'],
})

export const harvestingRoutes = [
  listHarvestSources,
  createHarvestSource,
  getHarvestSource,
  changeHarvestSource,
  startHarvest,
  getHarvestRun,
  listHarvested,
  decideHarvested,
]
