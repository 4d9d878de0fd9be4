import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema, instantSchema, organisationSummary, pageOf, pageQuery } from './common.ts'
import { route } from './route.ts'

export const certificateCheckSchema = z.object({
  id: z.string(),
  entry: z.object({ id: z.string(), title: z.string() }),
  kind: z.string(),
  valid: z.boolean().describe('The register has a document of that number'),
  checkedAt: instantSchema,
  organisation: organisationSummary.nullable().describe('The department to which it was handed in'),
  outcome: z.enum(['accepted', 'refused']).nullable(),
  reason: z.string(),
  recordId: z.string(),
})
export type CertificateCheck = z.infer<typeof certificateCheckSchema>

export const checkCertificate = route({
  id: 'checkCertificate',
  method: 'POST',
  path: '/api/v1/certificate-checks',
  access: 'session',
  summary: text('核验电子证照、印章、档案', 'Check an electronic certificate, seal or archive'),
  body: z.object({
    entryId: idSchema.describe('The register'),
    key: z.string().trim().min(1).max(200).describe('Number of the document, as the register keys it'),
  }),
  answer: certificateCheckSchema,
  status: 201,
  problems: [
    'not-signed-in',
    'not-allowed',
    'not-found',
    'refused-by-law',
    'no-key',
    'no-snapshot',
    'record-unavailable',
    'act-not-available',
  ],
  since: '0.2',
})
export const settleCertificate = route({
  id: 'settleCertificate',
  method: 'POST',
  path: '/api/v1/certificate-checks/{checkId}/outcome',
  access: 'session',
  summary: text('采用，或者写明原因不予采用', 'Accept it, or refuse it with the reason'),
  params: z.object({ checkId: idSchema }),
  body: z.object({ accepted: z.boolean(), reason: z.string().trim().max(2000).default('') }),
  answer: certificateCheckSchema,
  problems: ['not-signed-in', 'not-found', 'content-incomplete', 'act-not-available'],
  since: '0.2',
})
export const listCertificateChecks = route({
  id: 'listCertificateChecks',
  method: 'GET',
  path: '/api/v1/certificate-checks',
  access: 'session',
  summary: text(
    '核验记录；refused=true 列出不予采用的有效材料',
    'Checks; refused=true lists valid documents that were not accepted',
  ),
  query: pageQuery.extend({ refused: z.stringbool().optional() }),
  answer: pageOf(certificateCheckSchema),
  problems: ['not-signed-in', 'bad-cursor'],
  since: '0.2',
})

export const certificateRoutes = [checkCertificate, settleCertificate, listCertificateChecks]
