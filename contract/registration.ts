import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema, organisationSummary } from './common.ts'
import { userSchema } from './identity.ts'
import { route } from './route.ts'

export const applicantKinds = ['natural-person', 'legal-person', 'unincorporated-organisation'] as const
export type ApplicantKind = (typeof applicantKinds)[number]

/** `form`: nobody but the platform looked at the number, and only at its form; `service`: name and number were found to belong together. */
export const realNameChecks = ['form', 'service'] as const

/** What is known of an applicant that registered itself. */
export const knownApplicant = z.object({
  kind: z.enum(applicantKinds),
  checkedBy: z.enum(realNameChecks),
  agent: z
    .literal('not-verified')
    .nullable()
    .describe('Whether the person may act for the organisation: nobody has verified it. Null for a person'),
  releasedAt: instantSchema.nullable().describe('When an administrator of the city released it'),
})

export const registrationSchema = knownApplicant.extend({
  registeredAt: instantSchema,
  organisation: organisationSummary.nullable(),
})
export type Registration = z.infer<typeof registrationSchema>

export const getRegistrationTerms = route({
  id: 'getRegistrationTerms',
  method: 'GET',
  path: '/api/v1/registration-terms',
  access: 'public',
  summary: text(
    '注册须知：适用条款与实名核验方式',
    'What registration asks: article, and how names are checked',
  ),
  answer: z.object({
    article: z.string().nullable().describe('Article that lets persons and organisations apply'),
    checkedBy: z.enum(realNameChecks),
    synthetic: z
      .boolean()
      .describe(
        'The service is made up, for a demo city: it knows names that begin with 示例, and numbers that belong to nobody',
      ),
  }),
  problems: [],
  since: '0.3',
})
export const register = route({
  id: 'register',
  method: 'POST',
  path: '/api/v1/registrations',
  access: 'public',
  summary: text(
    '自然人、法人、非法人组织注册；成功即登录',
    'Register as a person or an organisation; signs in at once',
  ),
  body: z.object({
    kind: z.enum(applicantKinds),
    name: z.string().trim().max(60).describe('Of the person; of an organisation, of who acts for it'),
    identityNumber: z.string().max(40).optional().describe('GB 11643; for a natural person. It is not kept'),
    organisationName: z.string().trim().max(120).optional(),
    creditCode: z.string().max(40).optional().describe('GB 32100; for an organisation'),
    username: z.string().trim().max(30),
    password: z.string().max(200),
  }),
  answer: z.object({ user: userSchema, registration: registrationSchema }),
  status: 201,
  problems: ['content-incomplete', 'act-not-available', 'source-unavailable', 'too-many-requests'],
  since: '0.3',
})
export const getRegistration = route({
  id: 'getRegistration',
  method: 'GET',
  path: '/api/v1/registration',
  access: 'session',
  summary: text('本人的注册情况；不含证件号码', 'My own registration; without any number'),
  answer: z.object({ registration: registrationSchema.nullable() }),
  problems: ['not-signed-in'],
  since: '0.3',
})

export const releaseRegistration = route({
  id: 'releaseRegistration',
  method: 'POST',
  path: '/api/v1/organisations/{organisationId}/acts/release-registration',
  access: 'admin',
  summary: text(
    '解除冒用单位名义的注册（须说明理由）：账号停用，统一社会信用代码可以重新注册',
    'Release a registration made in the name of an organisation, with reasons: its account is closed and the code is free',
  ),
  params: z.object({ organisationId: z.string().max(60) }),
  body: z.object({ reasons: z.string().trim().min(1).max(2000) }),
  answer: z.object({ registration: registrationSchema }),
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.3',
})

export const registrationRoutes = [getRegistrationTerms, register, getRegistration, releaseRegistration]
