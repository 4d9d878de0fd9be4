import type { ByteSource } from './byte-source.ts'
import type { Duck } from './duck.ts'

/** What the decoder of any format is given. */
export type DecodeContext = {
  readonly path: string
  readonly fileName: string
  readonly duck: Duck
  /** Where the plain tables go. */
  readonly folder: string
  readonly signal: AbortSignal | undefined
  /** Hears which part of the file (0 to 1) was read. */
  readonly onRead: (fraction: number) => void
}

/** What the decoder of a text is given: its bytes too, unpacked. */
export type TextContext = DecodeContext & { readonly source: ByteSource }
