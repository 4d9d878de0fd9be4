import { type Language, type Text, text } from '@tiaoli/kernel/text'
import type { DescribedEntry } from '../described.model.ts'
import { element, escaped, xmlHead } from '../xml.ts'

/** A list of entries that somebody follows. */
export type EntryFeed = {
  readonly title: Text
  readonly language: Language
  /** Where the feed itself is had, and the page that shows the same to readers. */
  readonly self: string
  readonly page: string
  readonly changedAt: Date
  readonly entries: readonly DescribedEntry[]
}

const words = {
  added: text('新增', 'new'),
  changed: text('变更', 'changed'),
}

const isNew = ({ issuedAt, modifiedAt }: DescribedEntry): boolean => modifiedAt <= issuedAt
const kindOf = (entry: DescribedEntry): Text => (isNew(entry) ? words.added : words.changed)

/** Atom (RFC 4287). The id of an entry is its address, so that a reader sees a change as a change. */
export function atomOf({ title, language, self, page, changedAt, entries }: EntryFeed): string {
  return (
    xmlHead +
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language },
      element('id', {}, escaped(self)),
      element('title', {}, escaped(title[language])),
      element('updated', {}, changedAt.toISOString()),
      element('link', { rel: 'self', type: 'application/atom+xml', href: self }),
      element('link', { rel: 'alternate', type: 'text/html', href: page }),
      ...entries.map((entry) =>
        element(
          'entry',
          {},
          element('id', {}, escaped(entry.uri)),
          element('title', {}, escaped(entry.title)),
          element('published', {}, entry.issuedAt.toISOString()),
          element('updated', {}, entry.modifiedAt.toISOString()),
          element('author', {}, element('name', {}, escaped(entry.provider.name[language]))),
          element('category', { term: entry.theme.key, label: entry.theme.title[language] }),
          element('category', { term: isNew(entry) ? 'new' : 'changed', label: kindOf(entry)[language] }),
          element('link', { rel: 'alternate', type: 'text/html', href: entry.page }),
          element('summary', {}, escaped(entry.summary)),
        ),
      ),
    )
  )
}

/** RSS 2.0. */
export function rssOf({ title, language, self, page, changedAt, entries }: EntryFeed): string {
  return (
    xmlHead +
    element(
      'rss',
      { version: '2.0', 'xmlns:atom': 'http://www.w3.org/2005/Atom' },
      element(
        'channel',
        {},
        element('title', {}, escaped(title[language])),
        element('link', {}, escaped(page)),
        element('description', {}, escaped(title[language])),
        element('language', {}, language === 'zh' ? 'zh-cn' : 'en'),
        element('lastBuildDate', {}, changedAt.toUTCString()),
        element('atom:link', { rel: 'self', type: 'application/rss+xml', href: self }),
        ...entries.map((entry) =>
          element(
            'item',
            {},
            element('title', {}, escaped(entry.title)),
            element('link', {}, escaped(entry.page)),
            // A reader of RSS knows an item by its guid alone: a change is told as an item of its own.
            element('guid', { isPermaLink: 'false' }, escaped(`${entry.uri}#${entry.modifiedAt.getTime()}`)),
            element('pubDate', {}, entry.modifiedAt.toUTCString()),
            element('category', {}, escaped(kindOf(entry)[language])),
            element('category', {}, escaped(entry.theme.title[language])),
            element('description', {}, escaped(entry.summary)),
          ),
        ),
      ),
    )
  )
}
