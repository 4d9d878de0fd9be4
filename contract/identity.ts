import { isCivilDate } from '@tiaoli/kernel/instants'
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
import { route } from './route.ts'

export const powers = ['steward', 'requester', 'officer', 'supervisor', 'admin'] as const

export const organisationSchema = organisationSummary.extend({
  kind: z.enum(['authority', 'department', 'public-service', 'company']),
  level: z.enum(['city', 'district']),
  creditCode: z.string(),
  roles: z.array(z.string()).describe('Roles of the rulebook that it holds'),
  budgetFunded: z.boolean(),
  entryCount: z.number().int(),
})
export type Organisation = z.infer<typeof organisationSchema>

export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  organisation: organisationSummary.nullable(),
  powers: z.array(z.enum(powers)),
  authority: z
    .enum(['city', 'district'])
    .nullable()
    .describe('The data authority that the user belongs to is that of the city or of a district; null: none'),
})
export type User = z.infer<typeof userSchema>

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('First characters, to recognise it by'),
  grantId: z.string().nullable(),
  entryTitle: z.string().nullable(),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
  system: z.string().nullable(),
  addresses: z.array(z.string()),
  entries: z
    .array(z.object({ id: z.string(), title: z.string() }))
    .nullable()
    .describe('Entries that the key is kept to; null where to none in particular'),
})
export type ApiKey = z.infer<typeof apiKeySchema>

export const noticeSchema = z.object({
  id: z.string(),
  at: instantSchema,
  kind: z.string(),
  title: textSchema,
  body: textSchema,
  link: z.string().nullable().describe('Path in the web interface'),
  readAt: instantSchema.nullable(),
})
export type Notice = z.infer<typeof noticeSchema>

export const signIn = route({
  id: 'signIn',
  method: 'POST',
  path: '/api/v1/session',
  access: 'public',
  summary: text('登录', 'Sign in'),
  body: z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
  answer: z.object({
    user: userSchema.nullable().describe('Null while a code of the second factor is asked for'),
    secondFactor: z.boolean().describe('A code is asked for: see giveSecondFactor'),
  }),
  problems: ['wrong-credentials', 'not-allowed', 'too-many-requests'],
  since: '0.1',
})
export const giveSecondFactor = route({
  id: 'giveSecondFactor',
  method: 'POST',
  path: '/api/v1/session/second-factor',
  access: 'public',
  summary: text('登录第二步：验证码或者备用码', 'Second step of signing in: a code, or a backup code'),
  body: z.object({ code: z.string().trim().min(1).max(40) }),
  answer: z.object({ user: userSchema }),
  problems: ['second-factor-wrong', 'sign-in-again', 'not-allowed', 'too-many-requests'],
  since: '0.4',
})
export const currentSession = route({
  id: 'currentSession',
  method: 'GET',
  path: '/api/v1/session',
  access: 'caller',
  whileUnready: true,
  summary: text('当前登录情况', 'Who is signed in'),
  answer: z.object({
    user: userSchema.nullable(),
    unready: z.enum(['new-password', 'second-factor']).nullable().describe('What has to be set up first'),
    unreadNotices: z.number().int(),
    inbox: z.number().int(),
  }),
  problems: [],
  since: '0.1',
})
export const signOut = route({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/v1/session',
  access: 'caller',
  whileUnready: true,
  summary: text('退出登录', 'Sign out'),
  answer: z.object({ signedOut: z.boolean() }),
  problems: [],
  since: '0.1',
})
export const listOrganisations = route({
  id: 'listOrganisations',
  method: 'GET',
  path: '/api/v1/organisations',
  access: 'public',
  summary: text('单位名录', 'Organisations'),
  query: pageQuery.extend({ limit: z.coerce.number().int().min(1).max(500).default(200) }),
  answer: pageOf(organisationSchema),
  problems: ['bad-cursor'],
  since: '0.1',
})
export const assignRoles = route({
  id: 'assignRoles',
  method: 'POST',
  path: '/api/v1/organisations/{organisationId}/roles',
  access: 'admin',
  summary: text('确定单位在条例中的角色', 'Say which roles of the regulation an organisation holds'),
  params: z.object({ organisationId: z.string().max(60) }),
  body: z.object({ roles: z.array(z.string().max(60)).max(30) }),
  answer: organisationSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete', 'refused-by-law'],
  since: '0.2',
})
export const createApiKey = route({
  id: 'createApiKey',
  method: 'POST',
  path: '/api/v1/api-keys',
  access: 'session',
  bySignIn: true,
  summary: text('新建接口密钥（只显示一次）', 'Make an API key; it is shown once'),
  body: z.object({
    name: z.string().trim().min(1).max(100),
    grantId: idSchema.optional().describe('Bind the key to one grant'),
    expiresOn: civilDateSchema
      .refine((value) => isCivilDate(value))
      .optional()
      .describe('Last day on which it works: within a year, and a year from today where absent'),
    system: z.string().trim().min(1).max(100).optional().describe('System that the key belongs to'),
    addresses: z
      .array(z.string().trim().min(1).max(50))
      .max(20)
      .optional()
      .describe('Addresses or ranges (CIDR) from which it works; from anywhere where absent'),
    entryIds: z.array(idSchema).min(1).max(100).optional().describe('Keep the key to these entries'),
  }),
  answer: z.object({ apiKey: apiKeySchema, key: z.string().describe('Send it as Authorization: Bearer …') }),
  status: 201,
  problems: ['not-signed-in', 'not-found', 'content-incomplete', 'refused-by-law'],
  since: '0.1',
})
export const listApiKeys = route({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api/v1/api-keys',
  access: 'session',
  summary: text('我的接口密钥', 'My API keys'),
  query: pageQuery,
  answer: pageOf(apiKeySchema),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.1',
})
export const revokeApiKey = route({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api/v1/api-keys/{keyId}',
  access: 'session',
  summary: text('撤销接口密钥', 'Revoke an API key'),
  params: z.object({ keyId: idSchema }),
  answer: apiKeySchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.1',
})
export const listNotices = route({
  id: 'listNotices',
  method: 'GET',
  path: '/api/v1/notices',
  access: 'session',
  summary: text('我的通知', 'My notices'),
  query: pageQuery,
  answer: pageOf(noticeSchema),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.1',
})
export const readNotices = route({
  id: 'readNotices',
  method: 'POST',
  path: '/api/v1/notices/read',
  access: 'session',
  summary: text('通知标为已读', 'Mark notices as read'),
  body: z.object({ ids: z.array(idSchema).max(200).optional().describe('All, where absent') }),
  answer: z.object({ read: z.number().int() }),
  problems: ['not-signed-in'],
  since: '0.1',
})

export const identityRoutes = [
  signIn,
  giveSecondFactor,
  currentSession,
  signOut,
  listOrganisations,
  assignRoles,
  createApiKey,
  listApiKeys,
  revokeApiKey,
  listNotices,
  readNotices,
]
