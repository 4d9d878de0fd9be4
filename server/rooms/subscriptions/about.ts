import { type Text, text } from '@tiaoli/kernel/text'
import { typeOf } from '../catalogue/index.ts'
import { wordsOfSearch } from './digest.rules.ts'
import type { SubscriptionsDeps } from './subscriptions.deps.ts'
import type { Subscription } from './subscriptions.model.ts'

/** What a subscription follows: in words, and the page that shows it. */
export function createAbout({
  rulebook,
  identity,
  catalogue,
}: Pick<SubscriptionsDeps, 'rulebook' | 'identity' | 'catalogue'>) {
  const nameOf = (id: string): Text => identity.organisation(id)?.name ?? text(id, id)
  const termOf = (part: 'organisation' | 'sharing' | 'opening', key: string): Text =>
    part === 'organisation' ? nameOf(key) : (typeOf(rulebook, part, key)?.term ?? text(key, key))

  return async (
    subscriptions: readonly Pick<Subscription, 'entryId' | 'organisationId' | 'search'>[],
  ): Promise<{ readonly words: Text; readonly link: string }[]> => {
    const titles = await catalogue().titlesOf(subscriptions.flatMap(({ entryId }) => entryId ?? []))
    return subscriptions.map(({ entryId, organisationId, search }) => {
      if (entryId !== null) {
        const title = titles.get(entryId) ?? ''
        return { words: text(`“${title}”`, `“${title}”`), link: `/entries/${entryId}` }
      }
      if (organisationId !== null)
        return { words: nameOf(organisationId), link: pageOfSearch({ organisation: organisationId }) }
      return { words: wordsOfSearch(search ?? {}, termOf), link: pageOfSearch(search ?? {}) }
    })
  }
}

const pageOfSearch = (search: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(search).filter((each): each is [string, string] => each[1] !== undefined)
  return `/search?${new URLSearchParams(given)}`
}
