import { element, escaped, xmlHead } from '../xml.ts'

const xmlns = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** Pages of the portal that are the same for every city and always there. */
const pages = [
  '/',
  '/search',
  '/organisations',
  '/law',
  '/procedures',
  '/figures',
  '/results',
  '/demands',
  '/api/docs',
]

/** Fewer than the 50,000 that the protocol allows: each with both languages stays far below its 50 MB. */
export const addressesPerMap = 10_000

/** How many maps there are: the pages of the portal as number 0, then the entries. */
export const mapCount = (entries: number): number => 1 + Math.ceil(entries / addressesPerMap)

export const sitemapIndex = (base: string, maps: number): string =>
  xmlHead +
  element(
    'sitemapindex',
    { xmlns },
    ...Array.from({ length: maps }, (_, number) =>
      element('sitemap', {}, element('loc', {}, `${escaped(base)}/sitemaps/${number}.xml`)),
    ),
  )

export const pagesMap = (base: string): string =>
  mapOf(pages.map((path) => ({ address: base + path, modifiedAt: null })))

export const entriesMap = (
  base: string,
  entries: readonly { readonly id: string; readonly modifiedAt: Date }[],
): string => mapOf(entries.map(({ id, modifiedAt }) => ({ address: `${base}/entries/${id}`, modifiedAt })))

function mapOf(addresses: readonly { readonly address: string; readonly modifiedAt: Date | null }[]): string {
  const urls = addresses.map(({ address, modifiedAt }) =>
    element(
      'url',
      {},
      element('loc', {}, escaped(address)),
      ...(modifiedAt === null ? [] : [element('lastmod', {}, modifiedAt.toISOString())]),
      ...(['zh', 'en'] as const).map((hreflang) =>
        element('xhtml:link', { rel: 'alternate', hreflang, href: `${address}?lang=${hreflang}` }),
      ),
    ),
  )
  return xmlHead + element('urlset', { xmlns, 'xmlns:xhtml': 'http://www.w3.org/1999/xhtml' }, ...urls)
}

/** The rooms of those who are signed in have nothing for a search engine, and interfaces are for programs. */
export const robotsOf = (base: string): string =>
  [
    'User-agent: *',
    'Disallow: /desk',
    'Disallow: /api/v1/',
    'Disallow: /api/3/',
    `Sitemap: ${base}/sitemap.xml`,
    '',
  ].join('\n')
