import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema } from './common.ts'
import { route } from './route.ts'

const common = { method: 'GET', access: 'public', answer: 'stream', since: '0.1' } as const
/** GeoJSON and JSON are what there is; any other value of `f` is refused. */
const formQuery = z.object({ f: z.literal('json').optional() })
const collectionParams = z.object({ entryId: idSchema })

export const getFeaturesLanding = route({
  ...common,
  id: 'getFeaturesLanding',
  path: '/ogc',
  summary: text('OGC API 要素服务入口', 'OGC API – Features, landing page'),
  query: formQuery,
  problems: [],
})
export const getFeaturesConformance = route({
  ...common,
  id: 'getFeaturesConformance',
  path: '/ogc/conformance',
  summary: text('OGC API 要素服务符合的规范类别', 'Conformance classes of the features interface'),
  query: formQuery,
  problems: [],
})
export const listFeatureCollections = route({
  ...common,
  id: 'listFeatureCollections',
  path: '/ogc/collections',
  summary: text('有坐标的开放数据', 'Open entries with coordinates'),
  query: formQuery.extend({
    limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
    after: idSchema.optional(),
  }),
  problems: [],
})
export const getFeatureCollection = route({
  ...common,
  id: 'getFeatureCollection',
  path: '/ogc/collections/{entryId}',
  summary: text('一项有坐标的开放数据', 'One open entry with coordinates'),
  params: collectionParams,
  query: formQuery,
  problems: [],
})
export const listFeatures = route({
  ...common,
  id: 'listFeatures',
  path: '/ogc/collections/{entryId}/items',
  summary: text(
    '要素（GeoJSON），按范围、时间和信息项筛选',
    'Features (GeoJSON) by extent, time and property',
  ),
  params: collectionParams,
  query: formQuery
    .extend({
      limit: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(10),
      bbox: z.string().max(200).optional().describe('west,south,east,north in degrees (CRS 84)'),
      datetime: z
        .string()
        .max(100)
        .optional()
        .describe('A moment or an interval, RFC 3339; .. leaves a side open'),
      offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
      cursor: z.string().max(4000).optional(),
    })
    .catchall(z.string().max(2000)),
  problems: ['bad-cursor', 'bad-filter', 'no-snapshot', 'record-unavailable', 'too-many-requests'],
})
export const getFeature = route({
  ...common,
  id: 'getFeature',
  path: '/ogc/collections/{entryId}/items/{featureId}',
  summary: text('一个要素（GeoJSON）', 'One feature (GeoJSON)'),
  params: collectionParams.extend({ featureId: z.string().min(1).max(1000) }),
  query: formQuery,
  problems: ['no-snapshot', 'record-unavailable', 'too-many-requests'],
})

export const featureRoutes = [
  getFeaturesLanding,
  getFeaturesConformance,
  listFeatureCollections,
  getFeatureCollection,
  listFeatures,
  getFeature,
]
