import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { route } from './route.ts'

export const getHealth = route({
  id: 'getHealth',
  method: 'GET',
  path: '/healthz',
  access: 'public',
  summary: text('运行状况', 'Health'),
  answer: z.object({ status: z.literal('ok'), city: z.string(), version: z.string() }),
  problems: ['record-unavailable'],
  since: '0.1',
})
export const getOpenApi = route({
  id: 'getOpenApi',
  method: 'GET',
  path: '/api/v1/openapi.json',
  access: 'public',
  summary: text('本接口的 OpenAPI 描述', 'OpenAPI description of this interface'),
  answer: 'stream',
  problems: [],
  since: '0.1',
})
export const getStatistics = route({
  id: 'getStatistics',
  method: 'GET',
  path: '/api/v1/statistics',
  access: 'public',
  summary: text('概况数字', 'Figures at a glance'),
  answer: z.object({
    publishedEntries: z.number().int(),
    openEntries: z.number().int(),
    organisations: z.number().int(),
    rows: z.number().int(),
    themes: z.array(z.object({ key: z.string(), count: z.number().int() })),
  }),
  problems: [],
  since: '0.1',
})
export const getMapSettings = route({
  id: 'getMapSettings',
  method: 'GET',
  path: '/api/v1/map',
  access: 'public',
  summary: text('地图底图设置', 'The base map that maps of data stand on'),
  answer: z.object({
    tiles: z
      .object({
        url: z.string().describe('Address of a tile, with {z}, {x} and {y} in it'),
        by: z.string().describe('Whose tiles they are, shown on each map'),
        system: z.enum(['wgs84', 'gcj02']).describe('Coordinate system that the tiles are drawn in'),
      })
      .nullable()
      .describe('Null where the installation has none: maps then stand on a plain grid'),
  }),
  problems: [],
  since: '0.1',
})

export const platformRoutes = [getHealth, getOpenApi, getStatistics, getMapSettings]
