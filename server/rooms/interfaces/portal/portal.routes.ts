import * as contract from '@tiaoli/contract/harvest'
import { text } from '@tiaoli/kernel/text'
import { themeTitle } from '@tiaoli/kernel/themes'
import type { Mount } from '../../../foundations/http/index.ts'
import { Problem } from '../../../foundations/problems/index.ts'
import type { EntryCondition } from '../../catalogue/index.ts'
import type { InterfacesDeps } from '../interfaces.deps.ts'
import { openToAll } from '../open-to-all.ts'
import { all, allOf, type PublicEntries } from '../public-entries.ts'
import { atomOf, rssOf } from './feed.rules.ts'
import { addressesPerMap, entriesMap, mapCount, pagesMap, robotsOf, sitemapIndex } from './sitemap.rules.ts'

const longestFeed = 50

/** What search engines and readers of feeds ask for. */
export function mountPortal(
  mount: Mount,
  entries: PublicEntries,
  { identity }: Pick<InterfacesDeps, 'identity'>,
): void {
  const { base, list } = entries

  mount(contract.getEntryFeed, async ({ params, query, reply }) => {
    const { organisation, theme, lang } = query
    const body = organisation === undefined ? undefined : identity.organisation(organisation)
    if (organisation !== undefined && body === undefined) throw new Problem('not-found')
    const parts: EntryCondition[] = [
      ...(organisation === undefined
        ? []
        : [{ kind: 'is' as const, what: 'organisation' as const, values: [organisation] }]),
      ...(theme === undefined ? [] : [{ kind: 'is' as const, what: 'theme' as const, values: [theme] }]),
    ]
    const newest = await list.entries(
      allOf(...parts),
      { by: 'modified', descending: true },
      { limit: longestFeed },
    )
    const described = newest.map(entries.described)
    const about = [body?.name, theme === undefined ? undefined : themeTitle(theme)].flatMap(
      (each) => each ?? [],
    )
    const { title } = entries.catalogue()
    const search = new URLSearchParams(
      Object.entries({ organisation, theme }).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, value]],
      ),
    )
    const feed = {
      title: text(
        [title.zh, ...about.map(({ zh }) => zh)].join(' · '),
        [title.en, ...about.map(({ en }) => en)].join(' · '),
      ),
      language: lang,
      self: `${base}/feeds/entries.${params.form}?${new URLSearchParams([...search, ['lang', lang]])}`,
      page: `${base}/search?${search}`,
      changedAt: described[0]?.modifiedAt ?? (await entries.changedAt()),
      entries: described,
    }
    return params.form === 'atom'
      ? openToAll(reply, 'application/atom+xml; charset=utf-8').send(atomOf(feed))
      : openToAll(reply, 'application/rss+xml; charset=utf-8').send(rssOf(feed))
  })

  const xml = 'application/xml; charset=utf-8'
  mount(contract.getSitemaps, async ({ reply }) =>
    openToAll(reply, xml).send(sitemapIndex(base, mapCount(await list.count(all)))),
  )
  mount(contract.getSitemap, async ({ params: { number }, reply }) => {
    if (number === 0) return openToAll(reply, xml).send(pagesMap(base))
    const addresses = await list.addresses((number - 1) * addressesPerMap, addressesPerMap)
    if (addresses.length === 0) throw new Problem('not-found')
    return openToAll(reply, xml).send(entriesMap(base, addresses))
  })
  mount(contract.getRobots, ({ reply }) => openToAll(reply, 'text/plain; charset=utf-8').send(robotsOf(base)))
}
