import type { SavedSearch } from '@tiaoli/contract/subscriptions'
import { type Text, text } from '@tiaoli/kernel/text'
import { themeTitle } from '@tiaoli/kernel/themes'
import type { ChangeKind, EntryChange, Subscription } from './subscriptions.model.ts'

export const dayMs = 24 * 3_600_000
const hourMs = 3_600_000
/** A change is told of when every transaction that began before it has surely ended. */
const settledAfterMs = 5 * 60_000

/** The hour at which what happened at a moment is told of: the next full one that leaves time to settle. */
export const roundAfter = (moment: Date): Date =>
  new Date(Math.ceil((moment.getTime() + settledAfterMs) / hourMs) * hourMs)

/** Up to when a round that is held at a moment tells. */
export const toldUpTo = (round: Date): Date => new Date(round.getTime() - settledAfterMs)

/** Whether a subscription may tell again: it does once a day at most. */
export const mayTell = ({ toldAt }: Pick<Subscription, 'toldAt'>, now: Date): boolean =>
  toldAt === null || now.getTime() - toldAt.getTime() >= dayMs

/**
 * What of the changes is told: of each entry what happened to it, once each, in the order in which it first happened. What is
 * no longer published is told of by its withdrawal alone: nothing else of it is there to be seen.
 */
export function digestOf(
  changes: readonly EntryChange[],
  isPublished: (entryId: string) => boolean,
): { readonly entryId: string; readonly title: string; readonly kinds: ChangeKind[] }[] {
  const byEntry = Map.groupBy(changes, ({ entryId }) => entryId)
  return [...byEntry].flatMap(([entryId, own]) => {
    const published = isPublished(entryId)
    const told = own.filter(({ kind }) => (kind === 'withdrawn') !== published)
    const title = told.at(-1)?.title
    return title === undefined ? [] : { entryId, title, kinds: [...new Set(told.map(({ kind }) => kind))] }
  })
}

const kindWords: Readonly<Record<ChangeKind, Text>> = {
  published: text('发布', 'published'),
  version: text('发布新版本', 'new version'),
  data: text('数据更新', 'new data'),
  'opening-type': text('开放类型变更', 'opening type changed'),
  withdrawn: text('撤下', 'withdrawn'),
}

/** Entries that a notice names; of more it says the number. */
const namedAtMost = 10

/** A digest as a notice, about what is followed. */
export function noticeOf(
  about: Text,
  digest: readonly { readonly title: string; readonly kinds: readonly ChangeKind[] }[],
): { readonly title: Text; readonly body: Text } {
  const named = digest.slice(0, namedAtMost)
  const more = digest.length - named.length
  const kinds = (each: readonly ChangeKind[], language: 'zh' | 'en', separator: string) =>
    each.map((kind) => kindWords[kind][language]).join(separator)
  return {
    title: text(
      `您订阅的${about.zh}有 ${digest.length} 个条目发生变化`,
      `${about.en}: ${digest.length} ${digest.length === 1 ? 'entry has' : 'entries have'} changed`,
    ),
    body: text(
      `${named.map((each) => `“${each.title}”${kinds(each.kinds, 'zh', '、')}`).join('；')}${more > 0 ? `；另有 ${more} 个条目` : ''}。`,
      `${named.map((each) => `“${each.title}”: ${kinds(each.kinds, 'en', ', ')}`).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    ),
  }
}

/** A search in words, for people who follow many. */
export function wordsOfSearch(
  search: SavedSearch,
  termOf: (part: 'organisation' | 'sharing' | 'opening', key: string) => Text,
): Text {
  const parts: Text[] = []
  if (search.q !== undefined) parts.push(text(`“${search.q}”`, `“${search.q}”`))
  if (search.theme !== undefined) parts.push(themeTitle(search.theme))
  for (const part of ['organisation', 'sharing', 'opening'] as const) {
    const key = search[part]
    if (key !== undefined) parts.push(termOf(part, key))
  }
  if (search.priority !== undefined) parts.push(text('重点开放领域', 'priority field'))
  const joined = (language: 'zh' | 'en', separator: string) =>
    parts.map((part) => part[language]).join(separator)
  return text(`检索 ${joined('zh', '，')}`, `Search ${joined('en', ', ')}`)
}
