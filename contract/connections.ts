import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { route } from './route.ts'

/** `testing`: a first check is under way; `broken`: it was connected, and the last check failed. */
export const connectionStates = ['not-connected', 'testing', 'connected', 'broken'] as const
export const checkFailures = [
  'address-not-allowed',
  'unreachable',
  'too-slow',
  'too-large',
  'not-json',
  'refused',
  'no-interface',
  'table-unreadable',
  'not-encrypted',
] as const
export const connectionModes = ['interface', 'database'] as const

/** A name in a database: PostgreSQL lets one have 63 bytes, MySQL 64 signs. */
export const databaseName = z
  .string()
  .min(1)
  .max(64)
  .refine((name) => !name.includes('\0'), 'A name without zero bytes')

/** A table or view of a database, and its columns. */
export const sourceTableSchema = z.object({
  schema: databaseName
    .nullable()
    .default(null)
    .describe('Null: where unnamed tables lie: public in PostgreSQL, the database of the address in MySQL'),
  name: databaseName.describe('Table or view'),
  columns: z
    .array(z.object({ field: z.string().min(1).max(100), column: databaseName }))
    .max(2000)
    .default([])
    .describe('Only where a column has another name than its field'),
  changedColumn: databaseName
    .nullable()
    .default(null)
    .describe('Column that says when a row last changed; null where the table has none'),
})

const linkSchema = z.object({
  entryId: idSchema,
  title: z.string(),
  atSource: z.boolean(),
  table: z
    .object({ schema: z.string().nullable(), name: z.string(), changedColumn: z.string().nullable() })
    .nullable(),
  stale: z.boolean().describe('Older at the source than the update cycle of the entry; not statutory'),
  measured: z
    .object({
      at: instantSchema,
      rows: z.number().int().nullable(),
      changedAt: instantSchema.nullable(),
      failure: z.enum(checkFailures).nullable(),
    })
    .nullable()
    .describe('What the platform counted in the table when it last looked'),
})

export const systemSchema = z.object({
  id: idSchema,
  organisation: organisationSummary,
  name: z.string(),
  mode: z.enum(connectionModes).nullable().describe('Null where it has neither interface nor database yet'),
  user: z.string().nullable().describe('As whom the platform signs in to the database'),
  url: z.string().nullable().describe('Only for its own organisation and for the authority'),
  hasToken: z.boolean(),
  limitSeconds: z.number().int().nullable().describe('Data older than this are stale'),
  limitKind: z
    .literal('local')
    .nullable()
    .describe('Never statutory (非法定): the owner of the system states it'),
  state: z.enum(connectionStates),
  stale: z.boolean(),
  checkedAt: instantSchema.nullable(),
  okAt: instantSchema.nullable(),
  changedAt: instantSchema.nullable().describe('When the data at the source last changed, as it says itself'),
  failure: z.enum(checkFailures).nullable(),
  entries: z.array(linkSchema),
  createdAt: instantSchema,
})
export type SourceSystem = z.infer<typeof systemSchema>

export const systemDetailSchema = systemSchema.extend({
  checks: z.array(
    z.object({
      at: instantSchema,
      tookMs: z.number().int(),
      ok: z.boolean(),
      failure: z.enum(checkFailures).nullable(),
      status: z.number().int().nullable(),
    }),
  ),
  acts: z.array(z.enum(['check', 'change'])),
})

/** Addresses of databases that the platform reads: PostgreSQL, and MySQL with MariaDB. */
export const databaseProtocol = /^(?:postgresql|postgres|mysql|mariadb):/

/** Of a database nothing but its place and whether the call is kept secret may stand in the address. */
export function isDatabaseAddress(given: string): boolean {
  if (!URL.canParse(given) || !databaseProtocol.test(given)) return true
  const { hostname, pathname, search, hash } = new URL(given)
  return (
    hostname !== '' &&
    /^\/[^/]+$/.test(pathname) &&
    hash === '' &&
    ['', '?sslmode=verify-full', '?sslmode=disable'].includes(search)
  )
}

const systemParams = z.object({ systemId: idSchema })
const address = z
  .url({ protocol: /^(https?|postgresql|postgres|mysql|mariadb)$/ })
  .max(500)
  .refine(
    (url) => !URL.canParse(url) || (new URL(url).username === '' && new URL(url).password === ''),
    'No user name or password in the address',
  )
  .refine(
    isDatabaseAddress,
    'A database as postgresql:// or mysql://host:port/database, with ?sslmode=verify-full for TLS, which may be left out only within the ranges that the installation opens',
  )
  .nullable()
  .describe(
    'Base address of the interface: GET answers its state, GET /rows/{key} one row; or of a database of PostgreSQL, MySQL or MariaDB',
  )

const content = {
  name: z.string().trim().min(2).max(100),
  url: address,
  user: z
    .string()
    .trim()
    .min(1)
    .max(63)
    .nullable()
    .optional()
    .describe('Of a database: as whom to sign in; one that may read only what is needed'),
  token: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[\x21-\x7e]+$/, 'Signs that a header can hold, without spaces')
    .nullable()
    .optional()
    .describe(
      'Sent as a bearer token, or the password of the database; never shown again; to be stated anew with another server',
    ),
  limitSeconds: z.number().int().min(10).max(31_622_400).nullable(),
}

export const listSourceSystems = route({
  id: 'listSourceSystems',
  method: 'GET',
  path: '/api/v1/source-systems',
  access: 'session',
  summary: text('信息系统接入台账', 'Inventory of systems and their connection'),
  query: pageQuery.extend({ state: z.enum(connectionStates).optional() }),
  answer: pageOf(systemSchema).extend({
    counts: z.object({
      'not-connected': z.number().int(),
      testing: z.number().int(),
      connected: z.number().int(),
      broken: z.number().int(),
      stale: z.number().int(),
    }),
  }),
  problems: ['not-signed-in', 'not-found', 'bad-cursor'],
  since: '0.2',
})
export const getSourceSystem = route({
  id: 'getSourceSystem',
  method: 'GET',
  path: '/api/v1/source-systems/{systemId}',
  access: 'session',
  summary: text('信息系统及其检测记录', 'A system and what its checks found'),
  params: systemParams,
  answer: systemDetailSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.2',
})
export const createSourceSystem = route({
  id: 'createSourceSystem',
  method: 'POST',
  path: '/api/v1/source-systems',
  access: 'session',
  summary: text('登记信息系统', 'Register a system'),
  body: z.object(content),
  answer: systemDetailSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const changeSourceSystem = route({
  id: 'changeSourceSystem',
  method: 'PATCH',
  path: '/api/v1/source-systems/{systemId}',
  access: 'session',
  summary: text('修改信息系统', 'Change a system'),
  params: systemParams,
  body: z.object(content).partial(),
  answer: systemDetailSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.2',
})
export const checkSourceSystem = route({
  id: 'checkSourceSystem',
  method: 'POST',
  path: '/api/v1/source-systems/{systemId}/checks',
  access: 'session',
  summary: text('立即检测连接', 'Check the connection now'),
  params: systemParams,
  answer: systemDetailSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.2',
})
export const linkSourceEntry = route({
  id: 'linkSourceEntry',
  method: 'POST',
  path: '/api/v1/source-systems/{systemId}/entries',
  access: 'session',
  summary: text('关联目录条目', 'Link an entry to a system'),
  params: systemParams,
  body: z.object({
    entryId: idSchema,
    atSource: z.boolean().describe('The rows stay in the system and are answered from there'),
    table: sourceTableSchema.nullable().default(null).describe('Needed with a database, and only there'),
  }),
  answer: systemDetailSchema,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'content-incomplete',
    'act-not-available',
    'refused-by-law',
  ],
  since: '0.2',
})

export const loadSourceEntry = route({
  id: 'loadSourceEntry',
  method: 'POST',
  path: '/api/v1/source-systems/{systemId}/entries/{entryId}/loads',
  access: 'session',
  summary: text('从来源数据库读取全部数据入库', 'Read the whole table of an entry and take it in'),
  params: z.object({ systemId: idSchema, entryId: idSchema }),
  answer: z.object({ batchId: z.string() }),
  status: 202,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-not-available',
    'refused-by-law',
    'source-unavailable',
    'too-large',
  ],
  since: '0.3',
})

export const connectionRoutes = [
  listSourceSystems,
  getSourceSystem,
  createSourceSystem,
  changeSourceSystem,
  checkSourceSystem,
  linkSourceEntry,
  loadSourceEntry,
]
