import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'

/** Of what is written anew for each reader: the last bytes are not worth the time that they take. */
const quality = { br: 4, gzip: 6 }

/**
 * A page in as few bytes as its reader can take: with its styles in it, it is more than a line's first journey carries.
 * Nothing secret stands in a page, so its length tells nothing.
 */
export async function squeezed(
  page: string,
  accepted: string | undefined,
): Promise<{ readonly bytes: Buffer; readonly encoding?: 'br' | 'gzip' }> {
  const bytes = Buffer.from(page)
  if (takes(accepted, 'br')) {
    const params = { [zlib.BROTLI_PARAM_QUALITY]: quality.br, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    return { bytes: await promisify(brotliCompress)(bytes, { params }), encoding: 'br' }
  }
  if (takes(accepted, 'gzip'))
    return { bytes: await promisify(gzip)(bytes, { level: quality.gzip }), encoding: 'gzip' }
  return { bytes }
}

/** RFC 9110, 12.5.3, for a coding that is named; a weight of nought refuses it. */
function takes(accepted: string | undefined, coding: string): boolean {
  return (accepted ?? '').split(',').some((each) => {
    const [name = '', ...weights] = each.split(';').map((part) => part.trim().toLowerCase())
    return name === coding && !weights.some((weight) => /^q=0(?:\.0*)?$/.test(weight))
  })
}
