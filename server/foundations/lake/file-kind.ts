import { wideEncoding } from './encoding.ts'
import { LakeError } from './lake.errors.ts'

/** What a file is by its first bytes, before its text is looked at. */
export type FileKind = 'parquet' | 'zip' | 'gzip' | 'container' | 'json' | 'csv'

/** Pure. The name of a file is never asked: it is often wrong. Throws `empty-file`, `unsupported-format`. */
export function fileKind(head: Buffer): FileKind {
  if (head.length === 0) throw new LakeError('empty-file')
  if (head.toString('latin1', 0, 4) === 'PAR1') return 'parquet'
  if (head.toString('latin1', 0, 4) === 'PK\x03\x04') return 'zip'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  // The container of old Excel, and of workbooks with a password.
  if (head.toString('latin1', 0, 4) === '\xd0\xcf\x11\xe0') return 'container'
  const wide = wideEncoding(head)
  if (
    wide === null &&
    (knownOthers.some((magic) => head.toString('latin1', 0, magic.length) === magic) || isBinary(head))
  )
    throw new LakeError('unsupported-format')
  const text = new TextDecoder(wide ?? 'utf-8').decode(head).trimStart()
  if (text === '') throw new LakeError('empty-file')
  return /^\[\s*([{[\]"\d-]|$)/.test(text) || /^\{\s*("|\}|$)/.test(text) ? 'json' : 'csv'
}

/** PDF, RAR, 7z, PNG, JPEG: files that people send by mistake. */
const knownOthers = ['%PDF', 'Rar!', '7z\xbc\xaf', '\x89PNG', '\xff\xd8\xff']

/** A few NUL bytes are a fault in a text; more than one in twenty bytes are no text. */
function isBinary(head: Buffer): boolean {
  let zeros = 0
  for (const byte of head) if (byte === 0) zeros += 1
  return zeros > head.length / 20
}
