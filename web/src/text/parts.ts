import type { Catalogue } from './zh.ts'
import type { DeskCatalogue } from './zh-desk.ts'
import type { PortalCatalogue } from './zh-portal.ts'

/**
 * The words of a language come in three parts, as people come to them: those of every page and of the pages that people
 * come to first, those of the rest of the portal, and those of the desk. A section may have words in more than one.
 */
export type Part = 'first' | 'portal' | 'desk'

/** All words of the portal. */
export type PortalWords = Catalogue & PortalCatalogue
/** The words of portal and desk. */
export type DeskWords = PortalWords & DeskCatalogue

export type Words = Readonly<Record<string, object>>

/** Several parts as one; of a section that more than one of them has, the words of all. */
export function joined(...parts: readonly Words[]): Words {
  const words: Record<string, object> = {}
  for (const part of parts)
    for (const [section, given] of Object.entries(part)) words[section] = { ...words[section], ...given }
  return words
}
