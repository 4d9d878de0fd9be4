import { type Language, preferredLanguage } from '@tiaoli/kernel/text'
import { useSyncExternalStore } from 'react'
import { preferencesMemory } from './memory.ts'

export type { Language }
export type Light = 'light' | 'dark'
export type Size = 'normal' | 'large'
export type Preferences = { readonly language: Language; readonly light: Light; readonly size: Size }

const listeners = new Set<() => void>()
let current = read()
apply()

/**
 * The address wins over the memory of the browser, so that a link with `?lang=en` shows what it says, and goes on to
 * do so on the pages after it. Who comes for the first time reads the language that their browser puts first.
 */
function read(): Preferences {
  const fallback: Preferences = { language: 'zh', light: 'light', size: 'normal' }
  if (typeof window === 'undefined') return fallback
  const stored = parse(remembered())
  const asked = new URLSearchParams(window.location.search).get('lang')
  const language: Language | undefined = asked === 'zh' || asked === 'en' ? asked : undefined
  const found: Preferences = {
    ...fallback,
    language: preferredLanguage(window.navigator.language),
    ...stored,
  }
  if (language === undefined) return found
  const kept = { ...found, language }
  remember(kept)
  return kept
}

/** A page within somebody else's has no memory where the browser keeps third parties from one, and wants none. */
function embedded(): boolean {
  return window.location.pathname.startsWith('/embed/')
}

function remembered(): string | null {
  return embedded() ? null : window.localStorage.getItem(preferencesMemory)
}

function remember(preferences: Preferences): void {
  if (!embedded()) window.localStorage.setItem(preferencesMemory, JSON.stringify(preferences))
}

function parse(stored: string | null): Partial<Preferences> {
  try {
    return JSON.parse(stored ?? '{}') as Partial<Preferences>
  } catch {
    return {}
  }
}

function apply(): void {
  if (typeof document === 'undefined') return
  document.documentElement.lang = current.language === 'zh' ? 'zh-CN' : 'en'
  document.documentElement.dataset.light = current.light
  document.documentElement.dataset.size = current.size
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  remember(current)
  apply()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The language that is read now, for what has to be there before anything is shown. */
export const languageNow = (): Language => current.language

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current)
