import type { IncomingMessage } from 'node:http'
import { broken } from './call-out.ts'
import { OutboundError } from './outbound-error.ts'

/** The body of an answer, as far as it is not too large. `signal` is that of the call. Throws `OutboundError`. */
export async function readWhole(
  response: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of response) {
      length += (part as Buffer).length
      if (length > maxBytes) throw new OutboundError('too-large')
      parts.push(part as Buffer)
    }
  } catch (cause) {
    throw cause instanceof OutboundError ? cause : broken(cause, signal)
  }
  return Buffer.concat(parts)
}
