import { type LookupAddress, lookup } from 'node:dns'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { AddressGuard } from './address-guard.ts'
import { OutboundError } from './outbound-error.ts'

export type OutboundCall = {
  readonly url: URL
  readonly guard: AddressGuard
  readonly headers: Readonly<Record<string, string>>
  /** Absent: GET. */
  readonly post?: Buffer
}

/**
 * Calls another system. The address is checked where the connection is made, so a name that changes what it stands for
 * between check and call gains nothing; redirects are not followed.
 */
export function callOut(
  { url, guard, headers, post }: OutboundCall,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return Promise.reject(new OutboundError('address-not-allowed'))
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is never looked up.
  if (isIP(host) !== 0 && !guard(host)) return Promise.reject(new OutboundError('address-not-allowed'))
  const send = url.protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void =>
      reject(cause instanceof OutboundError ? cause : broken(cause, signal))
    try {
      const method = post === undefined ? 'GET' : 'POST'
      const request = send(url, { method, headers, signal, agent: false, lookup: guarded(guard) }, resolve)
      request.on('error', failed)
      request.end(post)
    } catch (cause) {
      // A token with signs that no header can hold is found here.
      failed(cause)
    }
  })
}

export const broken = (cause: unknown, signal: AbortSignal): OutboundError =>
  new OutboundError(signal.aborted ? 'too-slow' : 'unreachable', undefined, cause)

const guarded =
  (guard: AddressGuard): LookupFunction =>
  (host, _options, callback) => {
    lookup(host, { all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 4)
      const first = addresses[0]
      if (first === undefined || !addresses.every(({ address }) => guard(address)))
        return callback(new OutboundError('address-not-allowed'), '', 4)
      // Node asks for all addresses or for one, by its version and options; the list serves both.
      return callback(null, addresses as never, first.family)
    })
  }
