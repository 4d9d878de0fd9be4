import { type Language, type Text, text } from '@tiaoli/kernel/text'
import { isPublic } from '../describe.rules.ts'
import type { DescribedCatalogue, DescribedEntry } from '../described.model.ts'
import { element, escaped } from '../xml.ts'

/** What stands in the head of a page before any script has run. */
export type PageHead = {
  readonly language: Language
  readonly title: string
  readonly description: string
  /** Elements besides, ready to be written. */
  readonly elements: string
  /** What is read until the page has been drawn, and by whoever runs no script. */
  readonly lead: string
  /** Which page is shown, for what its view will fetch. */
  readonly page: HeadSubject['page']
  /** Addresses that the page reads first. */
  readonly reads: readonly string[]
}

/** Which page is asked for, as far as its head depends on it. */
export type HeadSubject =
  | { readonly page: 'front' }
  | { readonly page: 'search'; readonly words: string }
  | { readonly page: 'entry'; readonly entry: DescribedEntry }

const product: Text = text('条理', 'Tiaoli')
const longestDescription = 300
/** A search engine reads no more of them, and an entry may have 500. */
const mostVariables = 100

export function headOf(subject: HeadSubject, catalogue: DescribedCatalogue, language: Language): PageHead {
  const { base } = catalogue
  const path =
    subject.page === 'entry' ? `/entries/${subject.entry.id}` : subject.page === 'search' ? '/search' : '/'
  const title = `${titleOf(subject, catalogue)[language]} · ${product[language]}`
  const description = descriptionOf(subject, catalogue)[language].slice(0, longestDescription)
  const address = (lang?: Language) => `${base}${path}${lang === undefined ? '' : `?lang=${lang}`}`
  const elements = [
    element('link', { rel: 'canonical', href: address(language === 'en' ? 'en' : undefined) }),
    ...(['zh', 'en'] as const).map((hreflang) =>
      element('link', { rel: 'alternate', hreflang, href: address(hreflang) }),
    ),
    element('link', { rel: 'alternate', hreflang: 'x-default', href: address() }),
    // Lists of what was found are without end: their entries are what should be found.
    ...(subject.page === 'search' && subject.words !== ''
      ? [element('meta', { name: 'robots', content: 'noindex, follow' })]
      : []),
    ...Object.entries({
      'og:type': 'website',
      'og:site_name': catalogue.title[language],
      'og:title': title,
      'og:description': description,
      'og:url': address(),
      'og:locale': language === 'zh' ? 'zh_CN' : 'en_GB',
    }).map(([property, content]) => element('meta', { property, content })),
    ...alternates(subject, base, language).map(([type, href, name]) =>
      element('link', { rel: 'alternate', type, href, title: name }),
    ),
    dataBlock(
      subject.page === 'entry' ? datasetOf(subject.entry, catalogue) : catalogueOf(catalogue, language),
    ),
  ]
  return {
    language,
    title,
    description,
    elements: elements.join('\n    '),
    lead: leadOf(subject, catalogue, language),
    page: subject.page,
    reads: ['/api/v1/session', '/api/v1/rulebook', ...readsOf(subject)],
  }
}

function readsOf(subject: HeadSubject): string[] {
  switch (subject.page) {
    case 'front':
      return ['/api/v1/statistics']
    case 'search':
      return []
    case 'entry':
      return [`/api/v1/entries/${subject.entry.id}`]
  }
}

/** The same words at the same place as the page will have them, so that nothing jumps when it is drawn. */
function leadOf(subject: HeadSubject, catalogue: DescribedCatalogue, language: Language): string {
  const city = text(`${catalogue.city.zh}公共数据`, `${catalogue.city.en} public data`)[language]
  const brand = element('b', {}, escaped(product[language])) + element('span', {}, escaped(city))
  const described = element('p', {}, escaped(descriptionOf(subject, catalogue)[language]))
  return [
    `<div class="first"><header><a href="/">${brand}</a></header><main>`,
    ...(subject.page === 'entry'
      ? [
          element(
            'p',
            { class: 'quiet' },
            escaped(`${subject.entry.provider.name[language]} · ${subject.entry.number}`),
          ),
        ]
      : []),
    element('h1', {}, escaped(titleOf(subject, catalogue)[language])),
    described,
    '</main></div>',
  ].join('')
}

function titleOf(subject: HeadSubject, catalogue: DescribedCatalogue): Text {
  switch (subject.page) {
    case 'front':
      return text(`${catalogue.city.zh}公共数据`, `${catalogue.city.en} public data`)
    case 'search':
      return subject.words === ''
        ? text('数据目录', 'Catalogue')
        : text(`“${subject.words}”的检索结果`, `Results for “${subject.words}”`)
    case 'entry':
      return text(subject.entry.title, subject.entry.title)
  }
}

function descriptionOf(subject: HeadSubject, { description }: DescribedCatalogue): Text {
  if (subject.page !== 'entry') return description
  const { summary, provider } = subject.entry
  return text(`${summary} 提供单位：${provider.name.zh}。`, `${summary} Provided by: ${provider.name.en}.`)
}

function alternates(subject: HeadSubject, base: string, language: Language) {
  const at = subject.page === 'entry' ? `${base}/dataset/${subject.entry.id}` : `${base}/catalog`
  const rdf = [
    ['text/turtle', `${at}.ttl`, 'DCAT Turtle'],
    ['application/ld+json', `${at}.jsonld`, 'DCAT JSON-LD'],
    ['application/rdf+xml', `${at}.rdf`, 'DCAT RDF/XML'],
  ] as const
  if (subject.page === 'entry')
    return subject.entry.downloads.length === 0
      ? rdf
      : [...rdf, ['application/json', `${at}/datapackage.json`, 'Frictionless Data Package'] as const]
  const feed = `${base}/feeds/entries`
  return [
    ...rdf,
    ['application/atom+xml', `${feed}.atom?lang=${language}`, 'Atom'] as const,
    ['application/rss+xml', `${feed}.rss?lang=${language}`, 'RSS'] as const,
  ]
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** JSON within a page: nothing in it can end the element or begin another. */
const dataBlock = (data: Json): string =>
  `<script type="application/ld+json">${JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}</script>`

const catalogueOf = (catalogue: DescribedCatalogue, language: Language): Json => ({
  '@context': 'https://schema.org',
  '@type': 'DataCatalog',
  '@id': catalogue.uri,
  name: catalogue.title[language],
  description: catalogue.description[language],
  url: `${catalogue.base}/`,
  inLanguage: ['zh', 'en'],
  publisher: { '@type': 'GovernmentOrganization', name: catalogue.publisher.name[language] },
  potentialAction: {
    '@type': 'SearchAction',
    target: `${catalogue.base}/search?q={search_term_string}`,
    'query-input': 'required name=search_term_string',
  },
})

/** schema.org Dataset, with what Google asks for and recommends. */
const datasetOf = (entry: DescribedEntry, catalogue: DescribedCatalogue): Json => ({
  '@context': 'https://schema.org',
  '@type': 'Dataset',
  '@id': entry.uri,
  name: entry.title,
  description: entry.summary,
  url: entry.page,
  identifier: entry.number,
  inLanguage: 'zh',
  keywords: [...entry.keywords, entry.theme.title.zh],
  creator: { '@type': 'GovernmentOrganization', name: entry.provider.name.zh },
  publisher: { '@type': 'GovernmentOrganization', name: catalogue.publisher.name.zh },
  includedInDataCatalog: { '@type': 'DataCatalog', '@id': catalogue.uri, name: catalogue.title.zh },
  datePublished: entry.issuedAt.toISOString(),
  dateModified: entry.modifiedAt.toISOString(),
  isAccessibleForFree: entry.openness !== 'closed',
  creditText: entry.citation.zh,
  variableMeasured: entry.fields
    .filter(isPublic)
    .slice(0, mostVariables)
    .map(({ name, meaning, unit }) => ({
      '@type': 'PropertyValue',
      name,
      ...(meaning === '' ? {} : { description: meaning }),
      ...(unit === '' ? {} : { unitText: unit }),
    })),
  distribution: entry.downloads.map(({ mediaType, url }) => ({
    '@type': 'DataDownload',
    encodingFormat: mediaType,
    contentUrl: url,
  })),
})

/** Scripts that the build says a page will ask for: by page, and by language for its words. */
export type FirstFiles = Readonly<Record<string, readonly string[]>>

/**
 * Puts a head into the page as it was built, in the place of the one that it was built with, and the first words into
 * its body. What the page will fetch is named in the head, so that the browser has it under way while scripts load.
 */
export function withHead(
  page: string,
  { language, title, description, elements, lead, page: shown, reads }: PageHead,
  files: FirstFiles = {},
): string {
  const scripts = [...new Set([...(files[language] ?? []), ...(files[shown] ?? [])])]
  const links = [
    ...reads.map((href) => element('link', { rel: 'preload', as: 'fetch', crossorigin: '', href })),
    ...scripts.map((href) =>
      element('link', { rel: 'modulepreload', fetchpriority: 'low', crossorigin: '', href }),
    ),
  ].join('\n    ')
  // A function as replacement: in a text, `$&` of somebody's title would be a pattern.
  return (
    page
      .replace(/<html lang="[^"]*"/, () => `<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"`)
      .replace(/<meta\s+name="description"[^>]*>/, () =>
        element('meta', { name: 'description', content: description }),
      )
      .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>\n    ${elements}`)
      // After what every page needs: that is most of the bytes, and the other scripts wait for it.
      .replace('</head>', () => `  ${links}\n  </head>`)
      .replace('<div id="root"></div>', () => `<div id="root">${lead}</div>`)
  )
}
