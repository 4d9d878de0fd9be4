import type { AddressGuard } from './address-guard.ts'
import { broken, callOut } from './call-out.ts'
import { OutboundError } from './outbound-error.ts'

/**
 * Sends a body to another system and reads the text that it answers, whatever the status.
 *
 * @throws OutboundError
 */
export async function postText(call: {
  readonly url: URL
  readonly guard: AddressGuard
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly timeoutMs: number
  readonly maxBytes: number
}): Promise<{ readonly status: number; readonly text: string }> {
  const { url, guard, headers, body, timeoutMs, maxBytes } = call
  const signal = AbortSignal.timeout(timeoutMs)
  const response = await callOut(
    { url, guard, headers: { ...headers, 'content-length': String(body.length) }, post: body },
    signal,
  )
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
  return { status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }
}
