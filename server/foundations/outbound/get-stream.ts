import type { Readable } from 'node:stream'
import { callOut, type OutboundCall } from './call-out.ts'
import { OutboundError } from './outbound-error.ts'

/** A file as it comes from another system, and what that says of its version. */
export type FileAtSource = {
  readonly stream: Readable
  readonly etag: string | null
  readonly lastModified: string | null
}

/**
 * Asks another system for a file. What breaks while it comes is an error of the stream; who reads it bounds its size.
 *
 * @returns `not-modified` where the conditions that were sent say so (304)
 * @throws OutboundError
 */
export async function getStream(
  call: OutboundCall,
  signal: AbortSignal,
): Promise<FileAtSource | 'not-modified'> {
  const response = await callOut(call, signal)
  const { statusCode = 0, headers } = response
  if (statusCode === 304) {
    response.destroy()
    return 'not-modified'
  }
  if (statusCode !== 200) {
    response.destroy()
    throw new OutboundError('refused', statusCode)
  }
  return { stream: response, etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null }
}
