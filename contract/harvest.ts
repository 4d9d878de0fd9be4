import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { idSchema } from './common.ts'
import { route } from './route.ts'

/** Endings by which a form of RDF is asked for. */
export const rdfForms = ['ttl', 'n3', 'jsonld', 'rdf', 'xml'] as const
export const feedForms = ['atom', 'rss'] as const

const catalogueQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('From 1; 100 entries a page'),
  modified_since: z.iso
    .datetime({ offset: true })
    .or(z.iso.date())
    .optional()
    .describe('Only what has changed since, by its description or its data'),
  q: z.string().max(1000).optional(),
  fq: z.string().max(8000).optional().describe('field:value as CKAN’s package_search takes it'),
  whole: z.stringbool().optional().describe('The whole catalogue in one answer, without pages'),
})

export const getCatalogue = route({
  id: 'getCatalogue',
  method: 'GET',
  path: '/catalog',
  access: 'public',
  summary: text(
    '目录（DCAT-AP），格式按 Accept 协商',
    'The catalogue (DCAT-AP), in the form that Accept asks for',
  ),
  query: catalogueQuery,
  answer: 'stream',
  problems: ['not-acceptable'],
  since: '0.1',
})
export const getCatalogueAs = route({
  id: 'getCatalogueAs',
  method: 'GET',
  path: '/catalog.{form}',
  access: 'public',
  summary: text('目录（DCAT-AP 3.0.1），按指定格式', 'The catalogue (DCAT-AP 3.0.1) in one form of RDF'),
  params: z.object({ form: z.enum(rdfForms) }),
  query: catalogueQuery,
  answer: 'stream',
  problems: [],
  since: '0.1',
})
export const getDataset = route({
  id: 'getDataset',
  method: 'GET',
  path: '/dataset/{entryId}',
  access: 'public',
  summary: text(
    '条目描述（DCAT-AP），格式按 Accept 协商',
    'An entry (DCAT-AP), in the form that Accept asks for',
  ),
  params: z.object({ entryId: idSchema }),
  answer: 'stream',
  problems: ['not-acceptable'],
  since: '0.1',
})
export const getDatasetAs = route({
  id: 'getDatasetAs',
  method: 'GET',
  path: '/dataset/{entryId}.{form}',
  access: 'public',
  summary: text('条目描述（DCAT-AP 3.0.1），按指定格式', 'An entry (DCAT-AP 3.0.1) in one form of RDF'),
  params: z.object({ entryId: idSchema, form: z.enum(rdfForms) }),
  answer: 'stream',
  problems: [],
  since: '0.1',
})
export const getDataPackage = route({
  id: 'getDataPackage',
  method: 'GET',
  path: '/dataset/{entryId}/datapackage.json',
  access: 'public',
  summary: text(
    '条目的 Frictionless 数据包描述',
    'An open entry as a Frictionless data package, with its table schema',
  ),
  params: z.object({ entryId: idSchema }),
  answer: 'stream',
  problems: ['refused-by-law', 'no-snapshot'],
  since: '0.1',
})
export const getEntryFeed = route({
  id: 'getEntryFeed',
  method: 'GET',
  path: '/feeds/entries.{form}',
  access: 'public',
  summary: text('新增和变更条目的订阅（Atom、RSS）', 'Feed of new and changed entries (Atom, RSS)'),
  params: z.object({ form: z.enum(feedForms) }),
  query: z.object({
    organisation: z.string().max(60).optional(),
    theme: z.string().max(40).optional(),
    lang: z.enum(['zh', 'en']).default('zh'),
  }),
  answer: 'stream',
  problems: [],
  since: '0.1',
})
export const getSitemaps = route({
  id: 'getSitemaps',
  method: 'GET',
  path: '/sitemap.xml',
  access: 'public',
  summary: text('网站地图索引', 'Index of the site maps'),
  answer: 'stream',
  problems: [],
  since: '0.1',
})
export const getSitemap = route({
  id: 'getSitemap',
  method: 'GET',
  path: '/sitemaps/{number}.xml',
  access: 'public',
  summary: text('网站地图的一页', 'One site map'),
  params: z.object({ number: z.coerce.number().int().min(0).max(100_000) }),
  answer: 'stream',
  problems: [],
  since: '0.1',
})
export const getRobots = route({
  id: 'getRobots',
  method: 'GET',
  path: '/robots.txt',
  access: 'public',
  summary: text('供搜索引擎遵循的规则', 'What search engines are asked to keep to'),
  answer: 'stream',
  problems: [],
  since: '0.1',
})

export const harvestRoutes = [
  getCatalogue,
  getCatalogueAs,
  getDataset,
  getDatasetAs,
  getDataPackage,
  getEntryFeed,
  getSitemaps,
  getSitemap,
  getRobots,
]
