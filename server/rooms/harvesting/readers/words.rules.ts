import type { LostPart } from '../harvesting.model.ts'

/** Notes what was lost while an entry is read. */
export type Losses = Set<LostPart>

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** Elements whose contents are no words for readers. */
const silent = /<(script|style|template|iframe|object|noscript)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi
const markup = /<\/?[a-zA-Z][^<>]*(?:>|$)|<!--[\s\S]*?(?:-->|$)/g
/** Markdown whose address does something instead of leading somewhere. */
const actingLink = /(!?\[[^\]]*\])\(\s*(?:javascript|vbscript|data)\s*:[^)]*\)/gi
/** Signs that are not seen, and those that turn the direction of what follows. */
const unseen = /(?![\n\r\t])[\p{Cc}\p{Cf}]/gu

/**
 * Words of a stranger as plain text of at most so many characters: without markup, without signs that are not seen
 * or that turn the direction of the text. The platform shows text as text; what is taken out here would be shown to
 * every reader as rubbish, and might do worse in whatever reads the catalogue onwards.
 */
export function plain(value: unknown, most: number, losses?: Losses): string {
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  // Bounded before anything is looked for in it.
  const given = String(value)
    .slice(0, most * 10 + 1_000)
    .toWellFormed()
  const bare = withoutMarkup(decoded(withoutMarkup(given)))
  if (bare.length < given.length && /<[a-z!/]|\]\(\s*(?:javascript|vbscript|data)/i.test(decoded(given)))
    losses?.add('markup')
  const clean = bare
    .replace(unseen, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  if (clean.length <= most) return clean
  losses?.add('cut')
  return `${clean
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`
}

/** Plain text on one line. */
export const line = (value: unknown, most: number, losses?: Losses): string =>
  plain(value, most, losses).replace(/\s+/g, ' ')

const withoutMarkup = (text: string): string =>
  text.replace(silent, ' ').replace(actingLink, '$1').replace(markup, ' ')

const decoded = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return named[String(name).toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff)
        ? String.fromCodePoint(code)
        : ''
    },
  )

/** Words by which an entry is found: each once, bounded in number and length. */
export function keywordsOf(values: readonly unknown[], losses: Losses): string[] {
  const words = [
    ...new Set(
      values
        .slice(0, 500)
        .map((value) => line(value, 200))
        .filter(Boolean),
    ),
  ]
  const kept = words.filter((word) => word.length <= 40).slice(0, 20)
  if (kept.length < words.length) losses.add('keywords')
  return kept
}

/** An address that can be opened; anything else is left out. */
export function webAddress(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2_000 || !URL.canParse(value)) return ''
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : ''
}

/** The id by which a source knows an entry; empty where it is none that can be kept. */
export const remoteIdOf = (value: unknown): string =>
  typeof value === 'string' && value.length <= 500 && /^[^\s\p{Cc}\p{Cs}]+$/u.test(value) ? value : ''

const cycles: readonly (readonly [string, RegExp])[] = [
  [
    'real-time',
    /(?:^|\/)(?:update_cont|cont|continu(?:ous|al)(?:ly)?(?: updated)?|real-?time|hourly|实时)$/i,
  ],
  ['daily', /(?:^|\/)(?:daily|P1D|每[日天]|日)$/i],
  ['weekly', /(?:^|\/)(?:weekly|P1W|P7D|每周|周)$/i],
  ['monthly', /(?:^|\/)(?:monthly|P1M|每月|月)$/i],
  ['quarterly', /(?:^|\/)(?:quarterly|P3M|每季度?|季)$/i],
  ['yearly', /(?:^|\/)(?:annual(?:ly)?|yearly|P1Y|每年|年)$/i],
  ['irregular', /(?:^|\/)(?:irreg(?:ular)?|as_?needed|不定期)$/i],
]

/** The update cycle of this platform that a word or a code of the trade stands for. */
export const cycleOf = (value: unknown): string =>
  typeof value !== 'string' ? '' : (cycles.find(([, form]) => form.test(value.trim()))?.[0] ?? '')
