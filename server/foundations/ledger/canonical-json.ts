import type { Json } from './ledger.types.ts'

/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): members ordered by the UTF-16 code units of
 * their names, no white space, numbers and strings as ECMAScript writes them. As in JSON.stringify, a member that is
 * undefined is not there, so that the text is the same before and after a journey through the database.
 */
export function canonicalJson(value: Json): string {
  // What is in order, or can be brought into it, is written by the engine itself: three times as fast as here.
  const ordered = inOrder(value)
  if (ordered !== undefined) return JSON.stringify(ordered)
  return Array.isArray(value) ? listText(value) : membersText(value as Members)
}

type Members = { readonly [key: string]: Json | undefined }

/** The value itself where it is in order, or its like that is; undefined where no object can be in that order. */
function inOrder(value: Json): Json | undefined {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.every(isInOrder) ? value : undefined
  const members = value as Members
  const names = Object.keys(members)
  const sorted = isSorted(names)
  if (sorted && names.every((name) => isInOrder(members[name]))) return value
  if (names.some(hasItsOwnPlace)) return undefined
  const copy: { [key: string]: Json } = {}
  for (const name of sorted ? names : names.sort()) {
    const member = members[name]
    if (member === undefined) continue
    const ordered = inOrder(member)
    if (ordered === undefined) return undefined
    copy[name] = ordered
  }
  return copy
}

/** Names that look like places of a list come first in an object, whenever they were set; and one name sets no member. */
const hasItsOwnPlace = (name: string): boolean => /^(?:\d+|__proto__)$/.test(name)

function isInOrder(value: Json | undefined): boolean {
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isInOrder)
  const names = Object.keys(value)
  return isSorted(names) && names.every((name) => isInOrder((value as Members)[name]))
}

function isSorted(names: readonly string[]): boolean {
  for (let at = 1; at < names.length; at++) if (names[at]! < names[at - 1]!) return false
  return true
}

const listText = (items: readonly (Json | undefined)[]): string =>
  `[${items.map((item) => canonicalJson(item ?? null)).join(',')}]`

function membersText(members: Members): string {
  const texts: string[] = []
  for (const name of Object.keys(members).sort()) {
    const value = members[name]
    if (value !== undefined) texts.push(`${JSON.stringify(name)}:${canonicalJson(value)}`)
  }
  return `{${texts.join(',')}}`
}
