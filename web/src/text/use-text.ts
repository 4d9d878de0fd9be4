import type { Text } from '@tiaoli/kernel/text'
import { type Language, usePreferences } from '../kit/preferences.ts'
import { en } from './en.ts'
import { type Catalogue, zh } from './zh.ts'

const catalogues: Record<Language, Catalogue> = { zh, en }

/** The catalogue in the reader's language, and `say`, which picks from a text that the server gave in both. */
export function useText() {
  const { language } = usePreferences()
  return { t: catalogues[language], say: (text: Text) => text[language] || text.zh, language }
}
