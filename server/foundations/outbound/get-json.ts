import { type LookupAddress, lookup } from 'node:dns'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { AddressGuard } from './address-guard.ts'
import { OutboundError } from './outbound-error.ts'

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
 * Asks another system for a JSON value. The address is checked where the connection is made, so a name that changes
 * what it stands for between check and call gains nothing; redirects are not followed.
 *
 * @returns the value, or undefined where the system answers 404
 * @throws OutboundError
 */
export async function getJson(call: GetJson): Promise<unknown> {
  const { url, timeoutMs = timeout, maxBytes = mostBytes } = call
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new OutboundError('address-not-allowed')
  const signal = AbortSignal.timeout(timeoutMs)
  const response = await answerOf(call, signal)
  const { statusCode = 0 } = response
  if (statusCode === 404) {
    response.destroy()
    return undefined
  }
  if (statusCode !== 200) {
    response.destroy()
    throw new OutboundError('refused', statusCode)
  }
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
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch (cause) {
    throw new OutboundError('not-json', statusCode, cause)
  }
}

function answerOf({ url, bearer, guard }: GetJson, signal: AbortSignal): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is never looked up.
  if (isIP(host) !== 0 && !guard(host)) throw new OutboundError('address-not-allowed')
  const send = url.protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const headers = { accept: 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) }
    const failed = (cause: unknown): void =>
      reject(cause instanceof OutboundError ? cause : broken(cause, signal))
    try {
      const request = send(url, { headers, signal, agent: false, lookup: guarded(guard) }, resolve)
      request.on('error', failed)
      request.end()
    } catch (cause) {
      // A token with signs that no header can hold is found here.
      failed(cause)
    }
  })
}

const broken = (cause: unknown, signal: AbortSignal): OutboundError =>
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
