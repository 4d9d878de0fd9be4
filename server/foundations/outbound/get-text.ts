import type { AddressGuard } from './address-guard.ts'
import { callOut } from './call-out.ts'
import { OutboundError } from './outbound-error.ts'
import { readWhole } from './read-whole.ts'

export type GetText = {
  readonly url: URL
  /** Media types that are asked for. */
  readonly accept: string
  readonly guard: AddressGuard
  readonly timeoutMs: number
  readonly maxBytes: number
  /** Ends the call early: the work for which it was made has ended. */
  readonly signal?: AbortSignal
}

/**
 * Asks another system for a document in UTF-8.
 *
 * @returns the document, and the media type that the answer names, in lower case and without parameters
 * @throws OutboundError
 */
export async function getText(call: GetText): Promise<{ readonly text: string; readonly mediaType: string }> {
  const { url, accept, guard, timeoutMs, maxBytes } = call
  const slow = AbortSignal.timeout(timeoutMs)
  const signal = call.signal ? AbortSignal.any([slow, call.signal]) : slow
  const response = await callOut({ url, guard, headers: { accept } }, signal)
  const { statusCode = 0, headers } = response
  if (statusCode !== 200) {
    response.destroy()
    throw new OutboundError('refused', statusCode)
  }
  const body = await readWhole(response, maxBytes, signal)
  const mediaType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  return { text: body.toString('utf8'), mediaType }
}
