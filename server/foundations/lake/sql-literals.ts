/** A value bound to a statement; text from outside goes in only so. */
export type Bound = string | number | boolean | null

export type SqlRow = Record<string, Bound>

/** A name as an identifier of SQL. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A text of our own (a path, a pattern) as a literal of SQL. */
export const quoteText = (value: string): string => `'${value.replaceAll("'", "''")}'`

/**
 * Pure: a value as a literal of standard SQL. A text ends at no character but a single quote, and two of those stand
 * for one; there is no other escape. Halves of characters, which no text in UTF-8 can have, become the mark for such.
 */
export function literalOf(value: Bound): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return `'${value.toWellFormed().replaceAll("'", "''")}'`
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not a number of SQL')
  return String(value)
}

/**
 * Pure: a statement with its values in place of the question marks, for an engine to which they cannot be bound. A
 * question mark within a quoted name or text is none.
 */
export function withLiterals(sql: string, bound: readonly Bound[]): string {
  let next = 0
  const written = sql.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\?/g, (part) => {
    if (part !== '?') return part
    if (next >= bound.length) throw new TypeError('a value is missing')
    return literalOf(bound[next++]!)
  })
  if (next !== bound.length) throw new TypeError('a value is left over')
  return written
}
