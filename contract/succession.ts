import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { organisationSummary } from './common.ts'
import { route } from './route.ts'

export const dissolveOrganisation = route({
  id: 'dissolveOrganisation',
  method: 'POST',
  path: '/api/v1/organisations/{organisationId}/acts/dissolve',
  access: 'admin',
  summary: text(
    '单位撤销：目录条目、办件和使用许可由承继单位接替',
    'A body is dissolved: its entries, cases and grants go to the body that takes its place',
  ),
  params: z.object({ organisationId: z.string().max(60) }),
  body: z.object({
    successorId: z.string().min(1).max(60),
    basis: z.string().trim().min(1).max(500).describe('The document by which it was dissolved'),
  }),
  answer: z.object({
    organisation: organisationSummary,
    successor: organisationSummary,
    moved: z.object({
      entries: z.number().int(),
      cases: z.number().int(),
      grants: z.number().int(),
    }),
  }),
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete', 'act-not-available'],
  since: '0.3',
})

export const successionRoutes = [dissolveOrganisation]
