/** A text in the two languages of the platform. Chinese leads; English is a translation by meaning. */
export type Text = { readonly zh: string; readonly en: string }

export type Language = 'zh' | 'en'

export const text = (zh: string, en: string): Text => ({ zh, en })

/** Picks from an Accept-Language header; anything that does not put English first is Chinese. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const first = (acceptLanguage ?? '').split(',')[0]?.trim().toLowerCase() ?? ''
  return first.startsWith('en') ? 'en' : 'zh'
}
