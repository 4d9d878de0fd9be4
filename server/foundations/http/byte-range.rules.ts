/** First and last byte of a part of a file, both inclusive. */
export type ByteRange = { readonly first: number; readonly last: number }

/**
 * Pure: which part of a file is asked for (RFC 9110, 14): one range of bytes, while the file is still the one that
 * `ifRange` names. Null asks for all of it, as does what is not understood: several ranges, other units.
 * `unsatisfiable` where the file has no byte of it.
 */
export function rangeAsked(
  range: string | undefined,
  ifRange: string | undefined,
  file: { readonly sizeBytes: number; readonly etag: string },
): ByteRange | null | 'unsatisfiable' {
  if (range === undefined || (ifRange !== undefined && ifRange !== file.etag)) return null
  const found = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/.exec(range.replaceAll(' ', ''))
  if (found === null) return null
  const [, from, to, suffix] = found
  const end = file.sizeBytes - 1
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), file.sizeBytes)
    return length === 0 ? 'unsatisfiable' : { first: file.sizeBytes - length, last: end }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return null
  if (first > end) return 'unsatisfiable'
  return { first, last: to === '' ? end : Math.min(Number(to), end) }
}
