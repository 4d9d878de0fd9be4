import { z } from 'zod'

/*
 * Parameters come as JSON, or as texts of an address or a form: a list may be a list, JSON in a text, or one text.
 */

const fromText = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
const listed = (value: unknown): unknown => {
  const read = fromText(value)
  return Array.isArray(read) ? read.flatMap((each) => fromText(each)) : read === undefined ? read : [read]
}

export const truth = z.preprocess(
  (value) => (typeof value === 'string' ? /^(?:true|1|yes|on)$/i.test(value) : value),
  z.boolean(),
)
export const count = (least: number, most: number) =>
  z.coerce
    .number()
    .int()
    .min(least)
    .max(Number.MAX_SAFE_INTEGER)
    .transform((value) => Math.min(value, most))
export const id = z.string().min(1).max(200)
export const query = z.preprocess(
  (value) => (Array.isArray(value) ? value.map((part) => `(${part})`).join(' AND ') : value),
  z.string().max(8_000),
)
export const list = (most: number) => z.preprocess(listed, z.array(z.string().max(200)).max(most))
/** Names separated by commas, or a list of them. */
export const names = z.preprocess(
  (value) => {
    const read = listed(value)
    return Array.isArray(read)
      ? read.flatMap((each) => String(each).split(',')).map((each) => each.trim())
      : read
  },
  z.array(z.string().min(1).max(200)).max(500),
)
const scalar = z.union([z.string().max(2_000), z.number(), z.boolean()]).transform(String)
export const filters = z.preprocess(
  fromText,
  z.record(z.string().max(200), z.union([scalar, z.array(scalar).max(1_000)])),
)
