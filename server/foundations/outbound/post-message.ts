import type { AddressGuard } from './address-guard.ts'
import { callOut } from './call-out.ts'
import { OutboundError } from './outbound-error.ts'

const timeout = 5_000

/**
 * Hands a message to another system, which has taken it once it answers with a status of 200 to 299. What it says
 * beside that is not read.
 *
 * @throws OutboundError
 */
export async function postMessage(call: {
  readonly url: URL
  readonly guard: AddressGuard
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly timeoutMs?: number
}): Promise<void> {
  const { url, guard, headers, body, timeoutMs = timeout } = call
  const signal = AbortSignal.timeout(timeoutMs)
  const response = await callOut(
    { url, guard, headers: { ...headers, 'content-length': String(body.length) }, post: body },
    signal,
  )
  const { statusCode = 0 } = response
  response.destroy()
  if (statusCode < 200 || statusCode > 299) throw new OutboundError('refused', statusCode)
}
