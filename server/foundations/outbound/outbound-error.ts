export type OutboundCause =
  | 'address-not-allowed'
  | 'unreachable'
  | 'too-slow'
  | 'too-large'
  | 'not-json'
  | 'refused'
  | 'table-unreadable'
  | 'not-encrypted'

/** Why a call to somebody else's system gave nothing; `status` is what it answered, where it did. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly code: OutboundCause
  readonly status: number | undefined
  constructor(code: OutboundCause, status?: number, cause?: unknown) {
    super(code, { cause })
    this.code = code
    this.status = status
  }
}

/** A column that shall tell what is new has values that do not rise: neither numbers nor times. */
export class ColumnNotRising extends OutboundError {
  constructor() {
    super('table-unreadable')
  }
}
