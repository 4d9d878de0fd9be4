/**
 * Rows that the scrolled area holds at once. Browsers end an element at 16 to 33 million pixels, which a million rows
 * would pass: the area shows a part of the rows and moves along before its edge is met.
 */
export const windowRows = 100_000
const stepRows = windowRows / 2
const edgeRows = windowRows / 8

/** Where the part should begin, when `first` is the first row in sight of a part that begins at `base`. */
export function windowBase(base: number, first: number, count: number): number {
  if (first - base < edgeRows && base > 0) return Math.max(0, base - stepRows)
  if (base + windowRows - first < edgeRows && count > base + windowRows) return base + stepRows
  return base
}

export const windowCount = (base: number, count: number): number => Math.min(windowRows, count - base)
