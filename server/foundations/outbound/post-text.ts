import type { AddressGuard } from './address-guard.ts'
import { callOut } from './call-out.ts'
import { readWhole } from './read-whole.ts'

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
  const answer = await readWhole(response, maxBytes, signal)
  return { status: response.statusCode ?? 0, text: answer.toString('utf8') }
}
