/** The order of the rows in an index, and how a place is found in what is sorted by it. Pure. */

export type KeyValue = string | number | boolean

/** The last of the sorted places `from` to `to` whose comparison with what is sought is not positive, or `from` - 1. */
export function lastNotAfter(from: number, to: number, compare: (index: number) => number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(middle) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Pure: the order in which the engine sorts keys: numbers by size, false before true, texts by their UTF-8 bytes. */
export function compareKeys(left: readonly KeyValue[], right: readonly KeyValue[]): number {
  for (let index = 0; index < left.length; index++) {
    const value = left[index]!
    const other = right[index]!
    if (value === other) continue
    if (typeof value === 'string' && typeof other === 'string') return compareTexts(value, other)
    return Number(value) - Number(other)
  }
  return 0
}

/** By UTF-8 bytes, that is by code points. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const [unit, other] = [left.charCodeAt(at), right.charCodeAt(at)]
    if (unit === other) continue
    // A surrogate stands for a code point above all that one unit can hold.
    return isSurrogate(unit) === isSurrogate(other) ? unit - other : isSurrogate(unit) ? 1 : -1
  }
  return left.length - right.length
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff
