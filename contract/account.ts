import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { route } from './route.ts'

/** What can happen to an account. */
export const accountEventKinds = [
  'signed-in',
  'sign-in-refused',
  'locked',
  'unlocked',
  'signed-out',
  'sessions-ended',
  'made',
  'password-changed',
  'password-given',
  'second-factor-on',
  'second-factor-off',
  'second-factor-reset',
  'backup-codes',
  'key-made',
  'key-revoked',
  'powers',
  'closed',
  'reopened',
  'linked',
  'unlinked',
  'setting',
] as const

export const accountEventSchema = z.object({
  id: z.string(),
  at: instantSchema,
  kind: z.enum(accountEventKinds),
  person: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('Whose account; null where nobody has that name'),
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
  address: z.string().nullable(),
  agent: z.string().nullable().describe('User-Agent, as it came'),
  details: z.record(z.string(), z.unknown()),
  recordId: z.string().describe('Its record in the ledger'),
})
export type AccountEventView = z.infer<typeof accountEventSchema>

export const sessionSchema = z.object({
  id: z.string(),
  startedAt: instantSchema,
  expiresAt: instantSchema,
  address: z.string(),
  agent: z.string(),
  current: z.boolean(),
})
export type SessionView = z.infer<typeof sessionSchema>

const code = z.string().trim().min(1).max(40)
const password = z.string().min(1).max(200)
const own = { access: 'session', bySignIn: true, whileUnready: true, since: '0.4' } as const

export const getAccount = route({
  ...own,
  id: 'getAccount',
  method: 'GET',
  path: '/api/v1/account',
  summary: text('本人账号：双重验证、密码与绑定情况', 'My account: second factor, password, links'),
  answer: z.object({
    username: z.string(),
    name: z.string(),
    organisation: organisationSummary.nullable(),
    hasPassword: z.boolean(),
    secondFactor: z.object({
      on: z.boolean(),
      backupCodesLeft: z.number().int(),
      demanded: z.boolean().describe('The installation asks for it of who holds these powers'),
    }),
    unready: z.enum(['new-password', 'second-factor']).nullable(),
  }),
  problems: ['not-signed-in'],
})
export const listSessions = route({
  ...own,
  id: 'listSessions',
  method: 'GET',
  path: '/api/v1/account/sessions',
  summary: text('本人的登录会话', 'My sessions'),
  answer: z.object({ items: z.array(sessionSchema).describe('Newest first, 200 at most') }),
  problems: ['not-signed-in'],
})
export const endSession = route({
  ...own,
  id: 'endSession',
  method: 'DELETE',
  path: '/api/v1/account/sessions/{sessionId}',
  summary: text('结束本人的一个会话', 'End one of my sessions'),
  params: z.object({ sessionId: z.string().max(100) }),
  answer: z.object({ ended: z.number().int() }),
  problems: ['not-signed-in', 'not-found'],
})
export const endOtherSessions = route({
  ...own,
  id: 'endOtherSessions',
  method: 'POST',
  path: '/api/v1/account/sessions/end-others',
  summary: text('结束本人其他全部会话', 'End all my other sessions'),
  answer: z.object({ ended: z.number().int() }),
  problems: ['not-signed-in'],
})
export const listOwnEvents = route({
  ...own,
  id: 'listOwnEvents',
  method: 'GET',
  path: '/api/v1/account/events',
  summary: text('本人账号的登录与安全记录', 'Sign-ins and changes of my account'),
  query: pageQuery,
  answer: pageOf(accountEventSchema),
  problems: ['not-signed-in', 'bad-cursor'],
})
export const changePassword = route({
  ...own,
  id: 'changePassword',
  method: 'POST',
  path: '/api/v1/account/password',
  summary: text('更换密码；其他会话随之结束', 'Change my password; ends my other sessions'),
  body: z.object({ password, newPassword: z.string().max(200) }),
  answer: z.object({ changed: z.literal(true) }),
  problems: [
    'not-signed-in',
    'password-wrong',
    'content-incomplete',
    'act-not-available',
    'too-many-requests',
  ],
})
export const beginSecondFactor = route({
  ...own,
  id: 'beginSecondFactor',
  method: 'POST',
  path: '/api/v1/account/second-factor',
  summary: text(
    '开始启用双重验证（须再次输入密码）',
    'Begin to set up the second factor; asks for the password again',
  ),
  body: z.object({ password: password.optional().describe('Where the account has one') }),
  answer: z.object({
    secret: z.string().describe('Base32, to be typed where no picture can be read'),
    address: z.string().describe('otpauth:// address, for a QR code'),
  }),
  problems: ['not-signed-in', 'password-wrong', 'sign-in-again', 'act-not-available', 'too-many-requests'],
})
export const confirmSecondFactor = route({
  ...own,
  id: 'confirmSecondFactor',
  method: 'POST',
  path: '/api/v1/account/second-factor/confirmation',
  summary: text('以验证码确认启用；备用码只显示一次', 'Confirm by a code; backup codes are shown once'),
  body: z.object({ code }),
  answer: z.object({ backupCodes: z.array(z.string()) }),
  problems: ['not-signed-in', 'second-factor-wrong', 'act-not-available', 'too-many-requests'],
})
export const renewBackupCodes = route({
  ...own,
  id: 'renewBackupCodes',
  method: 'POST',
  path: '/api/v1/account/second-factor/backup-codes',
  summary: text('重新生成备用码；原有备用码作废', 'New backup codes; the former ones are void'),
  body: z.object({ code }),
  answer: z.object({ backupCodes: z.array(z.string()) }),
  problems: ['not-signed-in', 'second-factor-wrong', 'act-not-available', 'too-many-requests'],
})
export const endSecondFactor = route({
  ...own,
  id: 'endSecondFactor',
  method: 'POST',
  path: '/api/v1/account/second-factor/end',
  summary: text('停用双重验证', 'Give the second factor up'),
  body: z.object({ code }),
  answer: z.object({ on: z.literal(false) }),
  problems: ['not-signed-in', 'not-allowed', 'second-factor-wrong', 'act-not-available', 'too-many-requests'],
})

export const accountRoutes = [
  getAccount,
  listSessions,
  endSession,
  endOtherSessions,
  listOwnEvents,
  changePassword,
  beginSecondFactor,
  confirmSecondFactor,
  renewBackupCodes,
  endSecondFactor,
]
