import { isId } from '@tiaoli/kernel/ids'
import { preferredLanguage } from '@tiaoli/kernel/text'
import type { PublicEntries } from '../public-entries.ts'
import { type HeadSubject, headOf, type PageHead } from './head.rules.ts'

/** `null`: the page as it was built. `missing`: an entry that there is not, or not for everybody. */
export type FindHead = (
  path: string,
  search: URLSearchParams,
  acceptLanguage: string | undefined,
) => Promise<PageHead | 'missing' | null>

/** The heads of the pages that are found by search engines and handed on as links: front, search and entries. */
export function createFindHead(entries: PublicEntries): FindHead {
  async function subjectOf(path: string, search: URLSearchParams): Promise<HeadSubject | 'missing' | null> {
    if (path === '/') return { page: 'front' }
    if (path === '/search') return { page: 'search', words: (search.get('q') ?? '').trim().slice(0, 100) }
    const id = /^\/entries\/([^/]+)$/.exec(path)?.[1]
    if (id === undefined) return null
    const entry = isId(id) ? await entries.find(id) : undefined
    return entry === undefined ? 'missing' : { page: 'entry', entry }
  }
  return async (path, search, acceptLanguage) => {
    const subject = await subjectOf(path, search)
    if (subject === null || subject === 'missing') return subject
    const asked = search.get('lang')
    const language = asked === 'zh' || asked === 'en' ? asked : preferredLanguage(acceptLanguage)
    return headOf(subject, entries.catalogue(), language)
  }
}
