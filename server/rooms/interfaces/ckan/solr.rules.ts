import type { EntryCondition, EntryQuality } from '../../catalogue/index.ts'

/** What a query in the words of Solr comes to: free words for the catalogue's own search, and a condition. */
export type SolrQuery = { readonly words: string; readonly condition: EntryCondition }

/** A query that is not one, with what is wrong with it. */
export class SolrSyntaxError extends Error {
  override readonly name = 'SolrSyntaxError'
}

const longestQuery = 8_000
const mostTokens = 1_000
const deepest = 20
const everything: EntryCondition = { kind: 'all', of: [] }
const nothing: EntryCondition = { kind: 'any', of: [] }

/** Fields of a CKAN dataset by which entries can be told apart. */
const qualities: Readonly<Record<string, EntryQuality>> = {
  id: 'id',
  name: 'id',
  title: 'title',
  organization: 'organisation',
  owner_org: 'organisation',
  groups: 'theme',
  tags: 'keyword',
}
/** Fields in which all that is published is alike. */
const alike: Readonly<Record<string, string>> = {
  state: 'active',
  private: 'false',
  capacity: 'public',
  dataset_type: 'dataset',
  type: 'dataset',
  license_id: 'notspecified',
}

type Token = { readonly kind: 'word' | 'quoted' | 'range' | 'mark'; readonly text: string }

/**
 * Reads `field:value`, AND, OR, NOT, quotes, ranges and brackets: what harvesters send, not all of Solr. Throws
 * SolrSyntaxError; free words are taken as they are, wherever they stand beside the rest.
 *
 * @param takenFreely entries with files in the formats that the platform offers
 */
export function readSolr(query: string, now: Date, takenFreely: EntryCondition): SolrQuery {
  if (query.length > longestQuery) throw new SolrSyntaxError(`longer than ${longestQuery} characters`)
  const tokens = tokensOf(query)
  if (tokens.length > mostTokens) throw new SolrSyntaxError(`more than ${mostTokens} parts`)
  let at = 0
  const words: string[] = []
  const isMark = (text: string) => tokens[at]?.kind === 'mark' && tokens[at]!.text === text
  const isWord = (...any: string[]) => tokens[at]?.kind === 'word' && any.includes(tokens[at]!.text)

  function either(depth: number): EntryCondition {
    if (depth > deepest) throw new SolrSyntaxError('nested too deeply')
    const parts = [both(depth)]
    while (isWord('OR', '||')) {
      at += 1
      parts.push(both(depth))
    }
    if (parts.length > 1 && words.length > 0)
      throw new SolrSyntaxError('free words cannot be joined by OR; name their field')
    return parts.length === 1 ? parts[0]! : { kind: 'any', of: parts }
  }

  function both(depth: number): EntryCondition {
    const parts: EntryCondition[] = []
    while (at < tokens.length && !isMark(')') && !isWord('OR', '||')) {
      if (isWord('AND', '&&')) at += 1
      else parts.push(one(depth))
    }
    return parts.length === 1 ? parts[0]! : { kind: 'all', of: parts }
  }

  function one(depth: number): EntryCondition {
    if (isWord('NOT') || isMark('-') || isMark('!')) {
      at += 1
      const before = words.length
      const of = one(depth + 1)
      if (words.length > before) throw new SolrSyntaxError('free words cannot be excluded; name their field')
      return { kind: 'not', of }
    }
    if (isMark('+')) at += 1
    if (isMark('(')) return inBrackets(() => either(depth + 1))
    const token = tokens[at]
    if (token === undefined || token.kind === 'range' || token.kind === 'mark')
      throw new SolrSyntaxError(token ? `unexpected ${token.text.slice(0, 20)}` : 'ends too early')
    at += 1
    if (isMark(':')) {
      at += 1
      return fieldIs(token.text, depth)
    }
    if (token.text !== '*') words.push(token.text)
    return everything
  }

  function inBrackets(read: () => EntryCondition): EntryCondition {
    at += 1
    const inner = read()
    if (!isMark(')')) throw new SolrSyntaxError('a bracket is not closed')
    at += 1
    return inner
  }

  function fieldIs(field: string, depth: number): EntryCondition {
    if (depth > deepest) throw new SolrSyntaxError('nested too deeply')
    if (isMark('(')) {
      return inBrackets(() => {
        const parts: EntryCondition[] = []
        let all = true
        while (at < tokens.length && !isMark(')')) {
          if (isWord('OR', '||')) all = false
          if (isWord('OR', 'AND', '||', '&&')) at += 1
          else parts.push(fieldIs(field, depth + 1))
        }
        return { kind: all ? 'all' : 'any', of: parts }
      })
    }
    if (isWord('NOT') || isMark('-')) {
      at += 1
      return { kind: 'not', of: fieldIs(field, depth + 1) }
    }
    const value = tokens[at]
    if (value === undefined || value.kind === 'mark')
      throw new SolrSyntaxError(`${field.slice(0, 40)} has no value`)
    at += 1
    if (value.kind === 'word' && value.text === '*') return everything
    if (field === 'metadata_modified') return within(value, now)
    if (value.kind === 'range') throw new SolrSyntaxError(`${field.slice(0, 40)} takes no range`)
    if (field === 'res_format' && /^geojson$/i.test(value.text))
      return { kind: 'all', of: [takenFreely, { kind: 'located' }] }
    if (field === 'res_format')
      return /^(?:csv|xlsx|json|ndjson|parquet)$/i.test(value.text) ? takenFreely : nothing
    if (Object.hasOwn(alike, field)) return alike[field] === value.text.toLowerCase() ? everything : nothing
    if (!Object.hasOwn(qualities, field)) throw new SolrSyntaxError(`undefined field ${field.slice(0, 40)}`)
    return { kind: 'is', what: qualities[field]!, values: [value.text] }
  }

  const condition = either(0)
  if (at < tokens.length) throw new SolrSyntaxError('a bracket is closed that was not opened')
  return { words: words.join(' '), condition }
}

/** What stands between the marks; a backslash makes the next character a plain one. */
function tokensOf(query: string): Token[] {
  const pattern =
    /\s+|"((?:[^"\\]|\\.)*)"|\[([^\]]*)\]|([():])|([+\-!])(?=[^\s])|((?:[^\s"():\\[\]]|\\.)+)|(.)/gsu
  const tokens: Token[] = []
  for (const [, quoted, range, bracket, sign, word, other] of query.matchAll(pattern)) {
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: plain(quoted) })
    else if (range !== undefined) tokens.push({ kind: 'range', text: range.trim() })
    else if (bracket !== undefined) tokens.push({ kind: 'mark', text: bracket })
    else if (sign !== undefined) tokens.push({ kind: 'mark', text: sign })
    else if (word !== undefined) tokens.push({ kind: 'word', text: plain(word) })
    else if (other !== undefined) throw new SolrSyntaxError(`unexpected ${other}`)
  }
  return tokens
}

const plain = (text: string): string => text.replace(/\\(.)/gsu, '$1')

function within({ kind, text }: Token, now: Date): EntryCondition {
  if (kind !== 'range') {
    const at = momentOf(text, now)
    return { kind: 'modified', from: at, to: at }
  }
  const [from, to, more] = text.split(/\s+TO\s+/)
  if (from === undefined || to === undefined || more !== undefined)
    throw new SolrSyntaxError('a range is written [from TO to]')
  return { kind: 'modified', from: momentOf(from, now), to: momentOf(to, now) }
}

const units: Readonly<Record<string, number>> = { MINUTE: 60_000, HOUR: 3_600_000, DAY: 86_400_000 }

function momentOf(text: string, now: Date): Date | null {
  if (text === '*') return null
  const [, count, unit] = /^NOW(?:-(\d{1,6})(MINUTE|HOUR|DAY)S?)?$/.exec(text) ?? []
  if (text.startsWith('NOW') && (text === 'NOW' || unit !== undefined))
    return new Date(now.getTime() - Number(count ?? 0) * (units[unit ?? ''] ?? 0))
  const at = new Date(text)
  const year = at.getUTCFullYear()
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at.getTime()) || year < 1000 || year > 9999)
    throw new SolrSyntaxError(`${text.slice(0, 40)} is no moment`)
  return at
}
