import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, textSchema } from './common.ts'
import { route } from './route.ts'

/** Systems to which one user has notices sent. */
export const mostHooks = 3

const hookSchema = z.object({ id: z.string(), url: z.string(), madeAt: instantSchema })

const deliverySchema = z.object({
  id: z.string(),
  channel: z.enum(['mail', 'hook']),
  to: z.string(),
  title: textSchema,
  at: instantSchema,
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.number().int(),
  failure: z.string().nullable().describe('Code of the last failure'),
})

export const channelsSchema = z.object({
  feed: z.object({ madeAt: instantSchema }).nullable(),
  mail: z.object({
    offered: z.boolean().describe('The installation has a mail server'),
    address: z.string().nullable(),
    confirmed: z.boolean(),
  }),
  hooks: z.object({ offered: z.boolean(), items: z.array(hookSchema).max(mostHooks) }),
  deliveries: z.array(deliverySchema).max(20).describe('The newest, first'),
})
export type Channels = z.infer<typeof channelsSchema>

export const getChannels = route({
  id: 'getChannels',
  method: 'GET',
  path: '/api/v1/channels',
  access: 'session',
  summary: text('通知方式：日历订阅、邮件、Webhook', 'How one is told: calendar feed, e-mail, webhook'),
  answer: channelsSchema,
  problems: ['not-signed-in'],
  since: '0.3',
})
export const makeFeed = route({
  id: 'makeFeed',
  method: 'POST',
  path: '/api/v1/channels/feed',
  access: 'session',
  summary: text(
    '生成到期日历的订阅地址，原地址随即失效',
    'A new address of the calendar of due dates; the old one ends',
  ),
  answer: channelsSchema.extend({ address: z.string().describe('Shown once') }),
  status: 201,
  problems: ['not-signed-in'],
  since: '0.3',
})
export const revokeFeed = route({
  id: 'revokeFeed',
  method: 'DELETE',
  path: '/api/v1/channels/feed',
  access: 'session',
  summary: text('停用到期日历的订阅地址', 'End the address of the calendar'),
  answer: channelsSchema,
  problems: ['not-signed-in'],
  since: '0.3',
})
export const getFeed = route({
  id: 'getFeed',
  method: 'GET',
  path: '/api/v1/calendar-feeds/{secret}/due.ics',
  access: 'public',
  summary: text(
    '到期日历（iCalendar）：只有编号、时限名称和日期',
    'Due dates (iCalendar): numbers, names of periods and dates only',
  ),
  params: z.object({ secret: z.string().max(100) }),
  answer: 'stream',
  problems: ['not-found'],
  since: '0.3',
})
export const setMail = route({
  id: 'setMail',
  method: 'POST',
  path: '/api/v1/channels/mail',
  access: 'session',
  summary: text('填写接收通知的邮箱，系统发送验证码', 'State a mail address; a code is sent to it'),
  body: z.object({ address: z.email().max(200) }),
  answer: channelsSchema,
  problems: ['not-signed-in', 'content-incomplete', 'act-not-available', 'too-many-requests'],
  since: '0.3',
})
export const confirmMail = route({
  id: 'confirmMail',
  method: 'POST',
  path: '/api/v1/channels/mail/acts/confirm',
  access: 'session',
  summary: text('以验证码确认邮箱', 'Confirm the address by the code'),
  body: z.object({ code: z.string().regex(/^\d{8}$/) }),
  answer: channelsSchema,
  problems: ['not-signed-in', 'content-incomplete', 'act-not-available'],
  since: '0.3',
})
export const stopMail = route({
  id: 'stopMail',
  method: 'DELETE',
  path: '/api/v1/channels/mail',
  access: 'session',
  summary: text('停止邮件通知', 'Stop mail'),
  answer: channelsSchema,
  problems: ['not-signed-in'],
  since: '0.3',
})
export const addHook = route({
  id: 'addHook',
  method: 'POST',
  path: '/api/v1/channels/hooks',
  access: 'session',
  summary: text(
    '登记接收通知的系统（签名的 Webhook）',
    'Have notices sent to a system, each signed (webhook)',
  ),
  body: z.object({
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .refine((url) => !/^[^/]*\/\/[^/]*@/.test(url), 'No user name or password'),
  }),
  answer: channelsSchema.extend({ secret: z.string().describe('Shown once: key of the signatures') }),
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'content-incomplete', 'act-not-available'],
  since: '0.3',
})
export const removeHook = route({
  id: 'removeHook',
  method: 'DELETE',
  path: '/api/v1/channels/hooks/{hookId}',
  access: 'session',
  summary: text('不再向该系统发送通知', 'Stop sending to that system'),
  params: z.object({ hookId: idSchema }),
  answer: channelsSchema,
  problems: ['not-signed-in', 'not-found'],
  since: '0.3',
})

export const messageRoutes = [
  getChannels,
  makeFeed,
  revokeFeed,
  getFeed,
  setMail,
  confirmMail,
  stopMail,
  addHook,
  removeHook,
]
