import type { Text } from '@tiaoli/kernel/text'
import { use } from 'react'
import { type Language, usePreferences } from '../kit/preferences.ts'
import type { Catalogue } from './zh.ts'

/** One language is fetched, the one that is read: both together weigh more than the page that is looked at. */
const fetchers: Record<Language, () => Promise<Catalogue>> = {
  zh: async () => (await import('./zh.ts')).zh,
  en: async () => (await import('./en.ts')).en,
}
const fetched = new Map<Language, Promise<Catalogue>>()
const known = new Map<Language, Catalogue>()

/** Fetches the catalogue of a language, once; a fetch that failed is tried again by whoever asks next. */
export function fetchTexts(language: Language): Promise<Catalogue> {
  const before = fetched.get(language)
  if (before !== undefined) return before
  const under = fetchers[language]()
  fetched.set(language, under)
  under.then(
    (catalogue) => known.set(language, catalogue),
    () => fetched.delete(language),
  )
  return under
}

/** The catalogue in the reader's language, and `say`, which picks from a text that the server gave in both. */
export function useText() {
  const { language } = usePreferences()
  const t = known.get(language) ?? use(fetchTexts(language))
  return { t, say: (text: Text) => text[language] || text.zh, language }
}
