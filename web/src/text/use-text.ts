import type { Text } from '@tiaoli/kernel/text'
import { type Language, languageNow, usePreferences } from '../kit/preferences.ts'
import type { Catalogue } from './zh.ts'
import type { DeskCatalogue } from './zh-desk.ts'

/** One language is fetched, the one that is read: both together weigh more than the page that is looked at. */
const fetchers: Record<Language, () => Promise<Catalogue>> = {
  zh: async () => (await import('./zh.ts')).zh,
  en: async () => (await import('./en.ts')).en,
}
const deskFetchers: Record<Language, () => Promise<DeskCatalogue>> = {
  zh: async () => (await import('./zh-desk.ts')).zhDesk,
  en: async () => (await import('./en-desk.ts')).enDesk,
}
const known = new Map<Language, Catalogue>()
const knownDesk = new Map<Language, DeskCatalogue>()

/** Fetches the catalogue of a language. It has to be there before anything is shown in that language. */
export async function fetchTexts(language: Language): Promise<void> {
  if (!known.has(language)) known.set(language, await fetchers[language]())
  // Whoever was at the desk may be there now.
  if (knownDesk.size > 0) await fetchDeskTexts(language)
}

/** Fetches what the desk has to say besides. */
export async function fetchDeskTexts(language: Language = languageNow()): Promise<void> {
  if (!knownDesk.has(language)) knownDesk.set(language, await deskFetchers[language]())
}

/** The catalogue in the reader's language, and `say`, which picks from a text that the server gave in both. */
export function useText() {
  const { language } = usePreferences()
  const t = known.get(language)
  if (t === undefined) throw new Error(`the words of ${language} were not fetched`)
  return { t, say: (text: Text) => text[language] || text.zh, language }
}

/** As `useText`, with the words that the desk alone has: for pages that are shown within it. */
export function useDeskText() {
  const { t, ...rest } = useText()
  const more = knownDesk.get(rest.language)
  if (more === undefined) throw new Error(`the words of the desk in ${rest.language} were not fetched`)
  return { ...rest, t: { ...t, ...more } }
}
