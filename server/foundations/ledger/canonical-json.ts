import type { Json } from './ledger.types.ts'

/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): members ordered by the UTF-16 code units of
 * their names, no white space, numbers and strings as ECMAScript writes them. As in JSON.stringify, a member that is
 * undefined is not there, so that the text is the same before and after a journey through the database.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return Array.isArray(value) ? listText(value) : membersText(value as Members)
}

type Members = { readonly [key: string]: Json | undefined }

function listText(items: readonly (Json | undefined)[]): string {
  let text = '['
  for (const item of items) {
    if (text.length > 1) text += ','
    text += canonicalJson(item ?? null)
  }
  return `${text}]`
}

function membersText(members: Members): string {
  let text = '{'
  for (const name of inOrder(Object.keys(members))) {
    const value = members[name]
    if (value === undefined) continue
    if (text.length > 1) text += ','
    text += `${JSON.stringify(name)}:${canonicalJson(value)}`
  }
  return `${text}}`
}

/** Most values are written in order already, and a sort costs more than looking. */
const inOrder = (names: string[]): string[] =>
  names.every((name, index) => index === 0 || names[index - 1]! < name) ? names : names.sort()
