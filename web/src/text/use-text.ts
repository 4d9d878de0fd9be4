import type { Text } from '@tiaoli/kernel/text'
import { type Language, usePreferences } from '../kit/preferences.ts'
import type { Catalogue } from './zh.ts'

/** One language is fetched, the one that is read: both together weigh more than the page that is looked at. */
const fetchers: Record<Language, () => Promise<Catalogue>> = {
  zh: async () => (await import('./zh.ts')).zh,
  en: async () => (await import('./en.ts')).en,
}
const known = new Map<Language, Catalogue>()

/** Fetches the catalogue of a language. It has to be there before anything is shown in that language. */
export async function fetchTexts(language: Language): Promise<void> {
  if (!known.has(language)) known.set(language, await fetchers[language]())
}

/** The catalogue in the reader's language, and `say`, which picks from a text that the server gave in both. */
export function useText() {
  const { language } = usePreferences()
  const t = known.get(language)
  if (t === undefined) throw new Error(`the words of ${language} were not fetched`)
  return { t, say: (text: Text) => text[language] || text.zh, language }
}
