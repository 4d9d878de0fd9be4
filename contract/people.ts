import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { accountEventKinds, accountEventSchema } from './account.ts'
import { instantInput, instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { powers } from './identity.ts'
import { route } from './route.ts'

export const personSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  organisation: organisationSummary.nullable(),
  powers: z.array(z.enum(powers)),
  closedAt: instantSchema.nullable(),
  secondFactor: z.boolean(),
  lastSignInAt: instantSchema.nullable(),
  lockedUntil: instantSchema
    .nullable()
    .describe('Locked for some address, or for all but those it is known at'),
})
export type Person = z.infer<typeof personSchema>

const userId = z.object({ userId: z.string().max(60) })
const power = z.array(z.enum(powers)).max(powers.length)
const reasons = z.string().trim().min(1).max(2000)
const admin = { access: 'admin', bySignIn: true, since: '0.4' } as const

export const listPeople = route({
  ...admin,
  id: 'listPeople',
  method: 'GET',
  path: '/api/v1/people',
  summary: text('平台账号', 'Accounts of the platform'),
  query: pageQuery.extend({
    organisation: z.string().max(60).optional(),
    q: z.string().trim().max(60).optional().describe('Part of the name or the user name'),
  }),
  answer: pageOf(personSchema),
  problems: ['not-signed-in', 'not-allowed', 'bad-cursor'],
})
export const makePerson = route({
  ...admin,
  id: 'makePerson',
  method: 'POST',
  path: '/api/v1/people',
  summary: text('开设账号；初始密码只显示一次', 'Make an account; its first password is shown once'),
  body: z.object({
    username: z.string().regex(/^[A-Za-z0-9_.]{3,30}$/),
    name: z.string().trim().min(2).max(60),
    organisationId: z.string().max(60),
    powers: power,
  }),
  answer: z.object({ person: personSchema, password: z.string() }),
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
})
export const assignPowers = route({
  ...admin,
  id: 'assignPowers',
  method: 'POST',
  path: '/api/v1/people/{userId}/powers',
  summary: text(
    '确定一个人的职责；其会话随之结束',
    'Say which powers a person has; ends the sessions of that person',
  ),
  params: userId,
  body: z.object({ powers: power, reasons }),
  answer: personSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
})

export const personActs = ['close', 'reopen', 'unlock', 'reset-second-factor', 'give-password'] as const
export type PersonAct = (typeof personActs)[number]

export const actOnPerson = route({
  ...admin,
  id: 'actOnPerson',
  method: 'POST',
  path: '/api/v1/people/{userId}/acts/{act}',
  summary: text(
    '停用、恢复、解锁账号，重置双重验证，重发初始密码',
    'Close, reopen or unlock an account, reset its second factor, give it a new first password',
  ),
  params: userId.extend({ act: z.enum(personActs) }),
  body: z.object({ reasons }),
  answer: z.object({
    person: personSchema,
    password: z.string().nullable().describe('Where one was given; it is shown this once'),
  }),
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
})
export const getSignInSetting = route({
  ...admin,
  id: 'getSignInSetting',
  method: 'GET',
  path: '/api/v1/sign-in-setting',
  summary: text('登录安全设置', 'What sign-in asks'),
  answer: z.object({ secondFactorFor: power }),
  problems: ['not-signed-in', 'not-allowed'],
})
export const setSignInSetting = route({
  ...admin,
  id: 'setSignInSetting',
  method: 'POST',
  path: '/api/v1/sign-in-setting',
  summary: text('要求承担哪些职责的人启用双重验证', 'Say of whom the second factor is asked'),
  body: z.object({ secondFactorFor: power }),
  answer: z.object({ secondFactorFor: power }),
  problems: ['not-signed-in', 'not-allowed'],
})
export const listAccountEvents = route({
  id: 'listAccountEvents',
  method: 'GET',
  path: '/api/v1/account-events',
  access: 'session',
  bySignIn: true,
  summary: text(
    '账号审计：市级数据主管部门的系统管理员和监督人员可查',
    'Audit of accounts, for administrators and supervisors at the data authority of the city',
  ),
  query: pageQuery.extend({
    person: z.string().max(60).optional(),
    kind: z.enum(accountEventKinds).optional(),
    from: instantInput({ offset: true }).optional(),
    until: instantInput({ offset: true }).optional().describe('Events before this moment'),
  }),
  answer: pageOf(accountEventSchema),
  problems: ['not-signed-in', 'not-allowed', 'bad-cursor'],
  since: '0.4',
})

export const peopleRoutes = [
  listPeople,
  makePerson,
  assignPowers,
  actOnPerson,
  getSignInSetting,
  setSignInSetting,
  listAccountEvents,
]
