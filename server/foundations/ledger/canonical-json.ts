import type { Json, JsonMembers } from './ledger.types.ts'

/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): members ordered by the UTF-16 code units of
 * their names, no white space, numbers and strings as ECMAScript writes them. As in JSON.stringify, a member that is
 * undefined is not there, so that the text is the same before and after a journey through the database.
 */
export function canonicalJson(value: Json | JsonMembers): string {
  // What is in order, or can be brought into it, is written by the engine itself: three times as fast as here.
  const ordered = inOrder(value)
  if (ordered !== undefined) return JSON.stringify(ordered)
  return Array.isArray(value) ? listText(value) : membersText(value as JsonMembers)
}

/** The value itself where it is in order, or its like that is; undefined where no object can be in that order. */
export function inOrder<T extends Json | JsonMembers>(value: T): T | undefined {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.every(isInOrder) ? value : undefined
  if (isInOrder(value)) return value
  const members = value as JsonMembers
  const copy: { [key: string]: Json | JsonMembers } = {}
  for (const name of Object.keys(members).sort()) {
    if (hasItsOwnPlace(name)) return undefined
    const member = members[name]
    if (member === undefined) continue
    const ordered = inOrder(member)
    if (ordered === undefined) return undefined
    copy[name] = ordered
  }
  return copy as T
}

/** Names that look like places of a list come first in an object, whenever they were set; and one name sets no member. */
const hasItsOwnPlace = (name: string): boolean => /^(?:\d+|__proto__)$/.test(name)

/** Without a list of the names: of most objects nothing else is asked than whether they are in order. */
function isInOrder(value: Json | JsonMembers | undefined): boolean {
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isInOrder)
  let before = ''
  for (const name in value) {
    if (name < before || !isInOrder((value as JsonMembers)[name])) return false
    before = name
  }
  return true
}

const listText = (items: readonly (Json | undefined)[]): string =>
  `[${items.map((item) => canonicalJson(item ?? null)).join(',')}]`

function membersText(members: JsonMembers): string {
  const texts: string[] = []
  for (const name of Object.keys(members).sort()) {
    const value = members[name]
    if (value !== undefined) texts.push(`${JSON.stringify(name)}:${canonicalJson(value)}`)
  }
  return `{${texts.join(',')}}`
}
