import { hash } from 'node:crypto'

/*
 * Marks that rows carry by themselves. Whatever can be written in two forms that say the same carries one bit: a cell
 * of CSV with quotes or without, a cell of a sheet in one of two blacks, an object of JSON with a blank after its
 * brace or without, a text of running prose with a blank after its end or without. Which form a thing takes follows
 * from what it says and from a sign of 96 bits: bit = parity(digest of the value AND sign). So no place, order or
 * neighbour matters, equal values stay equal within a file, and of whatever rows and columns remain each says its bit.
 */

/** What goes with a file that is handed over to somebody: of this file, and of its receiver in all files. */
export type ReceiverMarks = {
  /** 24 hex digits, of this file alone: behind every form that is no part of a value. */
  readonly mark: string
  /** 24 hex digits, the same in all files under a grant: behind the blanks after prose, so that texts stay equal. */
  readonly hand: string
}

/** 96 bits in words of 24, which fit the integers that the machine counts in. */
export type Digest = readonly [number, number, number, number]

/** As long as a digest; of what was handed over before signs had their present length, half as long. */
export type Sign = Digest | readonly [number, number]

/** A thing that says a bit: the digest of its value, and the form it was found in. */
export type Carrier = { readonly digest: Digest; readonly bit: boolean }

const wordAt = (hexDigits: string, at: number): number => Number.parseInt(hexDigits.slice(at, at + 6), 16)

/** Of 24 hex digits, or of twelve, as signs had before. */
export const signOf = (hexDigits: string): Sign =>
  hexDigits.length < 24 ? [wordAt(hexDigits, 0), wordAt(hexDigits, 6)] : wordsOf(hexDigits)

const wordsOf = (hexDigits: string): Digest => [
  wordAt(hexDigits, 0),
  wordAt(hexDigits, 6),
  wordAt(hexDigits, 12),
  wordAt(hexDigits, 18),
]

/** Pure: the form that a value takes under a sign. */
export function bitOf(digest: Digest, sign: Sign): boolean {
  let bits = (digest[0] & sign[0]) ^ (digest[1] & sign[1])
  if (sign.length === 4) bits ^= (digest[2] & sign[2]) ^ (digest[3] & sign[3])
  bits ^= bits >>> 16
  bits ^= bits >>> 8
  bits ^= bits >>> 4
  return ((0x6996 >>> (bits & 15)) & 1) === 1
}

/**
 * Pure: a digest for the forms of cells. Every text cell of an export passes here, so it is a mixing of 32-bit words
 * in two lanes and no cryptographic hash: nothing is hidden by it, it only has to spread.
 */
export function digestOf(text: string): Digest {
  let first = 0x9e3779b1
  let second = 0x85ebca77
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    first = Math.imul(first ^ unit, 0xcc9e2d51)
    first ^= first >>> 15
    second = Math.imul(second ^ unit, 0x1b873593)
    second ^= second >>> 13
  }
  return [
    spread(first ^ text.length) & 0xffffff,
    spread(second + Math.imul(first, 0x27d4eb2f)) & 0xffffff,
    spread(Math.imul(first, 0x165667b1) ^ second) & 0xffffff,
    spread(Math.imul(second, 0x9e3779b1) + first) & 0xffffff,
  ]
}

/** All bits of a word depend on all bits of it. */
function spread(word: number): number {
  let mixed = word ^ (word >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** Pure: the digest behind the blank after prose: the first 96 bits of SHA-256, as the engine of tables has it too. */
export const digestOfProse = (text: string): Digest => wordsOf(hash('sha256', text, 'hex'))

/** Fewer characters are a name, a category or a note that somebody may compare. */
const leastProse = 16
/** What ends a sentence or a clause. The enumeration comma stands in lists of names too, so it is none of these. */
const sentenceMarks = '，。；！？'
const prosePattern = new RegExp(`[${sentenceMarks}]`)

/**
 * Pure: whether a value is running text, which people read and nobody joins tables by. One that begins or ends with
 * a blank of its own is left alone.
 */
export const isProse = (value: string): boolean =>
  value.length >= leastProse && prosePattern.test(value) && value.trim() === value

/** A text as it goes out under a hand. */
export const proseUnder = (sign: Sign, value: string): string =>
  isProse(value) && bitOf(digestOfProse(value), sign) ? `${value} ` : value

/** `proseUnder` as an expression of SQL, for files that the engine writes by itself. */
export function proseSql(hand: string, value: string): string {
  const halves = (hand.match(/.{12}/g) ?? []).map((half, at) => {
    const digest = `cast('0x' || substr(sha256(${value}), ${12 * at + 1}, 12) as ubigint)`
    return `bit_count(${digest} & ${BigInt(`0x${half}`)}::ubigint)::integer`
  })
  return `case when ${isProseSql(value)} then ${value} || repeat(' ', (${halves.join(' + ')}) % 2) else ${value} end`
}

/** `isProse` as an expression of SQL. */
export const isProseSql = (value: string): string =>
  `(length(${value}) >= ${leastProse} and regexp_matches(${value}, '[${sentenceMarks}]') and not regexp_matches(${value}, '^\\s|\\s$|^\\p{Z}|\\p{Z}$'))`

/**
 * Pure: whether a text cell may take either form: no number, as a number in quotes might be read as text, and no cell
 * with blanks around it, as a reader might keep them in quotes and drop them without.
 */
export const carriesForm = (cell: string): boolean =>
  cell !== '' && !/^[-+]?[\d.]+$/.test(cell) && !/^\s|\s$|[",;\t|\r\n]/.test(cell)
