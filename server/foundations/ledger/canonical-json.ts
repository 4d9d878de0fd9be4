import type { Json } from './ledger.types.ts'

/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): members ordered by the UTF-16 code units of
 * their names, no white space, numbers and strings as ECMAScript writes them. As in JSON.stringify, a member that is
 * undefined is not there, so that the text is the same before and after a journey through the database.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  const members = value as { readonly [key: string]: Json }
  const names = Object.keys(members)
    .filter((name) => members[name] !== undefined)
    .sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name]!)}`).join(',')}}`
}
