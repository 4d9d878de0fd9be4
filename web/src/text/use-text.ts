import type { Text } from '@tiaoli/kernel/text'
import { type Language, languageNow, usePreferences } from '../kit/preferences.ts'
import { type DeskWords, joined, type Part, type PortalWords, type Words } from './parts.ts'
import type { Catalogue } from './zh.ts'

const upTo: Record<Part, readonly Part[]> = {
  first: ['first'],
  portal: ['first', 'portal'],
  desk: ['first', 'portal', 'desk'],
}

/** One language is fetched, the one that is read: both together weigh more than the page that is looked at. */
const fetchers: Record<Language, Record<Part, () => Promise<object>>> = {
  zh: {
    first: async () => (await import('./zh.ts')).zh,
    portal: async () => (await import('./zh-portal.ts')).zhPortal,
    desk: async () => (await import('./zh-desk.ts')).zhDesk,
  },
  en: {
    first: async () => (await import('./en.ts')).en,
    portal: async () => (await import('./en-portal.ts')).enPortal,
    desk: async () => (await import('./en-desk.ts')).enDesk,
  },
}

/** Of each language what has been fetched, by the part up to which it goes. */
const known: Record<Language, Partial<Record<Part, Words>>> = { zh: {}, en: {} }
/** How far words have been asked for: a page that is shown needs them in the next language too. */
const asked = new Set<Part>(['first'])

/** Fetches the words of a language. They have to be there before anything is shown in that language. */
export async function fetchTexts(language: Language): Promise<void> {
  await Promise.all([...asked].map((part) => fetchUpTo(part, language)))
}

/** Fetches what the portal has to say on its other pages. */
export const fetchPortalTexts = (): Promise<void> => fetchPart('portal')

/** Fetches what the portal and the desk have to say besides. */
export const fetchDeskTexts = (): Promise<void> => fetchPart('desk')

async function fetchPart(part: Part): Promise<void> {
  asked.add(part)
  // Whoever changes the language meanwhile has the words of the other.
  for (let language = languageNow(); known[language][part] === undefined; language = languageNow())
    await fetchUpTo(part, language)
}

async function fetchUpTo(part: Part, language: Language): Promise<void> {
  if (known[language][part] !== undefined) return
  const parts = await Promise.all(upTo[part].map((each) => fetchers[language][each]()))
  known[language][part] = joined(...(parts as Words[]))
}

/** The words in the reader's language, and `say`, which picks from a text that the server gave in both. */
export const useText = () => useWords<Catalogue>('first')

/** As `useText`, with all words of the portal: for whatever is fetched by `withPortalWords` or stands at the desk. */
export const usePortalText = () => useWords<PortalWords>('portal')

/** As `useText`, with the words of portal and desk: for pages that are shown within the desk. */
export const useDeskText = () => useWords<DeskWords>('desk')

function useWords<T>(part: Part) {
  const { language } = usePreferences()
  const words = known[language][part]
  if (words === undefined) throw new Error(`the words of the ${part} in ${language} were not fetched`)
  return { t: words as T, say: (text: Text) => text[language] || text.zh, language }
}

/** Fetches a page, or a part of one, together with the words of the portal. */
export async function withPortalWords<P>(fetchPage: () => Promise<P>): Promise<P> {
  const [page] = await Promise.all([fetchPage(), fetchPortalTexts()])
  return page
}

/** Fetches a page of the portal that has words of the desk. */
export async function withDeskWords<P>(fetchPage: () => Promise<P>): Promise<P> {
  const [page] = await Promise.all([fetchPage(), fetchDeskTexts()])
  return page
}
