import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema, organisationSummary } from './common.ts'
import { route } from './route.ts'

export const deliveryProofSchema = z.object({
  code: z.string(),
  article: z.string(),
  entry: z.object({ id: z.string(), title: z.string() }),
  source: organisationSummary.describe('The body that provides the data'),
  version: z.number().int().describe('Number of the snapshot'),
  issuedAt: instantSchema,
  sha256: z.string().describe('Of the file as it was delivered, in hex'),
  sizeBytes: z.number().int(),
  recordId: z.string().describe('Record whose signed receipt anybody can fetch and check'),
  matches: z
    .boolean()
    .nullable()
    .describe('Whether the digest that was given is that of the delivered file; null where none was given'),
})
export type DeliveryProof = z.infer<typeof deliveryProofSchema>

export const getDeliveryProof = route({
  id: 'getDeliveryProof',
  method: 'GET',
  path: '/api/v1/proofs/{code}',
  access: 'public',
  summary: text(
    '按校验码核对交付的文件：来源、版本、时间，是否未被改动',
    'Verify a delivered file by its code: source, version, time, and whether it is unchanged',
  ),
  params: z.object({ code: z.string().max(40) }),
  query: z.object({
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/)
      .optional()
      .describe('Digest of the file at hand; the file itself need not be sent'),
  }),
  answer: deliveryProofSchema,
  problems: ['not-found'],
  since: '0.2',
})

export const proofRoutes = [getDeliveryProof]
