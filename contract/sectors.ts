import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { organisationSummary } from './common.ts'
import { route } from './route.ts'

const themeSchema = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[a-z][a-z0-9-]*$/)

export const sectorSchema = z.object({
  theme: z.string().describe('Theme of the entries that belong to the sector'),
  lead: organisationSummary.nullable(),
  entries: z.number().int().describe('Published entries of all bodies'),
  institutions: z.number().int().describe('Bodies that provide them'),
})
export type Sector = z.infer<typeof sectorSchema>

export const listSectors = route({
  id: 'listSectors',
  method: 'GET',
  path: '/api/v1/sectors',
  access: 'caller',
  summary: text('行业目录及其主管部门', 'Catalogues of sectors, with the body that leads each'),
  answer: z.object({
    items: z.array(sectorSchema),
    article: z.string().nullable().describe('Null where the regulation knows no sectors'),
    settable: z.boolean(),
  }),
  problems: [],
  since: '0.3',
})
export const setSectorLead = route({
  id: 'setSectorLead',
  method: 'POST',
  path: '/api/v1/sectors/{theme}/lead',
  access: 'session',
  summary: text('登记行业主管部门', 'Record which body leads a sector'),
  params: z.object({ theme: themeSchema }),
  body: z.object({ organisationId: z.string().min(1).max(60) }),
  answer: sectorSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'content-incomplete'],
  since: '0.3',
})

export const sectorRoutes = [listSectors, setSectorLead]
