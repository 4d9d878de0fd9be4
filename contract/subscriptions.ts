import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts'
import { route } from './route.ts'

/** Subscriptions that one person may have. */
export const mostSubscriptions = 200

/** A search as the list of entries takes it. */
export const savedSearchSchema = z.object({
  q: z.string().trim().max(200).optional(),
  organisation: z.string().max(60).optional(),
  theme: z.string().max(40).optional(),
  priority: z.string().max(40).optional(),
  sharing: z.string().max(40).optional(),
  opening: z.string().max(40).optional(),
})
export type SavedSearch = z.output<typeof savedSearchSchema>

export const subscriptionSchema = z.object({
  id: idSchema,
  kind: z.enum(['entry', 'organisation', 'search']),
  entryId: z.string().nullable(),
  organisationId: z.string().nullable(),
  search: savedSearchSchema.nullable(),
  title: textSchema.describe('Of the entry, name of the organisation, or the search in words'),
  link: z.string().describe('Page of what is followed'),
  createdAt: instantSchema,
  toldAt: instantSchema.nullable().describe('When it last told of something'),
})
export type Subscription = z.infer<typeof subscriptionSchema>

const shared = { access: 'session', since: '0.5' } as const

export const listSubscriptions = route({
  ...shared,
  id: 'listSubscriptions',
  method: 'GET',
  path: '/api/v1/subscriptions',
  summary: text('我的订阅', 'What I follow'),
  query: pageQuery,
  answer: pageOf(subscriptionSchema),
  problems: ['not-signed-in', 'bad-cursor'],
})
export const subscribe = route({
  ...shared,
  id: 'subscribe',
  method: 'POST',
  path: '/api/v1/subscriptions',
  summary: text(
    '订阅条目、单位或者检索的变化，每天至多通知一次',
    'Follow an entry, an organisation or a search; told once a day at most',
  ),
  body: z
    .object({
      entryId: idSchema.optional(),
      organisationId: z.string().min(1).max(60).optional(),
      search: savedSearchSchema.optional(),
    })
    .refine(
      (body) => Object.values(body).filter((target) => target !== undefined).length === 1,
      'Exactly one of entryId, organisationId and search',
    ),
  answer: subscriptionSchema,
  status: 201,
  problems: ['not-signed-in', 'not-found', 'content-incomplete', 'act-not-available'],
})
export const unsubscribe = route({
  ...shared,
  id: 'unsubscribe',
  method: 'DELETE',
  path: '/api/v1/subscriptions/{subscriptionId}',
  summary: text('取消订阅', 'Follow no longer'),
  params: z.object({ subscriptionId: idSchema }),
  answer: z.object({ id: idSchema }),
  problems: ['not-signed-in', 'not-found'],
})

export const subscriptionRoutes = [listSubscriptions, subscribe, unsubscribe]
