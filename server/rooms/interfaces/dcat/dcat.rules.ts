import { type Text, text } from '@tiaoli/kernel/text'
import type { DescribedCatalogue, DescribedEntry, Download } from '../described.model.ts'
import type { Resource, Value } from './graph.ts'

/** Vocabularies of the EU Publications Office, which DCAT-AP takes its codes from. */
const authority = 'http://publications.europa.eu/resource/authority'
const iana = 'https://www.iana.org/assignments/media-types'

const said = ({ zh, en }: Text): Value[] => [
  { text: zh, language: 'zh' },
  ...(en === '' || en === zh ? [] : [{ text: en, language: 'en' as const }]),
]
const chinese = (value: string): Value[] => [{ text: value, language: 'zh' }]
const string = (value: string): Value[] => [{ value, type: 'string' }]
const moment = (at: Date): Value[] => [{ value: at.toISOString(), type: 'dateTime' }]
const known = (iri: string, ...a: readonly string[]): Resource => ({ iri, a })

const languages = [known(`${authority}/language/ZHO`, 'dct:LinguisticSystem')]

const accessRights: Readonly<Record<DescribedEntry['openness'], string>> = {
  open: 'PUBLIC',
  'by-request': 'RESTRICTED',
  closed: 'NON_PUBLIC',
}
const frequencies: Readonly<Record<NonNullable<DescribedEntry['updateCycle']>, string>> = {
  'real-time': 'UPDATE_CONT',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  yearly: 'ANNUAL',
  irregular: 'IRREG',
}
const fileTypes: Readonly<Record<Download['format'], string>> = {
  csv: 'CSV',
  xlsx: 'XLSX',
  json: 'JSON',
  ndjson: 'JSON',
  geojson: 'GEOJSON',
  parquet: 'PARQUET',
}

const agent = (base: string, { id, name }: DescribedEntry['provider']): Resource => ({
  iri: `${base}/organization/${encodeURIComponent(id)}`,
  a: ['foaf:Agent'],
  says: { 'foaf:name': said(name) },
})

const themesOf = (base: string): Resource => ({
  iri: `${base}/themes`,
  a: ['skos:ConceptScheme'],
  says: { 'dct:title': said(text('公共数据主题', 'Themes of public data')) },
})

/** The interface through which the rows of every open entry are had. */
const rowsService = (base: string): Resource => ({
  iri: `${base}/api/v1`,
  a: ['dcat:DataService', 'rdfs:Resource'],
  says: {
    'dct:title': said(text('公共数据接口', 'Interface to public data')),
    'dcat:endpointURL': [{ iri: `${base}/api/v1` }],
    'dcat:endpointDescription': [known(`${base}/api/v1/openapi.json`, 'rdfs:Resource')],
  },
})

/** The head of the catalogue; its entries join it by `listed`. DCAT-AP 3.0.1, Catalogue. */
export const catalogueResource = (catalogue: DescribedCatalogue, modifiedAt: Date): Resource => ({
  iri: catalogue.uri,
  a: ['dcat:Catalog'],
  says: {
    'dct:title': said(catalogue.title),
    'dct:description': said(catalogue.description),
    'dct:publisher': [agent(catalogue.base, catalogue.publisher)],
    'dct:language': languages,
    'dct:modified': moment(modifiedAt),
    'foaf:homepage': [known(`${catalogue.base}/`, 'foaf:Document')],
    'dcat:themeTaxonomy': [themesOf(catalogue.base)],
    'dcat:service': [rowsService(catalogue.base)],
  },
})

/** That the entry stands in the catalogue, with all that is said of it. */
export const listed = (catalogue: DescribedCatalogue, entry: DescribedEntry): Resource => ({
  iri: catalogue.uri,
  a: [],
  says: { 'dcat:dataset': [datasetResource(catalogue.base, entry)] },
})

/** An entry as DCAT-AP 3.0.1 knows a Dataset. What is not open is described and offers nothing to take. */
export function datasetResource(base: string, entry: DescribedEntry): Resource {
  const cycle = entry.updateCycle
  return {
    iri: entry.uri,
    a: ['dcat:Dataset'],
    says: {
      'dct:title': chinese(entry.title),
      'dct:description': chinese(entry.summary),
      'dct:identifier': string(entry.number),
      'dct:publisher': [agent(base, entry.provider)],
      'dct:issued': moment(entry.issuedAt),
      'dct:modified': moment(entry.modifiedAt),
      'dct:language': languages,
      'dct:accessRights': [
        known(`${authority}/access-right/${accessRights[entry.openness]}`, 'dct:RightsStatement'),
      ],
      ...(cycle === null
        ? {}
        : {
            'dct:accrualPeriodicity': [
              known(`${authority}/frequency/${frequencies[cycle]}`, 'dct:Frequency'),
            ],
          }),
      'dcat:landingPage': [known(entry.page, 'foaf:Document')],
      'dcat:theme': [
        {
          iri: `${base}/themes/${encodeURIComponent(entry.theme.key)}`,
          a: ['skos:Concept'],
          says: {
            'skos:prefLabel': said(entry.theme.title),
            'skos:inScheme': [themesOf(base)],
          },
        },
      ],
      'dcat:keyword': entry.keywords.flatMap(chinese),
      'dcat:distribution': distributionsOf(base, entry),
    },
  }
}

function distributionsOf(base: string, entry: DescribedEntry): Resource[] {
  const common = {
    'dcat:accessURL': [{ iri: entry.page }],
    'dct:modified': moment(entry.dataAt ?? entry.modifiedAt),
    'dct:rights': [
      {
        iri: `${entry.uri}#citation`,
        a: ['dct:RightsStatement'],
        says: { 'rdfs:label': said(entry.citation) },
      },
    ],
  }
  const files = entry.downloads.map(
    ({ format, mediaType, url }): Resource => ({
      iri: `${entry.uri}#${format}`,
      a: ['dcat:Distribution'],
      says: {
        'dct:title': chinese(`${entry.title}（${format.toUpperCase()}）`),
        ...common,
        'dcat:downloadURL': [{ iri: url }],
        'dcat:mediaType': [known(`${iana}/${mediaType}`, 'dct:MediaType')],
        'dct:format': [known(`${authority}/file-type/${fileTypes[format]}`, 'dct:MediaTypeOrExtent')],
      },
    }),
  )
  if (entry.api === null) return files
  const service: Resource = {
    iri: `${entry.uri}#api`,
    a: ['dcat:Distribution'],
    says: {
      'dct:title': chinese(`${entry.title}（接口）`),
      ...common,
      'dcat:accessURL': [{ iri: entry.api }],
      'dcat:accessService': [rowsService(base)],
    },
  }
  return [...files, service]
}

export type PageOfCatalogue = {
  readonly page: number
  readonly pageSize: number
  readonly total: number
  /** The address of a page by its number. */
  readonly addressOf: (page: number) => string
}

/** Where the other pages are, in the words of both Hydra's drafts: harvesters of different age look for either. */
export function pagingResource({ page, pageSize, total, addressOf }: PageOfCatalogue): Resource {
  const last = Math.max(1, Math.ceil(total / pageSize))
  const to = (name: string, number: number | undefined): Record<string, Value[]> =>
    number === undefined
      ? {}
      : {
          [`hydra:${name}Page`]: [{ iri: addressOf(number) }],
          [`hydra:${name}`]: [{ iri: addressOf(number) }],
        }
  return {
    iri: addressOf(page),
    a: ['hydra:PagedCollection', 'hydra:PartialCollectionView'],
    says: {
      'hydra:totalItems': [{ value: String(total), type: 'integer' }],
      'hydra:itemsPerPage': [{ value: String(pageSize), type: 'integer' }],
      ...to('first', 1),
      ...to('last', last),
      ...to('next', page < last ? page + 1 : undefined),
      ...to('previous', page > 1 ? page - 1 : undefined),
    },
  }
}
