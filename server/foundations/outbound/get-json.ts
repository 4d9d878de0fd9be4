import type { AddressGuard } from './address-guard.ts'
import { callOut } from './call-out.ts'
import { OutboundError } from './outbound-error.ts'
import { readWhole } from './read-whole.ts'

export type GetJson = {
  readonly url: URL
  readonly bearer?: string | undefined
  readonly guard: AddressGuard
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

const timeout = 5_000
const mostBytes = 256 * 1024

/**
 * Asks another system for a JSON value.
 *
 * @returns the value, or undefined where the system answers 404
 * @throws OutboundError
 */
export async function getJson(call: GetJson): Promise<unknown> {
  const { url, guard, bearer, timeoutMs = timeout, maxBytes = mostBytes } = call
  const signal = AbortSignal.timeout(timeoutMs)
  const headers = { accept: 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) }
  const response = await callOut({ url, guard, headers }, signal)
  const { statusCode = 0 } = response
  if (statusCode === 404) {
    response.destroy()
    return undefined
  }
  if (statusCode !== 200) {
    response.destroy()
    throw new OutboundError('refused', statusCode)
  }
  const body = await readWhole(response, maxBytes, signal)
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new OutboundError('not-json', statusCode, cause)
  }
}
