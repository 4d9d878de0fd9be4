import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { grantSchema } from './cases.ts'
import { idSchema, instantSchema, textSchema } from './common.ts'
import { route } from './route.ts'

const params = z.object({ grantId: idSchema })
const grounds = z.object({
  reasons: z.string().trim().min(1).max(2000),
  basis: z.string().trim().min(1).max(500),
})

export const suspendGrant = route({
  id: 'suspendGrant',
  method: 'POST',
  path: '/api/v1/grants/{grantId}/acts/suspend',
  access: 'session',
  summary: text(
    '暂停使用许可（须说明理由和依据），自下一次调用起生效',
    'Suspend a grant, with reasons and basis; it holds from the next call',
  ),
  params,
  body: grounds,
  answer: grantSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.3',
})
export const resumeGrant = route({
  id: 'resumeGrant',
  method: 'POST',
  path: '/api/v1/grants/{grantId}/acts/resume',
  access: 'session',
  summary: text('恢复已暂停的使用许可', 'Resume a suspended grant'),
  params,
  body: grounds,
  answer: grantSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.3',
})
export const getGrantRenewal = route({
  id: 'getGrantRenewal',
  method: 'GET',
  path: '/api/v1/grants/{grantId}/renewal',
  access: 'session',
  summary: text(
    '续用或者变更场景再申请时沿用的申请内容',
    'What a request to renew, or a repeat request, starts from',
  ),
  params,
  answer: z.object({
    procedure: z.string(),
    entryId: z.string(),
    content: z.record(z.string(), z.unknown()).describe('What was stated before and can be stated again'),
    gone: z.array(z.string()).describe('Fields of the grant that the entry no longer has'),
    obstacle: z
      .object({ article: z.string().nullable(), condition: textSchema, remedy: textSchema })
      .nullable()
      .describe('Why the grant cannot be renewed now; a new request may still be filed'),
  }),
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'refused-by-law'],
  since: '0.3',
})
export const getGrantTracing = route({
  id: 'getGrantTracing',
  method: 'GET',
  path: '/api/v1/grants/{grantId}/tracing',
  access: 'session',
  summary: text(
    '依该许可提供的数据外流时，能否从摘取的数据行查明来源',
    'How far rows that leak out of what the grant gives can be traced to it',
  ),
  params,
  answer: z.object({
    traceability: z
      .enum(['values', 'forms', 'file'])
      .describe(
        'values: by what stands in the rows, even saved anew by another program; forms: by how cells are written, until they are written anew; file: not by rows, only by the file as a whole',
      ),
    runningText: z.array(z.string()).describe('Fields whose running text carries a mark'),
  }),
  problems: ['not-signed-in', 'not-allowed', 'not-found'],
  since: '0.4',
})
export const renewGrant = route({
  id: 'renewGrant',
  method: 'POST',
  path: '/api/v1/grants/{grantId}/acts/renew',
  access: 'session',
  summary: text(
    '到期前申请续用：场景不变，信息项不增加，经同一程序办理',
    'Ask for a grant to go on before it ends: same scenario, no further fields, by the same procedure',
  ),
  params,
  body: z.object({ content: z.record(z.string().max(60), z.unknown()) }),
  answer: z.object({ caseId: z.string(), number: z.string() }),
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'act-not-available',
    'refused-by-law',
    'content-incomplete',
    'changed-meanwhile',
  ],
  since: '0.3',
})

export const vendorSchema = z.object({
  id: z.string(),
  name: z.string(),
  creditCode: z.string(),
  task: z.string(),
  declaredAt: instantSchema,
  withdrawnAt: instantSchema.nullable(),
})
export type GrantVendor = z.infer<typeof vendorSchema>

export const listGrantVendors = route({
  id: 'listGrantVendors',
  method: 'GET',
  path: '/api/v1/grants/{grantId}/vendors',
  access: 'session',
  summary: text(
    '使用方申报的技术服务单位；数据提供单位和数据主管部门可见',
    'Vendors who work for the holder, as declared; the provider and the authority see them',
  ),
  params,
  answer: z.object({ items: z.array(vendorSchema), canDeclare: z.boolean(), article: z.string() }),
  problems: ['not-signed-in', 'not-found'],
  since: '0.3',
})
export const declareGrantVendor = route({
  id: 'declareGrantVendor',
  method: 'POST',
  path: '/api/v1/grants/{grantId}/vendors',
  access: 'session',
  summary: text('申报技术服务单位', 'Declare a vendor'),
  params,
  body: z.object({
    name: z.string().trim().min(2).max(120),
    creditCode: z.string().max(40).describe('GB 32100'),
    task: z.string().trim().min(1).max(500).describe('What it does with the data'),
  }),
  answer: vendorSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available', 'content-incomplete'],
  since: '0.3',
})
export const withdrawGrantVendor = route({
  id: 'withdrawGrantVendor',
  method: 'POST',
  path: '/api/v1/grants/{grantId}/vendors/{vendorId}/acts/withdraw',
  access: 'session',
  summary: text('撤回申报：不再由其处理', 'Withdraw a vendor: it works on the data no more'),
  params: params.extend({ vendorId: idSchema }),
  answer: vendorSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'act-not-available'],
  since: '0.3',
})

export const grantRoutes = [
  suspendGrant,
  resumeGrant,
  getGrantRenewal,
  getGrantTracing,
  renewGrant,
  listGrantVendors,
  declareGrantVendor,
  withdrawGrantVendor,
]
