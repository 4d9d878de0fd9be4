import type { AddressGuard } from './address-guard.ts'
import { broken, callOut } from './call-out.ts'
import { OutboundError } from './outbound-error.ts'

const timeoutMs = 8_000
const mostBytes = 512 * 1024

type Asked = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/**
 * A `fetch` for libraries that speak a protocol by themselves: GET and POST, to addresses that the guard lets through,
 * without redirects, within bounds of time and size.
 */
export const guardedFetch =
  (guard: AddressGuard) =>
  async (address: string, { method, headers, body }: Asked): Promise<Response> => {
    if (method !== 'GET' && method !== 'POST') throw new OutboundError('address-not-allowed')
    const signal = AbortSignal.timeout(timeoutMs)
    const post = method === 'POST' ? Buffer.from(String(body ?? '')) : undefined
    const answer = await callOut({ url: new URL(address), guard, headers, ...(post && { post }) }, signal)
    const parts: Buffer[] = []
    let length = 0
    try {
      for await (const part of answer) {
        length += (part as Buffer).length
        if (length > mostBytes) throw new OutboundError('too-large')
        parts.push(part as Buffer)
      }
    } catch (cause) {
      throw cause instanceof OutboundError ? cause : broken(cause, signal)
    }
    const told = new Headers()
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined) told.set(name, [value].flat().join(', '))
    const status = answer.statusCode ?? 502
    const bare = status === 204 || status === 304
    return new Response(bare ? null : Buffer.concat(parts), { status, headers: told })
  }
