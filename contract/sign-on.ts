import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, pageOf, pageQuery, textSchema } from './common.ts'
import { powers, userSchema } from './identity.ts'
import { route } from './route.ts'

/** What a mapping may give. Who looks after accounts is named by a person, never by a claim. */
export const mappedPowers = powers.filter((power) => power !== 'admin')

const label = z.object({
  zh: z.string().trim().min(1).max(40),
  en: z.string().trim().min(1).max(60),
})
const mapping = z
  .array(
    z.object({
      value: z.string().trim().min(1).max(200).describe('Value of the claim'),
      organisationId: z.string().max(60),
      powers: z.array(z.enum(mappedPowers)).max(mappedPowers.length),
    }),
  )
  .max(500)

export const providerSchema = z.object({
  id: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  label: textSchema,
  claim: z.string().nullable().describe('Claim of the ID token by which accounts are made; null: none are'),
  mapping,
  enabled: z.boolean(),
  changedAt: instantSchema,
})
export type SignOnProvider = z.infer<typeof providerSchema>

const providerInput = z.object({
  issuer: z.url().max(300).describe('Issuer identifier (OpenID Connect Discovery 1.0)'),
  clientId: z.string().trim().min(1).max(200),
  clientSecret: z.string().trim().min(1).max(500).optional().describe('Kept sealed; as it is where absent'),
  label,
  claim: z.string().trim().min(1).max(100).nullable(),
  mapping,
  enabled: z.boolean(),
})
export type ProviderInput = z.infer<typeof providerInput>

const providerId = z.object({ providerId: idSchema })
const admin = { access: 'admin', bySignIn: true, since: '0.4' } as const
const own = { access: 'session', bySignIn: true, whileUnready: true, since: '0.4' } as const

export const listSignOn = route({
  id: 'listSignOn',
  method: 'GET',
  path: '/api/v1/sign-on',
  access: 'public',
  summary: text('可用的统一身份认证', 'Identity providers that sign people on'),
  answer: z.object({ items: z.array(z.object({ id: z.string(), label: textSchema })) }),
  problems: [],
  since: '0.4',
})
export const beginSignOn = route({
  id: 'beginSignOn',
  method: 'POST',
  path: '/api/v1/sign-on/{providerId}/begin',
  access: 'caller',
  whileUnready: true,
  summary: text(
    '转到统一身份认证登录，或者绑定本人账号',
    'Go to the provider, to sign on or to link my account',
  ),
  params: providerId,
  body: z.object({
    link: z.boolean().default(false).describe('Link the account that is signed in'),
    password: z.string().min(1).max(200).optional().describe('To link: of the account, where it has one'),
    code: z.string().trim().min(1).max(40).optional().describe('To link: of the second factor, instead'),
  }),
  answer: z.object({ address: z.string().describe('Where the browser goes') }),
  problems: [
    'not-found',
    'not-allowed',
    'sign-on-refused',
    'too-many-requests',
    'password-wrong',
    'second-factor-wrong',
    'sign-in-again',
  ],
  since: '0.4',
})
export const completeSignOn = route({
  id: 'completeSignOn',
  method: 'POST',
  path: '/api/v1/sign-on/return',
  access: 'caller',
  whileUnready: true,
  summary: text('从统一身份认证返回', 'Come back from the provider'),
  body: z.object({
    parameters: z.string().max(8000).describe('Query of the address that the provider led to'),
  }),
  answer: z.object({
    user: userSchema.nullable().describe('Null while a code of the second factor is asked for'),
    secondFactor: z.boolean(),
    linked: z.boolean().describe('The account that is signed in was linked'),
  }),
  problems: ['sign-on-refused', 'not-allowed', 'too-many-requests', 'wrong-credentials'],
  since: '0.4',
})
export const listLinks = route({
  ...own,
  id: 'listLinks',
  method: 'GET',
  path: '/api/v1/account/sign-on',
  summary: text('本人账号绑定的统一身份认证', 'Providers that my account is linked with'),
  answer: z.object({
    items: z.array(
      z.object({
        providerId: z.string(),
        label: textSchema,
        linkedAt: instantSchema,
        byMapping: z.boolean().describe('The account was made by the mapping of the provider'),
      }),
    ),
  }),
  problems: ['not-signed-in'],
})
export const unlink = route({
  ...own,
  id: 'unlink',
  method: 'DELETE',
  path: '/api/v1/account/sign-on/{providerId}',
  summary: text('解除绑定', 'Unlink my account'),
  params: providerId,
  answer: z.object({ unlinked: z.literal(true) }),
  problems: ['not-signed-in', 'not-found', 'act-not-available'],
})
export const listProviders = route({
  ...admin,
  id: 'listProviders',
  method: 'GET',
  path: '/api/v1/sign-on-providers',
  summary: text('统一身份认证的设置', 'Settings of identity providers'),
  query: pageQuery,
  answer: pageOf(providerSchema).extend({
    returnAddress: z.string().describe('To be registered at the provider'),
  }),
  problems: ['not-signed-in', 'not-allowed', 'bad-cursor'],
})
export const addProvider = route({
  ...admin,
  id: 'addProvider',
  method: 'POST',
  path: '/api/v1/sign-on-providers',
  summary: text('接入统一身份认证', 'Add an identity provider'),
  body: providerInput,
  answer: providerSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'content-incomplete'],
})
export const changeProvider = route({
  ...admin,
  id: 'changeProvider',
  method: 'POST',
  path: '/api/v1/sign-on-providers/{providerId}',
  summary: text('修改或者停用统一身份认证', 'Change an identity provider, or switch it off'),
  params: providerId,
  body: providerInput,
  answer: providerSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
})

export const signOnRoutes = [
  listSignOn,
  beginSignOn,
  completeSignOn,
  listLinks,
  unlink,
  listProviders,
  addProvider,
  changeProvider,
]
